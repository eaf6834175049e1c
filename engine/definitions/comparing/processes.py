"""Two readings of one diagram: steps and flows by id, with everything that the engine reads of them."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from itertools import chain

from engine.definitions.comparing.change import Area, Change, Kind, Thing
from engine.definitions.process import Called, Element, Flow, Loop, Process

# `stage` and `default` follow from where a step lies and from the flows; lines are no content.
_IGNORED = {"id", "line", "stage", "default", "properties", "parent", "type"}
_STEP = tuple(field.name for field in fields(Element) if field.name not in _IGNORED)
# The property in which these are written is told once, under its own word.
_SAID_ELSEWHERE = {"name_en", "documentation_en"}
_PROCESS = ("name", "name_en", "documentation", "documentation_en", "executable")


def compare_processes(before: Process, after: Process, *, path: str) -> Iterator[Change]:
    """Own elements only: `Process.called` is compared diagram by diagram."""
    yield from _whole(before, after, path)
    yield from _steps(before, after, path)
    yield from _flows(before, after, path)


def added_process(process: Process, *, path: str) -> Change:
    return Change(kind=Kind.ADDED, thing=_process(process, path))


def removed_process(process: Process, *, path: str) -> Change:
    return Change(kind=Kind.REMOVED, thing=_process(process, path))


def _process(process: Process, path: str) -> Thing:
    return Thing(area=Area.PROCESS, path=path, sort="process", name=process.name, element_id=process.key)


def _whole(before: Process, after: Process, path: str) -> Iterator[Change]:
    thing = _process(after, path)
    for what in _PROCESS:
        yield from changed(thing, what, written(getattr(before, what)), written(getattr(after, what)))
    yield from _properties(thing, before.properties, after.properties)


def _steps(before: Process, after: Process, path: str) -> Iterator[Change]:
    for id_ in before.elements.keys() - after.elements.keys():
        yield Change(kind=Kind.REMOVED, thing=_step(before.elements[id_], path))
    for id_, element in after.elements.items():
        known = before.elements.get(id_)
        if known is None:
            yield Change(kind=Kind.ADDED, thing=_step(element, path))
        elif known != element:
            yield from _step_changes(known, element, before, after, path)


def _step(element: Element, path: str) -> Thing:
    return Thing(area=Area.STEP, path=path, sort=element.type, name=element.name, element_id=element.id)


def _step_changes(old: Element, new: Element, before: Process, after: Process, path: str) -> Iterator[Change]:
    thing = _step(new, path)
    if old.type != new.type:
        yield from changed(thing, "type", old.type, new.type)
    if old.parent != new.parent:
        yield from changed(thing, "parent", _name_of(before, old.parent), _name_of(after, new.parent))
    for what in _STEP:
        if what not in _SAID_ELSEWHERE:
            yield from changed(thing, what, written(getattr(old, what)), written(getattr(new, what)))
    yield from _properties(thing, old.properties, new.properties)


def _flows(before: Process, after: Process, path: str) -> Iterator[Change]:
    old, new = ({flow.id: flow for flow in process.flows} for process in (before, after))
    for id_ in old.keys() - new.keys():
        yield Change(kind=Kind.REMOVED, thing=_flow(old[id_], before, path))
    for id_, flow in new.items():
        if id_ not in old:
            yield Change(kind=Kind.ADDED, thing=_flow(flow, after, path))
            continue
        known, thing = old[id_], _flow(flow, after, path)
        for what in ("source", "target"):
            yield from _other_end(thing, what, (before, getattr(known, what)), (after, getattr(flow, what)))
        for what in ("name", "condition", "is_default"):
            yield from changed(thing, what, written(getattr(known, what)), written(getattr(flow, what)))


def _other_end(thing: Thing, what: str, old: tuple[Process, str], new: tuple[Process, str]) -> Iterator[Change]:
    """Steps by name, and by id too where only that tells them apart."""
    if old[1] == new[1]:
        return
    names = [_name_of(*old), _name_of(*new)]
    if names[0] == names[1]:
        names = [f"{name}（{id_}）" for name, (_, id_) in zip(names, (old, new), strict=True)]
    yield Change(kind=Kind.CHANGED, thing=thing, what=what, before=names[0], after=names[1])


def _flow(flow: Flow, process: Process, path: str) -> Thing:
    ends = f"{_name_of(process, flow.source)} → {_name_of(process, flow.target)}"
    name = f"{flow.name}：{ends}" if flow.name else ends
    return Thing(area=Area.FLOW, path=path, sort="sequenceFlow", name=name, element_id=flow.id)


def _name_of(process: Process, element_id: str) -> str:
    if element_id == process.key:
        return process.name
    element = process.elements.get(element_id)
    return (element.name or element.id) if element else element_id


def _properties(thing: Thing, before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Change]:
    for name in sorted(before.keys() | after.keys()):
        what = name if name in _KNOWN_PROPERTIES else f"property {name}"
        if name in _PROCESS and thing.area is Area.PROCESS:
            continue
        yield from changed(thing, what, before.get(name), after.get(name))


_KNOWN_PROPERTIES = {"clock", "four_eyes", "name_en", "offered_when", "may_return", "party_roles", "starter_groups",
                     "oversight_groups", "guest_groups", "number_prefix", "meeting", "on_the_spot"}  # fmt: skip


def changed(thing: Thing, what: str, before: str | None, after: str | None) -> Iterator[Change]:
    """Nothing when both are the same."""
    if (before or None) != (after or None):
        yield Change(kind=Kind.CHANGED, thing=thing, what=what, before=before or None, after=after or None)


def written(value: object) -> str | None:
    """As a reader of the diagram would write it; None for nothing."""
    match value:
        case None | "" | () | False:
            return None
        case True:
            return "✓"
        case Loop():
            return _loop(value)
        case Called():
            return value.process
        case tuple():
            return "\n".join(_pair(item) for item in value)
    return str(value)


def _pair(item: object) -> str:
    return f"{item[1]} ← {item[0]}" if isinstance(item, tuple) and len(item) == 2 else str(item)


def _loop(loop: Loop) -> str:
    order = "↧" if loop.sequential else "⇉"
    parts = (loop.collection, loop.element, loop.output, loop.output_collection, loop.completion)
    return " ".join(part for part in chain((order,), parts) if part)
