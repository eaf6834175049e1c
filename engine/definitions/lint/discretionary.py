"""What people may start while a case runs: a message event with a form and the groups it is offered to."""

from collections.abc import Iterator

from engine.definitions.lint.about import about
from engine.definitions.lint.draft import Draft
from engine.definitions.lint.gateways import behind_event_gateway
from engine.definitions.lint_problem import LintProblem
from engine.definitions.process import Element

WHEN = "offered_when"
_EVENTS = ("startEvent", "intermediateCatchEvent", "boundaryEvent")


def offered(draft: Draft) -> Iterator[LintProblem]:
    for event in draft.steps(*_EVENTS):
        if _is_main_start(draft, event):
            if event.candidate_groups or event.assignee:
                yield about(event, "start_groups_misplaced")
        elif event.form or event.candidate_groups or event.assignee:
            yield from _offer(draft, event)


def conditions(draft: Draft) -> Iterator[LintProblem]:
    for element in draft.process.elements.values():
        if WHEN in element.properties and not element.is_discretionary:
            yield about(element, "property_misplaced", property=WHEN)


def _offer(draft: Draft, event: Element) -> Iterator[LintProblem]:
    if event.event != "message":
        yield about(event, "offer_without_message")
    elif event.type == "intermediateCatchEvent" and not behind_event_gateway(draft, event):
        yield about(event, "offer_in_the_way")
    elif not event.form:
        yield about(event, "offer_without_form")
    elif event.correlation_key:
        yield about(event, "offer_with_key", "warning", message=event.message or "")
    if event.assignee:
        yield about(event, "not_executed", what="zeebe:assignmentDefinition assignee")


def _is_main_start(draft: Draft, event: Element) -> bool:
    around = draft.process.elements.get(event.parent)
    return event.type == "startEvent" and (around is None or not around.triggered_by_event)


RULES = (offered, conditions)
