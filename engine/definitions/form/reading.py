"""From the form-js JSON to our parts. Everything unknown or forbidden is refused by name, all at once."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from engine.definitions.form.components import (
    NEVER,
    Check,
    Column,
    Component,
    Computed,
    Display,
    Group,
    Input,
    RowList,
    walk,
)
from engine.definitions.form.expressions import EMPTY, Fixed, Template
from engine.definitions.form.problems import FormRefused
from engine.definitions.form.reading_inputs import INPUT_TYPES, read_input
from engine.definitions.form.sheet import Sheet
from engine.errors import Problem

OLDEST_SCHEMA = 16
_LARGEST = 1_000_000
_DEEPEST = 5
_MOST_COMPONENTS = 600
_MOST_ROWS = 500
_KEY = re.compile(r"[^\W\d_]\w{0,79}\Z")
_RESERVED = frozenset({"case", "people", "documents", "今天", "现在", "this", "parent", "i"})
_IGNORED = frozenset({"button"})
_FORBIDDEN = frozenset({"html", "iframe"})
_CHECK = re.compile(r"(check|warn)(?:_(\d+))?\Z")


@dataclass(frozen=True, kw_only=True)
class FormParts:
    id: str
    schema: Mapping[str, Any]
    children: tuple[Component, ...]
    checks: tuple[Check, ...]


def read_form(source: bytes, path: str) -> FormParts:
    """Raises FormRefused with every problem of the file."""
    schema = _json(source, path)
    top = Sheet(raw=schema, where="", names=frozenset(_keys(schema)), element=str(schema.get("id") or ""))
    version = schema.get("schemaVersion")
    if not isinstance(version, int) or version < OLDEST_SCHEMA:
        top.refuse("old_schema", "schemaVersion", oldest=OLDEST_SCHEMA)
    if not top.element:
        top.refuse("no_form_id", "id")
    children = _Reading().children(top, depth=0)
    parts = FormParts(id=top.element, schema=schema, children=children, checks=_checks(top))
    if top.problems:
        raise FormRefused(problems=top.problems, path=path)
    return parts


def _json(source: bytes, path: str) -> Mapping[str, Any]:
    if len(source) > _LARGEST:
        raise FormRefused(problems=[Problem(path="", code="form_too_large", params={"limit": _LARGEST})], path=path)
    try:
        schema = json.loads(source.decode("utf-8"), parse_float=Decimal, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise FormRefused(problems=[Problem(path="", code="not_json")], path=path) from error
    if not isinstance(schema, dict):
        raise FormRefused(problems=[Problem(path="", code="not_json")], path=path)
    return schema


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _keys(raw: Mapping[str, Any]) -> set[str]:
    """All keys and paths of a schema, however deep (bounded by the depth of the JSON itself)."""
    found: set[str] = set()
    waiting = [raw]
    while waiting:
        part = waiting.pop()
        found |= {part[name] for name in ("key", "path") if isinstance(part.get(name), str) and part[name]}
        children = part.get("components")
        waiting += [c for c in children if isinstance(c, Mapping)] if isinstance(children, list) else []
    return found


class _Reading:
    """Counts components over the whole file."""

    def __init__(self) -> None:
        self.count = 0

    def children(self, sheet: Sheet, *, depth: int, keys: set[str] | None = None) -> tuple[Component, ...]:
        """`keys` are those already taken at this level of the answers."""
        keys = set() if keys is None else keys
        listed = sheet.raw.get("components")
        if not isinstance(listed, list):
            sheet.refuse("no_components", "components")
            return ()
        if depth > _DEEPEST:
            sheet.refuse("too_deep", "components", limit=_DEEPEST)
            return ()
        found = (self._child(sheet, n, raw, depth=depth, keys=keys) for n, raw in enumerate(listed))
        return tuple(component for component in found if component)

    def _child(self, parent: Sheet, n: int, raw: Any, *, depth: int, keys: set[str]) -> Component | None:
        sheet = parent.child(raw, f"components[{n}]")
        self.count += 1
        if self.count > _MOST_COMPONENTS:
            if self.count == _MOST_COMPONENTS + 1:
                sheet.refuse("too_many_components", limit=_MOST_COMPONENTS)
            return None
        return self._component(sheet, depth=depth, keys=keys)

    def _component(self, sheet: Sheet, *, depth: int, keys: set[str]) -> Component | None:
        kind = sheet.word("type") or ""
        if kind in _IGNORED:
            return None
        if kind in _FORBIDDEN:
            sheet.refuse("forbidden_component", "type", type=kind)
            return None
        if kind == "group":
            return self._group(sheet, depth=depth, keys=keys)
        if kind == "dynamiclist":
            return self._row_list(sheet, depth=depth, keys=keys)
        if kind in INPUT_TYPES:
            return read_input(sheet, key=_key(sheet, "key", keys), drawn=_drawn(sheet))
        if kind in _OTHERS:
            return _OTHERS[kind](sheet, keys)
        sheet.refuse("unknown_component", "type", type=kind or "?")
        return None

    def _group(self, sheet: Sheet, *, depth: int, keys: set[str]) -> Group:
        path = _key(sheet, "path", keys) if sheet.word("path") else None
        children = self.children(sheet, depth=depth + 1, keys=None if path else keys)
        return Group(path=path, children=children, outline=sheet.flag("showOutline", True), **_drawn(sheet))

    def _row_list(self, sheet: Sheet, *, depth: int, keys: set[str]) -> RowList:
        path = _key(sheet, "path", keys)
        properties = sheet.custom
        most = properties.integer("max_rows", low=1, high=_MOST_ROWS)
        first = sheet.integer("defaultRepetitions", low=0, high=_MOST_ROWS)
        is_open = sheet.flag("allowAddRemove", True)
        children = self.children(sheet, depth=depth + 1)
        if is_open:
            _refuse_readonly(sheet, children)
        return RowList(
            path=path,
            children=children,
            is_open=is_open,
            first_rows=1 if first is None else first,
            rows=properties.feel("rows"),
            min_rows=properties.integer("min_rows", low=0, high=_MOST_ROWS) or 0,
            max_rows=most or 200,
            **_drawn(sheet),
        )


def _refuse_readonly(sheet: Sheet, children: tuple[Component, ...]) -> None:
    """Where rows come and go, nothing tells which row a value of the case belongs to."""
    for child in walk(children):
        if isinstance(child, Input) and child.readonly != NEVER and child.default is None:
            sheet.problems.append(Problem(path=child.where, code="readonly_in_open_list", element_id=child.id))


def _key(sheet: Sheet, name: str, keys: set[str]) -> str:
    key = sheet.word(name) or ""
    if not _KEY.match(key):
        sheet.refuse("bad_key", name, key=key)
    elif key in _RESERVED:
        sheet.refuse("reserved_key", name, key=key)
    elif key in keys:
        sheet.refuse("duplicate_key", name, key=key)
    keys.add(key)
    return key


def _drawn(sheet: Sheet) -> dict[str, Any]:
    """What every component has: label, place, condition, checks."""
    properties = sheet.custom
    label = next((n for n in ("label", "dateLabel", "timeLabel", "title") if sheet.raw.get(n)), "label")
    own_label = properties if properties.raw.get("label") and not sheet.raw.get("label") else sheet
    return {
        "id": sheet.element or sheet.where,
        "type": sheet.word("type") or "",
        "where": sheet.where,
        "label": own_label.template("label" if own_label is properties else label),
        "label_en": properties.template("label_en"),
        "description": sheet.template("description"),
        "description_en": properties.template("description_en"),
        "hide": sheet.part("conditional").feel("hide"),
        "columns": sheet.part("layout").integer("columns", low=1, high=16),
        "row": sheet.part("layout").word("row"),
        "checks": _checks(sheet),
        "properties": sheet.properties,
    }


def _checks(sheet: Sheet) -> tuple[Check, ...]:
    """`check`, `check_2` …, `warn`, `warn_2` … with their messages."""
    properties = sheet.custom
    found = []
    for name in sorted(properties.raw):
        match = _CHECK.match(name)
        if match:
            message, message_en = _messages(properties, kind=match[1], number=match[2])
            rule = properties.feel(name)
            is_warning = match[1] == "warn"
            found.append(Check(rule=rule, message=message, message_en=message_en, is_warning=is_warning))
    return tuple(found)


def _messages(properties: Sheet, *, kind: str, number: str | None) -> tuple[Template, Template]:
    """Written `check_message_2` or `check_2_message`; English with `_en` behind it."""
    names = [f"{kind}_message"] if number is None else [f"{kind}_message_{number}", f"{kind}_{number}_message"]
    name = next((n for n in names if n in properties.raw), None)
    if name is None:
        properties.refuse("check_without_message", names[0])
        return EMPTY, EMPTY
    return properties.template(name), properties.template(f"{name}_en")


def _computed(sheet: Sheet, keys: set[str]) -> Computed:
    key = _key(sheet, "key", keys)
    rule = sheet.feel("expression")
    if rule == Fixed(None):
        sheet.refuse("no_expression", "expression")
    properties = sheet.custom
    digits = properties.integer("decimal_digits", low=0, high=10)
    if digits is None and sheet.properties.get("widget") == "money":
        digits = 2
    return Computed(name=key, rule=rule, digits=digits, **_drawn(sheet))


def _text(sheet: Sheet, _keys: set[str]) -> Display:
    properties = sheet.custom
    return Display(text=sheet.template("text"), text_en=properties.template("text_en"), **_drawn(sheet))


def _image(sheet: Sheet, _keys: set[str]) -> Display:
    return Display(source=sheet.dynamic("source"), alt=sheet.template("alt"), **_drawn(sheet))


def _table(sheet: Sheet, _keys: set[str]) -> Display:
    listed = sheet.raw.get("columns")
    rows = [c for c in listed if isinstance(c, Mapping)] if isinstance(listed, list) else []
    columns = tuple(Column.of(row) for row in rows)
    if not columns:
        sheet.refuse("table_without_columns", "columns")
    return Display(source=sheet.feel("dataSource"), table_columns=columns, **_drawn(sheet))


def _documents(sheet: Sheet, _keys: set[str]) -> Display:
    return Display(source=sheet.feel("dataSource"), **_drawn(sheet))


def _gap(sheet: Sheet, _keys: set[str]) -> Display:
    return Display(height=sheet.integer("height", low=0, high=400), **_drawn(sheet))


_OTHERS: Mapping[str, Callable[[Sheet, set[str]], Component]] = {
    "expression": _computed,
    "text": _text,
    "image": _image,
    "table": _table,
    "documentPreview": _documents,
    "separator": _gap,
    "spacer": _gap,
}
