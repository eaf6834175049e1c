"""A filled-in form as people read it, thing by thing: a single field or a row; and what is different from last time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from engine.definitions.form import FormView
from engine.definitions.form.view import ComputedNode, FieldNode, GroupNode, Node, RowListNode, RowNode
from web.forms import form_words
from web.language import current_locale


@dataclass(frozen=True)
class Line:
    """`is_text`: written in sentences, it stands by itself. A single field has no label beside its title."""

    label: str
    text: str
    is_text: bool = False


@dataclass(frozen=True)
class Thing:
    title: str
    lines: tuple[Line, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(line.text for line in self.lines if line.is_text or not line.label)

    @property
    def notes(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.label and not line.is_text)


@dataclass(frozen=True)
class Change:
    """`before` is None for what is new, `after` for what is gone."""

    title: str
    before: tuple[Line, ...] | None
    after: tuple[Line, ...] | None


def things(view: FormView) -> tuple[Thing, ...]:
    return tuple(_things(view.nodes))


def facts(view: FormView) -> tuple[Line, ...]:
    """The single fields, without the lists: what fits into a summary."""
    return _lines(view.nodes)


def changes(before: FormView, after: FormView) -> tuple[Change, ...]:
    """In the order of the form; what is gone comes last."""
    old, new = ({thing.title: thing for thing in _things(view.nodes)} for view in (before, after))
    found = [_change(old.get(title), thing) for title, thing in new.items()]
    gone = [Change(title, thing.lines, None) for title, thing in old.items() if title not in new]
    return (*(change for change in found if change), *gone)


def _change(before: Thing | None, after: Thing) -> Change | None:
    if before is None:
        return Change(after.title, None, after.lines)
    old, new = set(before.lines) - set(after.lines), set(after.lines) - set(before.lines)
    if not old and not new:
        return None
    return Change(
        after.title,
        tuple(line for line in before.lines if line in old),
        tuple(line for line in after.lines if line in new),
    )


def _things(nodes: Iterable[Node]) -> Iterator[Thing]:
    for node in nodes:
        if isinstance(node, GroupNode):
            yield from _things(node.children)
        elif isinstance(node, RowListNode):
            yield from _rows(node)
        else:
            yield from (Thing(line.label, (Line("", line.text, line.is_text),)) for line in _line(node))


def _rows(rows: RowListNode) -> Iterator[Thing]:
    """Rows are named by the first field that has another value in each."""
    told = [_lines(row.children) for row in rows.rows]
    naming = _naming(told)
    for row, lines in zip(rows.rows, told, strict=True):
        title = next((line.text for line in lines if line.label == naming), None)
        yield Thing(title or _nameless(rows, row), tuple(line for line in lines if line.label != naming))


def _naming(rows: Sequence[Sequence[Line]]) -> str | None:
    labels = [line.label for line in rows[0]] if rows else []
    values = {label: {line.text for row in rows for line in row if line.label == label} for label in labels}
    return next((label for label in labels if len(values[label]) == len(rows)), None)


def _nameless(rows: RowListNode, row: RowNode) -> str:
    place = _("第 %(number)d 行", number=row.index + 1)
    return f"{rows.label_in(current_locale())} {place}".strip()


def _lines(nodes: Iterable[Node]) -> tuple[Line, ...]:
    found: list[Line] = []
    for node in nodes:
        found += _lines(node.children) if isinstance(node, GroupNode) else _line(node)
    return tuple(found)


def _line(node: Node) -> list[Line]:
    """Nothing for what is empty or has no name, for files, and for lists."""
    label = node.label_in(current_locale())
    kind = node.kind if isinstance(node, FieldNode) else None
    if not isinstance(node, FieldNode | ComputedNode) or kind == "files" or not label or node.value in (None, "", []):
        return []
    unit = getattr(node, "suffix", "") or {"money": _("元"), "percent": "%"}.get(node.properties.get("widget", ""), "")
    text = form_words.shown(node.value, node)
    return [Line(label, f"{text}{'' if unit in ('', '%') else ' '}{unit}", is_text=kind == "long_text")]
