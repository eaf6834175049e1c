"""All differences of two bundles, in the order in which a reviewer reads them."""

from collections.abc import Iterator, Mapping
from itertools import chain

from engine.calendar.rules import RulePack
from engine.definitions.bundle import Bundle
from engine.definitions.comparing.change import Area, Change, Kind, Thing
from engine.definitions.comparing.drawings import compare_drawings
from engine.definitions.comparing.forms import compare_forms
from engine.definitions.comparing.processes import (
    added_process,
    changed,
    compare_processes,
    removed_process,
)
from engine.definitions.comparing.tables import compare_tables
from engine.definitions.places import stories
from engine.definitions.process import Process
from engine.definitions.process_file import read_process

_ORDER = {area: place for place, area in enumerate(Area)}
_KINDS = {kind: place for place, kind in enumerate((Kind.ADDED, Kind.REMOVED, Kind.CHANGED, Kind.MOVED))}


def compare(before: Bundle, after: Bundle) -> tuple[Change, ...]:
    """Empty when a deployment of `after` over `before` would do nothing."""
    parts = (_diagrams(before, after), _forms(before, after), _tables(before, after), _rules(before, after))
    found = chain(*parts, _stories(before, after))
    return tuple(sorted(found, key=lambda change: (_ORDER[change.area], _KINDS[change.kind])))


def _diagrams(before: Bundle, after: Bundle) -> Iterator[Change]:
    """By the key of the process. A main process under another key is taken for the same one, renamed."""
    old, new = dict(before.diagrams), dict(after.diagrams)
    paths = {source: path for path, source in (*before.files.items(), *after.files.items())}
    if before.process_key not in new:
        old[after.process_key] = old.pop(before.process_key)
    for key in old.keys() - new.keys():
        yield removed_process(read_process(old[key]), path=paths[old[key]])
    for key, source in new.items():
        process = read_process(source)
        if key not in old:
            yield added_process(process, path=paths[source])
        elif old[key] != source:
            yield from _one(old[key], source, process, path=paths[source])


def _one(old: bytes, new: bytes, process: Process, *, path: str) -> Iterator[Change]:
    yield from compare_processes(read_process(old), process, path=path)
    yield from compare_drawings(old, new, process, path=path)


def _forms(before: Bundle, after: Bundle) -> Iterator[Change]:
    for id_ in sorted(before.forms.keys() | after.forms.keys()):
        old, new = before.forms.get(id_), after.forms.get(id_)
        if old is None or new is None or old.schema != new.schema:
            yield from compare_forms(old, new)


def _tables(before: Bundle, after: Bundle) -> Iterator[Change]:
    return compare_tables(
        *({p: s for p, s in bundle.files.items() if p.endswith(".dmn")} for bundle in (before, after))
    )


def _rules(before: Bundle, after: Bundle) -> Iterator[Change]:
    if before.rules.version == after.rules.version:
        return
    for sort, old, new in (
        ("clock", _clocks(before.rules), _clocks(after.rules)),
        ("setting", _settings(before.rules), _settings(after.rules)),
    ):
        for id_ in sorted(old.keys() | new.keys()):
            thing = Thing(area=Area.RULE, path="rules/", sort=sort, name=id_)
            if id_ not in old or id_ not in new:
                yield Change(kind=Kind.ADDED if id_ in new else Kind.REMOVED, thing=thing)
            else:
                yield from changed(thing, "value", old[id_], new[id_])


def _clocks(pack: RulePack) -> Mapping[str, str]:
    return {
        id_: "; ".join(f"{limit.amount} {limit.unit} {limit.article or ''}".strip() for limit in rule.limits)
        for id_, rule in pack.clocks.items()
    }


def _settings(pack: RulePack) -> Mapping[str, str]:
    return {
        id_: "; ".join(f"{found.valid_from}: {found.value}" for found in setting.dated)
        for id_, setting in pack.settings.items()
    }


def _stories(before: Bundle, after: Bundle) -> Iterator[Change]:
    """A deployment that was made without scenarios is not compared: those of the sources came with the draft."""
    old, new = stories(before.files), stories(after.files)
    for path in sorted(old.keys() | new.keys()) if old else ():
        sort = "scenario" if path.startswith("scenarios/") else "example"
        thing = Thing(area=Area.SCENARIO, path=path, sort=sort, name=path.rpartition("/")[2].rpartition(".")[0])
        if path not in old or path not in new:
            yield Change(kind=Kind.ADDED if path in new else Kind.REMOVED, thing=thing)
        elif old[path] != new[path]:
            yield Change(kind=Kind.CHANGED, thing=thing)
