"""What is different from the last time: two fillings of one form, field by field and row by row."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from engine.definitions.form import FormView
from engine.definitions.form.view import ComputedNode, FieldNode, GroupNode, Node, RowListNode, RowNode
from web.forms import form_words
from web.language import current_locale

Lines = tuple[tuple[str, str], ...]  # label and text


@dataclass(frozen=True, kw_only=True)
class Change:
    """`before` is None for what is new, `after` for what is gone."""

    title: str
    before: Lines | None
    after: Lines | None


def changes(before: FormView, after: FormView) -> tuple[Change, ...]:
    """In the order of the form; what is gone comes last."""
    old, new = dict(_things(before.nodes)), dict(_things(after.nodes))
    found = [_change(title, old.get(title), lines) for title, lines in new.items()]
    gone = [Change(title=title, before=tuple(lines.items()), after=None) for title, lines in old.items()]
    return tuple(c for c in found if c) + tuple(c for c in gone if c.title not in new)


def facts(view: FormView) -> Lines:
    """The single fields, without the lists: what fits into a summary."""
    return tuple(line for node in _singles(view.nodes) for line in _line(node))


def _change(title: str, before: Mapping[str, str] | None, after: Mapping[str, str]) -> Change | None:
    if before is None:
        return Change(title=title, before=None, after=tuple(after.items()))
    names = [name for name in (*after, *before) if before.get(name) != after.get(name)]
    if not names:
        return None
    sides = (tuple((n, side[n]) for n in dict.fromkeys(names) if n in side) for side in (before, after))
    old, new = sides
    return Change(title=title, before=old, after=new)


def _things(nodes: Iterable[Node]) -> Iterator[tuple[str, dict[str, str]]]:
    """A single field or a row, by its title."""
    for node in nodes:
        if isinstance(node, GroupNode):
            yield from _things(node.children)
        elif isinstance(node, RowListNode):
            yield from _rows(node)
        else:
            yield from ((label, {"": text}) for label, text in _line(node))


def _rows(rows: RowListNode) -> Iterator[tuple[str, dict[str, str]]]:
    """Rows are told apart by the first field that has another value in each."""
    lines = [dict(line for node in _singles(row.children) for line in _line(node)) for row in rows.rows]
    naming = _naming(lines)
    for row, told in zip(rows.rows, lines, strict=True):
        title = told.pop(naming, "") if naming else ""
        yield title or _nameless(rows, row), told


def _naming(rows: Sequence[Mapping[str, str]]) -> str | None:
    names = rows[0] if rows else {}
    return next((n for n in names if len({row.get(n) for row in rows} - {None}) == len(rows)), None)


def _nameless(rows: RowListNode, row: RowNode) -> str:
    place = _("第 %(number)d 行", number=row.index + 1)
    return f"{rows.label_in(current_locale())} {place}".strip()


def _singles(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        if isinstance(node, GroupNode):
            yield from _singles(node.children)
        elif isinstance(node, FieldNode | ComputedNode):
            yield node


def _line(node: Node) -> Iterator[tuple[str, str]]:
    """Nothing for what is empty or has no name, and for files."""
    label = node.label_in(current_locale())
    is_told = isinstance(node, ComputedNode) or (isinstance(node, FieldNode) and node.kind != "files")
    if is_told and label and getattr(node, "value", None) not in (None, "", []):
        yield label, _text(node)


def _text(node: Node) -> str:
    suffix = getattr(node, "suffix", "") or {"money": _("元"), "percent": "%"}.get(node.properties.get("widget"), "")
    text = form_words.shown(getattr(node, "value", None), node)
    return f"{text} {suffix}" if suffix and suffix != "%" else f"{text}{suffix}"
