"""What can be chosen: options of a field, people of the case, documents of the task."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from engine.definitions.form.components import Files, Options
from engine.definitions.form.expressions import Fixed
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


@dataclass(frozen=True)
class OptionList:
    """All options of a field, also by their keys."""

    options: tuple[Option, ...] = ()

    @cached_property
    def by_key(self) -> dict[str, Option]:
        return {option.key: option for option in self.options}


def options_of(options: Options, scope: Scope) -> OptionList:
    """People and written options are put together once, not again for every row."""
    if options.people:
        return _once(scope, options.scopes, lambda: OptionList(tuple(_people(scope.context, options.scopes))))
    if isinstance(options.source, Fixed):
        return _once(scope, id(options), lambda: _listed(options.source.of(scope)))
    return _listed(options.source.of(scope))


def documents_of(scope: Scope) -> dict[str, Document]:
    """The documents that answers of this task may name, by id."""
    return _once(scope, "documents", lambda: {d.id: d for d in map(_document, scope.context.get("documents") or ())})


def _once(scope: Scope, key: Any, work_out: Callable[[], Any]) -> Any:
    known = scope.surroundings.once
    if key not in known:
        known[key] = work_out()
    return known[key]


def _listed(items: Any) -> OptionList:
    return OptionList(tuple(_option(item) for item in items[:_MOST_OPTIONS]) if isinstance(items, list) else ())


def _option(item: Any) -> Option:
    if not isinstance(item, Mapping):
        return Option(item, str(item))
    value = item.get("value")
    return Option(value, str(item.get("label") or value), item.get("label_en"))


def _people(context: Mapping[str, Any], scopes: frozenset[str]) -> Iterable[Option]:
    for person in context.get("people") or ():
        if not scopes or not scopes.isdisjoint(person.get("scopes") or ()):
            yield Option(person["value"], str(person.get("label") or person["value"]), person.get("label_en"))


def _document(item: Mapping[str, Any]) -> Document:
    name, size = str(item.get("name") or item["id"]), int(item.get("size") or 0)
    return Document(str(item["id"]), name, size, str(item.get("media_type") or ""))


def is_accepted(document: Document, files: Files) -> bool:
    """By the end of its name or by its media type."""
    name, media_type = document.name.lower(), document.media_type.lower()
    return any(_matches(mark, name=name, media_type=media_type) for mark in files.accept)


def _matches(mark: str, *, name: str, media_type: str) -> bool:
    if mark.startswith("."):
        return name.endswith(mark)
    return media_type.startswith(mark[:-1]) if mark.endswith("/*") else media_type == mark
