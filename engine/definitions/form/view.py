"""What a renderer needs to show a form: only what is visible, with everything computed and every text filled in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from engine.definitions.form.choices import Document, Option
from engine.definitions.form.components import Column, Files
from engine.definitions.form.expressions import Run


@dataclass(frozen=True, kw_only=True)
class Node:
    """`path` is where its value stands in the answers (`own_reps[0].person`).

    `columns` is its width in sixteenths of its `row`, `order` its place in the form file.
    """

    id: str
    type: str
    label: str = ""
    label_en: str = ""
    description: str = ""
    description_en: str = ""
    columns: int | None = None
    row: str | None = None
    order: tuple[int, ...] = ()
    path: str = ""
    properties: Mapping[str, str] = field(default_factory=dict)

    def label_in(self, locale: str) -> str:
        return self.label_en or self.label if locale == "en" else self.label

    def description_in(self, locale: str) -> str:
        return self.description_en or self.description if locale == "en" else self.description


@dataclass(frozen=True, kw_only=True)
class FieldNode(Node):
    """A field to fill in, or to read when `readonly`. `value` has its type, or is what was typed when it is wrong."""

    key: str
    kind: str
    widget: str | None = None
    value: Any = None
    required: bool = False
    readonly: bool = False
    watched: bool = False
    options: tuple[Option, ...] = ()
    files: Files | None = None
    documents: tuple[Document, ...] = ()
    minimum: int | Decimal | None = None
    maximum: int | Decimal | None = None
    min_length: int | None = None
    max_length: int | None = None
    digits: int | None = None
    step: Decimal | None = None
    earliest: str | None = None
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, kw_only=True)
class ComputedNode(Node):
    """A value the system works out."""

    key: str
    value: Any
    digits: int | None = None


@dataclass(frozen=True, kw_only=True)
class GroupNode(Node):
    children: tuple[Node, ...]
    outline: bool = True


@dataclass(frozen=True, kw_only=True)
class RowNode:
    index: int
    path: str
    children: tuple[Node, ...]


@dataclass(frozen=True, kw_only=True)
class RowListNode(Node):
    """`blank` is the row that would come next, for its headings."""

    key: str
    rows: tuple[RowNode, ...]
    blank: RowNode
    is_open: bool
    can_add: bool
    can_remove: bool
    watched: bool = False


@dataclass(frozen=True, kw_only=True)
class TextNode(Node):
    """Markdown; the runs that come from data are marked and must be shown as they are."""

    runs: tuple[Run, ...]
    runs_en: tuple[Run, ...] = ()

    def runs_in(self, locale: str) -> tuple[Run, ...]:
        return self.runs_en or self.runs if locale == "en" else self.runs


@dataclass(frozen=True, kw_only=True)
class TableNode(Node):
    headings: tuple[Column, ...]
    cells: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True, kw_only=True)
class ImageNode(Node):
    source: str
    alt: str


@dataclass(frozen=True, kw_only=True)
class DocumentsNode(Node):
    documents: tuple[Document, ...]


@dataclass(frozen=True, kw_only=True)
class GapNode(Node):
    """A line (`separator`) or an empty space of some height in pixels (`spacer`)."""

    height: int | None = None


@dataclass(frozen=True, kw_only=True)
class FormView:
    id: str
    nodes: tuple[Node, ...]
    watched_keys: frozenset[str]
