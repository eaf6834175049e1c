"""Local variables: what only one instance of a multi-instance activity, or one called process, sees and writes."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

Variables = dict[str, Any]
Note = Callable[[Mapping[str, Any], Mapping[str, Any]], None]


class Locals(Mapping[str, Any]):
    """The local variables seen at one place, innermost first; `sees_case` is False inside a sealed call.

    `note` is told what is written, and what was there before.
    """

    def __init__(self, layers: tuple[Variables, ...] = (), *, sees_case: bool = True, note: Note | None = None) -> None:
        self._layers = layers
        self.sees_case = sees_case
        self._note = note

    def __getitem__(self, name: str) -> Any:
        for layer in self._layers:
            if name in layer:
                return layer[name]
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(name for layer in self._layers for name in layer))

    def __len__(self) -> int:
        return len({name for layer in self._layers for name in layer})

    def with_more(self, more: Variables) -> "Locals":
        """The same, and before them `more`, which is only read."""
        return Locals((more, *self._layers), sees_case=self.sees_case)

    def write(self, values: Mapping[str, Any]) -> bool:
        """Put the values into the innermost scope; False when there is none and the case must remember them."""
        if not self._layers:
            return False
        if self._note is not None:
            self._note(values, self._layers[0])
        self._layers[0].update(values)
        return True
