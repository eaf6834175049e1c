"""What was worked out lately, by what it was made of: a designer changes one thing and asks again."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """The newest things by key, as many as fit into `most`; what is kept is shared and must not be changed."""

    def __init__(self, most: int) -> None:
        self._left = most
        self._kept: OrderedDict[Hashable, tuple[T, int]] = OrderedDict()
        self._lock = Lock()

    def clear(self) -> None:
        with self._lock:
            self._left += sum(size for _, size in self._kept.values())
            self._kept.clear()

    def find(self, key: Hashable) -> T | None:
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key][0]

    def keep(self, key: Hashable, thing: T, *, size: int = 1) -> None:
        with self._lock:
            if key not in self._kept:
                self._kept[key] = (thing, size)
                self._left -= size
            while self._left < 0:
                self._left += self._kept.popitem(last=False)[1][1]
