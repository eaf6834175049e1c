"""Every route says who may call it; `tests/architecture` refuses a route that does not."""

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])
PERMISSIONS = {
    "public": "anybody",
    "signed_in": "whoever has logged in; what they see is narrowed row by row in the engine",
    "case_party": "people of the case and those in charge of it; for all others the thing does not exist",
    "oversight": "officials and guides who watch over cases",
    "designer": "process designers",
    "admin": "system administrators",
    "security": "security administrators",
    "registry": "system and security administrators",
    "experts": "the federation of industry and commerce, and security administrators",
    "coordinators": "the federation of industry and commerce and 联企干部, each for the city or their towns",
    "audit": "audit administrators",
    "demo": "whoever has logged in, in demo mode only",
}


def permission(name: str) -> Callable[[View], View]:
    """Mark a view as open to `name`, one of `PERMISSIONS`. Goes directly under the route line."""
    if name not in PERMISSIONS:
        raise ValueError(f"unknown permission {name!r}")

    def mark(view: View) -> View:
        view.permission = name
        view._apidoc = {**getattr(view, "_apidoc", {}), "permission": name}
        return view

    return mark
