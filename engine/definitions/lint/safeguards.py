"""What the law and good order ask of a process: a vote has an answer and two ways, two eyes are two people, a legal
deadline leads somewhere."""

import re
from collections.abc import Iterator

from engine.definitions.lint.about import about
from engine.definitions.lint.draft import Draft
from engine.definitions.lint_problem import LintProblem
from engine.definitions.process import Element, Process

_NAMES = re.compile(r'"([^"\\]+)"')
_ONLY_NAMES = re.compile(r'=\s*(?:"[^"\\]+"|\[\s*(?:"[^"\\]+"\s*,?\s*)+\])')
_OPENS = "ballot/open"
_RESULT = "ballot_closed"
_DECIDES = ("exclusiveGateway", "inclusiveGateway")


def votes(draft: Draft) -> Iterator[LintProblem]:
    """The result of a vote is waited for, and what was voted down goes another way than what was carried."""
    for step in draft.process.elements.values():
        if step.service != _OPENS:
            continue
        results = [e for e in draft.process.elements.values() if e.message == _RESULT and not e.throws]
        if not results:
            yield about(step, "vote_without_result", "warning")
        elif not any(_decides_after(process, place) for process, place in _goes_on(draft, results)):
            yield about(step, "vote_without_fail_path", "warning")


def _goes_on(draft: Draft, results: list[Element]) -> Iterator[tuple[Process, Element]]:
    """Behind the result, and behind the calls of this diagram: the vote of several may be drawn once."""
    yield from ((draft.process, result) for result in results)
    for process in draft.processes.values():
        calls = process.each("callActivity")
        yield from ((process, call) for call in calls if call.called and call.called.process == draft.process.key)


def _decides_after(process: Process, start: Element) -> bool:
    """Whether a gateway with two ways or more lies behind this event, also behind the part that it ends."""
    seen, left = {start.id}, [start.id]
    while left:
        element = process.elements.get(left.pop())
        if element is None:
            continue
        if element.type in _DECIDES and len(process.out_of(element.id)) > 1:
            return True
        following = [flow.target for flow in process.out_of(element.id)] or [element.parent]
        left += [id_ for id_ in following if id_ not in seen]
        seen.update(following)
    return False


def four_eyes_of_one(draft: Draft) -> Iterator[LintProblem]:
    """Both steps are for the same single person, so the second can never be done."""
    for step in draft.process.elements.values():
        other = draft.process.elements.get(step.properties.get("four_eyes", ""))
        if other is None:
            continue
        is_same = step.assignee and step.assignee == other.assignee
        people = [_only_people(one) for one in (other, step)]
        if is_same or (all(people) and len(set().union(*people)) == 1):
            yield about(step, "four_eyes_of_one", "warning", other=other.name or other.id)


def _only_people(step: Element) -> set[str]:
    """The people that the diagram names for a step; empty when it is open to groups, or FEEL works them out."""
    if step.assignee is None and (step.candidate_groups or step.candidate_users is None):
        return set()
    text = (step.assignee or step.candidate_users or "").strip()
    if not text.startswith("="):
        return {name.strip() for name in text.split(",") if name.strip()}
    return set(_NAMES.findall(text)) if _ONLY_NAMES.fullmatch(text) else set()


def deadlines_lead_somewhere(draft: Draft) -> Iterator[LintProblem]:
    """A legal clock that fires must go on; a boundary timer without a way out only ends the step in silence."""
    for event in draft.process.elements.values():
        is_legal = "clock" in event.properties and event.type == "boundaryEvent"
        if is_legal and not draft.process.out_of(event.id):
            yield about(event, "overdue_leads_nowhere", "warning")


RULES = (votes, four_eyes_of_one, deadlines_lead_somewhere)
