"""Two files of decisions: tables with their hit policy, columns and rows; anything else by its text."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from lxml import etree

from engine.definitions.comparing.change import Area, Change, Kind, Thing
from engine.definitions.comparing.processes import changed

_ANY = "{*}"


@dataclass(frozen=True)
class _Table:
    """As it is written; `rows` are the cells of one row each, inputs then outputs."""

    id: str
    name: str
    policy: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    other: str


def compare_tables(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> Iterator[Change]:
    """`before` and `after` are the canonical .dmn files by path; decisions are matched by their id."""
    old, new = _decisions(before), _decisions(after)
    for id_ in old.keys() - new.keys():
        yield Change(kind=Kind.REMOVED, thing=_thing(*old[id_]))
    for id_, (path, table) in new.items():
        if id_ not in old:
            yield Change(kind=Kind.ADDED, thing=_thing(path, table))
        else:
            yield from _changes(old[id_][1], table, path)


def _thing(path: str, table: _Table) -> Thing:
    return Thing(area=Area.TABLE, path=path, sort="decision", name=table.name, element_id=table.id)


def _changes(old: _Table, new: _Table, path: str) -> Iterator[Change]:
    thing = _thing(path, new)
    yield from changed(thing, "name", old.name, new.name)
    yield from changed(thing, "hit_policy", old.policy, new.policy)
    yield from changed(thing, "logic", old.other, new.other)
    if old.columns != new.columns:
        yield from _columns(old, new, path)
    yield from _rows(old, new, path)


def _columns(old: _Table, new: _Table, path: str) -> Iterator[Change]:
    for kind, ours, theirs in ((Kind.REMOVED, old, new), (Kind.ADDED, new, old)):
        for column in ours.columns:
            if column not in theirs.columns:
                yield Change(kind=kind, thing=_part(path, new, "column", column))


def _rows(old: _Table, new: _Table, path: str) -> Iterator[Change]:
    """Rows are matched by what they say: a row that was moved counts as one that was added and one that was removed."""
    for tag, i, i_end, j, j_end in SequenceMatcher(a=old.rows, b=new.rows, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        both = min(i_end - i, j_end - j)
        for offset in range(both):
            row = _part(path, new, "row", str(j + offset + 1))
            before, after = old.rows[i + offset], new.rows[j + offset]
            yield Change(kind=Kind.CHANGED, thing=row, what="cells", before=_cells(before), after=_cells(after))
        for number in range(i + both, i_end):
            yield Change(kind=Kind.REMOVED, thing=_part(path, old, "row", f"{number + 1}：{_cells(old.rows[number])}"))
        for number in range(j + both, j_end):
            yield Change(kind=Kind.ADDED, thing=_part(path, new, "row", f"{number + 1}：{_cells(new.rows[number])}"))


def _part(path: str, table: _Table, sort: str, name: str) -> Thing:
    return Thing(area=Area.TABLE, path=path, sort=sort, name=name, element_id=table.id, part_of=table.name)


def _cells(row: Sequence[str]) -> str:
    return " | ".join(cell or "-" for cell in row)


def _decisions(files: Mapping[str, bytes]) -> dict[str, tuple[str, _Table]]:
    found = {}
    for path, source in sorted(files.items()):
        root = etree.fromstring(source, etree.XMLParser(resolve_entities=False, no_network=True))
        for decision in root.iterfind(f"{_ANY}decision"):
            table = _table(decision)
            found[table.id] = (path, table)
    return found


def _table(decision: etree._Element) -> _Table:
    table = decision.find(f"{_ANY}decisionTable")
    id_ = decision.get("id", "")
    name = decision.get("name") or id_
    if table is None:
        logic = [_written(node) for node in decision if _tag(node) not in ("extensionElements", "variable")]
        return _Table(id_, name, "", (), (), "\n".join(filter(None, logic)))
    policy = " ".join(filter(None, (table.get("hitPolicy", "UNIQUE"), table.get("aggregation"))))
    columns = [_column(node) for node in table if _tag(node) in ("input", "output")]
    rows = [_row(rule) for rule in table.iterfind(f"{_ANY}rule")]
    return _Table(id_, name, policy, tuple(columns), tuple(rows), "")


def _column(node: etree._Element) -> str:
    label = node.get("label") or node.get("name") or ""
    said = _text_of(node.find(f"{_ANY}inputExpression")) or node.get("name") or ""
    return f"{label}（{said}）" if said and said != label else label


def _row(rule: etree._Element) -> tuple[str, ...]:
    return tuple(_text_of(cell) for cell in rule if _tag(cell) in ("inputEntry", "outputEntry"))


def _text_of(node: etree._Element | None) -> str:
    return "" if node is None else (node.findtext(f"{_ANY}text") or "").strip()


def _written(node: etree._Element) -> str:
    return " ".join(" ".join(text.split()) for text in node.itertext() if text.strip())


def _tag(node: etree._Element) -> str:
    return etree.QName(node).localname
