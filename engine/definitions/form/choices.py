"""What can be chosen: options of a field, people of the case, documents of the task."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.definitions.form.components import Files, Options
from engine.definitions.form.scope import Scope

_MOST_OPTIONS = 1_000


@dataclass(frozen=True)
class Option:
    """`value` is what is stored, `label` what people read."""

    value: Any
    label: str
    label_en: str | None = None

    @property
    def key(self) -> str:
        """The value as text, as a web page sends it."""
        return str(self.value)


@dataclass(frozen=True)
class Document:
    """A file that was uploaded for this task; `size` in bytes."""

    id: str
    name: str
    size: int = 0
    media_type: str = ""


def options_of(options: Options, scope: Scope) -> tuple[Option, ...]:
    if options.people:
        return tuple(_people(scope.context.get("people") or (), options.scopes))
    listed = options.source.of(scope)
    return tuple(_option(item) for item in listed[:_MOST_OPTIONS]) if isinstance(listed, list) else ()


def _option(item: Any) -> Option:
    if not isinstance(item, Mapping):
        return Option(item, str(item))
    value = item.get("value")
    return Option(value, str(item.get("label") or value), item.get("label_en"))


def _people(people: Iterable[Mapping[str, Any]], scopes: frozenset[str]) -> Iterable[Option]:
    for person in people:
        if not scopes or scopes & set(person.get("scopes") or ()):
            yield Option(person["value"], str(person.get("label") or person["value"]), person.get("label_en"))


def documents_of(context: Mapping[str, Any]) -> dict[str, Document]:
    """The documents that answers of this task may name, by id."""
    found = {}
    for item in context.get("documents") or ():
        name, size = str(item.get("name") or item["id"]), int(item.get("size") or 0)
        found[str(item["id"])] = Document(str(item["id"]), name, size, str(item.get("media_type") or ""))
    return found


def is_accepted(document: Document, files: Files) -> bool:
    """By the end of its name or by its media type."""
    name, media_type = document.name.lower(), document.media_type.lower()
    return any(_matches(mark, name=name, media_type=media_type) for mark in files.accept)


def _matches(mark: str, *, name: str, media_type: str) -> bool:
    if mark.startswith("."):
        return name.endswith(mark)
    return media_type.startswith(mark[:-1]) if mark.endswith("/*") else media_type == mark
