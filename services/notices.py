from collections.abc import Mapping
from typing import Any

from engine.services import ServiceCall


def send(call: ServiceCall) -> Mapping[str, Any]:
    """One in-app notice a person, to party roles and groups."""
    to = call.inputs.get("to") or []
    for audience in [to] if isinstance(to, str) else to:
        call.notify(audience, "process_notice", {"text": str(call.inputs.get("text") or "")})
    return {}
