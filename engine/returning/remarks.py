"""What stays although it has worked with something that is undone: people should look at it again."""

from collections.abc import Iterator, Sequence

from engine.case_work import CaseWork
from engine.definitions.process import Element
from engine.feel import FeelSyntaxError, compile_expression, strip_equals
from engine.returning.plan import Remark
from engine.spiff.trail import CASE, Event
from engine.spiff.way_back import WayBack
from engine.spiff.written import mixed_names


def remarks(folder: CaseWork, events: Sequence[Event], way: WayBack) -> tuple[Remark, ...]:
    return (*_kept(folder, events, way), *_used(folder, events, way))


def _kept(folder: CaseWork, events: Sequence[Event], way: WayBack) -> Iterator[Remark]:
    """Variables that another branch has written since: they keep its value."""
    for name in sorted(mixed_names(events, way.undone, CASE)):
        writer = next(e for n, e in reversed([*enumerate(events)]) if n not in way.undone and _wrote(e, {name}))
        yield _remark("kept", folder.bundle.process.elements.get(writer.element), {name})


def _used(folder: CaseWork, events: Sequence[Event], way: WayBack) -> Iterator[Remark]:
    """Steps of another branch that looked at a variable after what is undone had written it."""
    written: set[str] = set()
    found: dict[str, set[str]] = {}
    for number, event in enumerate(events):
        if number in way.undone:
            written |= {row.name for row in event.wrote if row.keeper == CASE}
        elif written and event.kind in ("work", "complete", "end", "condition"):
            element = folder.bundle.process.elements.get(event.element)
            names = written & names_read(folder, element) if element else set()
            if names:
                found.setdefault(event.element, set()).update(names)
    for element_id, names in found.items():
        yield _remark("used", folder.bundle.process.elements.get(element_id), names)


def names_read(folder: CaseWork, element: Element) -> frozenset[str]:
    """Variables that a step looks at, as far as the diagram tells: conditions, mappings, scripts, lists, decisions."""
    loop = element.loop
    texts = [element.script, element.condition, element.timer, *(source for source, _ in element.inputs)]
    texts += [loop.collection, loop.output, loop.completion] if loop else []
    texts += [flow.condition for flow in folder.bundle.process.out_of(element.id)]
    names = frozenset().union(*(_free(text) for text in texts if text))
    decision = folder.bundle.decisions.get(element.decision or "")
    return names | frozenset(getattr(decision, "free_names", ()))


def _free(text: str) -> frozenset[str]:
    try:
        return frozenset(compile_expression(strip_equals(text)).free_names)
    except FeelSyntaxError:
        return frozenset()


def _wrote(event: Event, names: set[str]) -> bool:
    return any(row.keeper == CASE and row.name in names for row in event.wrote)


def _remark(code: str, element: Element | None, names: set[str]) -> Remark:
    name = (element.name or element.id) if element else ""
    return Remark(code, name, (element.name_en if element else "") or name, tuple(sorted(names)))
