"""Where names are looked up while an expression runs."""

from collections.abc import Callable, Mapping

from engine.feel.limits import Run

MISSING = object()


class Scope:
    """Names of one level; what is not here is asked of `parent`."""

    __slots__ = ("names", "parent", "run")

    def __init__(self, names: Mapping[str, object], parent: "Scope | None", run: Run) -> None:
        self.names = names
        self.parent = parent
        self.run = run

    def find(self, name: str) -> object:
        """The raw value, or MISSING."""
        scope: Scope | None = self
        while scope is not None:
            value = scope.names.get(name, MISSING)
            if value is not MISSING:
                return value
            scope = scope.parent
        return MISSING


Compiled = Callable[[Scope], object]
Build = Callable[..., Compiled]
