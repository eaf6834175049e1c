"""What is known of one maker of BPMN files, as data: its namespaces, what its settings mean here."""

from dataclasses import dataclass, field
from typing import Literal

Reading = Literal["text", "expression", "groups", "form", "moment"]


@dataclass(frozen=True)
class Setting:
    """An attribute of the vendor on one of the elements `on` that becomes `name` of the extension element `onto`.

    `reading` says how its value is read; `note` is the gap that tells a person what is still to do.
    """

    source: str
    on: tuple[str, ...]
    onto: str
    name: str
    reading: Reading
    note: str | None = None


@dataclass(frozen=True)
class Vendor:
    """`prefix` is how names of this vendor are written in gaps and tables, whatever prefix a file uses.

    `needless`: attributes and extension elements that tune the other engine and have no meaning in ours.
    `harmless`: those that concern only the picture or the tool. Both are named once a file, with their number.
    """

    key: str
    name: str
    prefix: str = ""
    namespaces: tuple[str, ...] = ()
    exporters: tuple[str, ...] = ()
    settings: tuple[Setting, ...] = ()
    needless: frozenset[str] = frozenset()
    harmless: frozenset[str] = frozenset()
    is_python: bool = field(default=False)
