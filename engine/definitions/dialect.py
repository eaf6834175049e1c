"""What a file format may contain, as tables: every element with its attributes and children in writing order."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree


@dataclass(frozen=True)
class Allowed:
    """`children` are groups: elements of one group keep their order in the file, groups follow each other."""

    attributes: tuple[str, ...] = ()
    children: tuple[tuple[str, ...], ...] = ()
    extensions: tuple[str, ...] = ()
    text: bool = False
    verbatim: bool = False

    def rank(self, tag: str) -> int:
        return self._ranks.get(tag, -1)

    @cached_property
    def _ranks(self) -> dict[str, int]:
        """Of a tag in two groups the first counts."""
        return {tag: i for i, group in reversed(list(enumerate(self.children))) for tag in group}


@dataclass(frozen=True)
class Dialect:
    """`prefixes` maps every namespace we read to the prefix we write, `namespaces` the prefix to what we write.

    `refusals` gives elements that are known but not allowed a problem code of their own.
    """

    root: str
    prefixes: Mapping[str, str]
    namespaces: Mapping[str, str]
    elements: Mapping[str, Allowed]
    repeatable: frozenset[str]
    defaults: Mapping[str, frozenset[str]] = field(default_factory=dict)
    values: Mapping[tuple[str, str], str] = field(default_factory=dict)
    numbers: frozenset[tuple[str, str]] = frozenset()
    dropped_attributes: frozenset[str] = frozenset()
    dropped_namespaces: frozenset[str] = frozenset()
    ineffective_namespaces: frozenset[str] = frozenset()
    extension_element: str = ""
    refusals: Mapping[str, str] = field(default_factory=dict)

    def name(self, clark: str, element: etree._Element) -> str:
        """`{uri}local` as `prefix:local`; an unknown namespace keeps the prefix of the file or its whole address."""
        if not clark.startswith("{"):
            return clark
        namespace, _, local = clark[1:].rpartition("}")
        known = self.prefixes.get(namespace)
        if known:
            return f"{known}:{local}"
        # asked last: lxml gathers the map of an element from all that is around it
        own = next((prefix for prefix, uri in element.nsmap.items() if uri == namespace and prefix), None)
        shown = f"{own}:" if own and own not in self.namespaces else f"{{{namespace[:80]}}}"
        return f"{shown}{local}"

    def is_ours(self, name: str) -> bool:
        return name.partition(":")[0] in self.namespaces and ":" in name


@dataclass
class Node:
    """One element that passed the whitelist."""

    tag: str
    attributes: dict[str, str]
    children: list["Node"]
    text: str = ""
    line: int = 0

    @property
    def id(self) -> str | None:
        return self.attributes.get("id")

    def each(self, tag: str) -> list["Node"]:
        return [child for child in self.children if child.tag == tag]

    def walk(self) -> list["Node"]:
        """This one and all below, in the order of the file."""
        found, left = [], [self]
        while left:
            node = left.pop()
            found.append(node)
            left += reversed(node.children)
        return found
