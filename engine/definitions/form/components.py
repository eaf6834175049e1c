"""The parts of a form, as read from its file: what is the same for every case."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from engine.definitions.form.expressions import EMPTY, Dynamic, Fixed, Template

NEVER = Fixed(False)
NOTHING = Fixed(None)


@dataclass(frozen=True, kw_only=True)
class Check:
    """A sentence that must be true of the answers (`check`), or should be (`warn`)."""

    rule: Dynamic
    message: Template
    message_en: Template
    is_warning: bool


@dataclass(frozen=True)
class Column:
    """Of a table that is only shown."""

    key: str
    label: str
    label_en: str

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> "Column":
        key = str(raw.get("key") or "")
        return cls(key, str(raw.get("label") or key), str(raw.get("label_en") or ""))

    def label_in(self, locale: str) -> str:
        return self.label_en or self.label if locale == "en" else self.label


@dataclass(frozen=True, kw_only=True)
class Component:
    """Anything a form shows. `where` is its place in the form file, `columns` its width in sixteenths of its `row`."""

    id: str
    type: str
    where: str
    label: Template = EMPTY
    label_en: Template = EMPTY
    description: Template = EMPTY
    description_en: Template = EMPTY
    hide: Dynamic = NEVER
    columns: int | None = None
    row: str | None = None
    checks: tuple[Check, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str | None:
        """The name under which its value stands in the answers."""
        return None

    @cached_property
    def order(self) -> tuple[int, ...]:
        """Its place in the form file, for sorting."""
        return tuple(int(number) for number in re.findall(r"\[(\d+)\]", self.where))


@dataclass(frozen=True)
class Limits:
    """What a value must satisfy beyond its type; anything dynamic may come out as None: no limit."""

    required: Dynamic = NEVER
    minimum: Dynamic = NOTHING
    maximum: Dynamic = NOTHING
    min_length: Dynamic = NOTHING
    max_length: Dynamic = NOTHING
    pattern: re.Pattern[str] | None = None
    pattern_message: str | None = None
    pattern_message_en: str | None = None
    format: str | None = None
    step: Decimal | None = None


@dataclass(frozen=True)
class Options:
    """Where the choices of a field come from: written in the form, computed, or the people of the case."""

    source: Dynamic = NOTHING
    people: bool = False
    scopes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Files:
    """Which files a field takes; sizes in bytes."""

    accept: tuple[str, ...]
    max_count: int
    max_size: int


@dataclass(frozen=True, kw_only=True)
class Input(Component):
    """A field a person fills in."""

    name: str
    kind: str
    widget: str | None = None
    readonly: Dynamic = NEVER
    default: Any = None
    prefill: bool = True
    limits: Limits = Limits()
    options: Options | None = None
    files: Files | None = None
    digits: int | None = None
    future_only: bool = False
    prefix: Template = EMPTY
    suffix: Template = EMPTY

    @property
    def key(self) -> str:
        return self.name

    @property
    def is_always_readonly(self) -> bool:
        return isinstance(self.readonly, Fixed) and self.readonly.value is True


@dataclass(frozen=True, kw_only=True)
class Computed(Component):
    """A value the system works out."""

    name: str
    rule: Dynamic
    digits: int | None = None

    @property
    def key(self) -> str:
        return self.name


@dataclass(frozen=True, kw_only=True)
class Group(Component):
    """Parts that belong together; with a path their answers form an object of their own."""

    path: str | None
    children: tuple[Component, ...]
    outline: bool = True

    @property
    def key(self) -> str | None:
        return self.path


@dataclass(frozen=True, kw_only=True)
class RowList(Component):
    """Rows of the same fields. `is_open`: the person may add and remove rows."""

    path: str
    children: tuple[Component, ...]
    is_open: bool = True
    first_rows: int = 1
    rows: Dynamic = NOTHING
    min_rows: int = 0
    max_rows: int = 200

    @property
    def key(self) -> str:
        return self.path


@dataclass(frozen=True, kw_only=True)
class Display(Component):
    """Something to read only: text, image, table, document preview, line, gap."""

    text: Template = EMPTY
    text_en: Template = EMPTY
    source: Dynamic = NOTHING
    table_columns: tuple[Column, ...] = ()
    alt: Template = EMPTY
    height: int | None = None


def walk(components: tuple[Component, ...]) -> Iterator[Component]:
    """Every component, children after their parent."""
    for component in components:
        yield component
        if isinstance(component, Group | RowList):
            yield from walk(component.children)
