"""From the parts of a form and the answers so far to what is shown."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from engine.definitions.form.choices import documents_of, options_of
from engine.definitions.form.components import Component, Computed, Display, Group, Input, RowList
from engine.definitions.form.scope import Scope
from engine.definitions.form.shape import join
from engine.definitions.form.view import (
    ComputedNode,
    DocumentsNode,
    FieldNode,
    GapNode,
    GroupNode,
    ImageNode,
    Node,
    RowListNode,
    RowNode,
    TableNode,
    TextNode,
)

_MOST_TABLE_ROWS = 300
_NOT_TYPED = {"flag", "choices", "files"}
_OWN_IMAGE = re.compile(r"(/(?!/)[^\\\s]*|data:image/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]+)\Z")


@dataclass(frozen=True)
class Drawing:
    """`watched` are the paths, without row numbers, whose change alters what is shown."""

    watched: frozenset[str]

    def nodes(
        self, children: tuple[Component, ...], scope: Scope, raw: Mapping[str, Any], path: str = ""
    ) -> tuple[Node, ...]:
        drawn = (self._node(child, scope, raw, path) for child in children if child.hide.of(scope) is not True)
        return tuple(node for node in drawn if node is not None)

    def _node(self, child: Component, scope: Scope, raw: Mapping[str, Any], path: str) -> Node | None:
        if isinstance(child, Input):
            return self._field(child, scope, raw, path)
        if isinstance(child, Group):
            return self._group(child, scope, raw, path)
        if isinstance(child, RowList):
            return self._rows(child, scope, raw, path)
        if isinstance(child, Computed):
            frame = _frame(child, scope, join(path, child.name))
            value = scope[child.name]
            return ComputedNode(key=child.name, value=value, digits=child.digits, **frame) if frame["label"] else None
        return _display(child, scope) if isinstance(child, Display) else None

    def _field(self, child: Input, scope: Scope, raw: Mapping[str, Any], path: str) -> FieldNode:
        readonly, limits = scope.is_readonly(child), child.limits
        value = scope[child.name] if readonly else _shown(child, scope, raw)
        return FieldNode(
            key=child.name,
            kind=child.kind,
            widget=child.widget,
            value=value,
            required=limits.required.of(scope) is True and not readonly,
            readonly=readonly,
            watched=f"{scope.level.path}{child.name}" in self.watched,
            options=options_of(child.options, scope).options if child.options else (),
            files=child.files,
            documents=_documents(value, scope) if child.kind == "files" else (),
            minimum=_number(limits.minimum.of(scope)),
            maximum=_number(limits.maximum.of(scope)),
            min_length=_whole(limits.min_length.of(scope)),
            max_length=_whole(limits.max_length.of(scope)),
            digits=child.digits,
            step=limits.step,
            earliest=str(scope.context.get("今天") or "")[:10] or None if child.future_only else None,
            prefix=child.prefix.of(scope),
            suffix=child.suffix.of(scope),
            **_frame(child, scope, join(path, child.name)),
        )

    def _group(self, child: Group, scope: Scope, raw: Mapping[str, Any], path: str) -> GroupNode:
        here = join(path, child.path) if child.path else path
        inner = scope.group(child.path) if child.path else scope
        held = _object(raw.get(child.path)) if child.path else raw
        children = self.nodes(child.children, inner, held, here)
        frame = _frame(child, scope, here if child.path else "")
        return GroupNode(children=children, outline=child.outline, **frame)

    def _rows(self, child: RowList, scope: Scope, raw: Mapping[str, Any], path: str) -> RowListNode:
        here = join(path, child.path)
        listed = raw.get(child.path)
        held = [_object(row) for row in listed] if isinstance(listed, list) else []
        rows = [self._row(child, row, held, (n, here)) for n, row in enumerate(scope.rows(child.path))]
        level = scope.level.members[child.path].level
        index = (*scope.index, len(rows) + 1)
        blank = Scope(level=level or scope.level, typed={}, initial={}, outer=scope, index=index)
        return RowListNode(
            key=child.path,
            rows=tuple(rows),
            blank=self._row(child, blank, [], (len(rows), here)),
            is_open=child.is_open,
            can_add=child.is_open and len(rows) < child.max_rows,
            can_remove=child.is_open and len(rows) > child.min_rows,
            watched=f"{scope.level.path}{child.path}" in self.watched,
            **_frame(child, scope, here),
        )

    def _row(self, child: RowList, row: Scope, held: list[Mapping[str, Any]], place: tuple[int, str]) -> RowNode:
        n, here = place
        path = join(here, n)
        raw = held[n] if n < len(held) else {}
        return RowNode(index=n, path=path, children=self.nodes(child.children, row, raw, path))


def _frame(child: Component, scope: Scope, path: str = "") -> dict[str, Any]:
    return {
        "id": child.id,
        "type": child.type,
        "label": child.label.of(scope),
        "label_en": child.label_en.of(scope),
        "description": child.description.of(scope),
        "description_en": child.description_en.of(scope),
        "columns": child.columns,
        "row": child.row,
        "order": child.order,
        "path": path,
        "properties": child.properties,
    }


def _shown(child: Input, scope: Scope, raw: Mapping[str, Any]) -> Any:
    """The value, or what was typed when that is not a value."""
    value, typed = scope[child.name], raw.get(child.name)
    if child.kind in _NOT_TYPED:
        return value
    if scope.typed.get(child.name) is None and isinstance(typed, str | int | Decimal) and not isinstance(typed, bool):
        return typed
    return value


def _documents(value: Any, scope: Scope) -> tuple[Any, ...]:
    known = documents_of(scope)
    listed = value if isinstance(value, list) else []
    return tuple(known[str(item)] for item in listed if str(item) in known)


def _display(child: Display, scope: Scope) -> Node | None:
    frame = _frame(child, scope)
    if child.type == "text":
        return TextNode(runs=child.text.runs(scope), runs_en=child.text_en.runs(scope), **frame)
    if child.type == "table":
        return TableNode(headings=child.table_columns, cells=_cells(child, scope), **frame)
    if child.type == "image":
        source = child.source.of(scope)
        is_ours = isinstance(source, str) and _OWN_IMAGE.match(source)
        return ImageNode(source=source, alt=child.alt.of(scope), **frame) if is_ours else None
    if child.type == "documentPreview":
        return DocumentsNode(documents=_documents(_document_ids(child.source.of(scope)), scope), **frame)
    return GapNode(height=child.height, **frame)


def _cells(child: Display, scope: Scope) -> tuple[tuple[Any, ...], ...]:
    rows = child.source.of(scope)
    rows = rows[:_MOST_TABLE_ROWS] if isinstance(rows, list) else []
    return tuple(tuple(_object(row).get(column.key) for column in child.table_columns) for row in rows)


def _document_ids(value: Any) -> list[Any]:
    listed = value if isinstance(value, list) else [value]
    return [item.get("documentId") or item.get("id") if isinstance(item, Mapping) else item for item in listed]


def _object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _number(value: Any) -> Any:
    return value if isinstance(value, int | Decimal) and not isinstance(value, bool) else None


def _whole(value: Any) -> int | None:
    number = _number(value)
    return None if number is None else int(number)
