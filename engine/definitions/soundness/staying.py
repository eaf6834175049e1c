"""Where a token stays until somebody or something comes, where it goes on by itself, and where it never stands."""

from engine.definitions.process import Element
from engine.definitions.soundness.frame import ANY

_INSTANT = ("exclusiveGateway", "parallelGateway", "inclusiveGateway", "startEvent")
_SERVED = ("serviceTask", "sendTask", "intermediateThrowEvent", "endEvent")
_WAITING = ("userTask", "manualTask", "receiveTask", "intermediateCatchEvent", "eventBasedGateway", "callActivity")


def may_stay(element: Element) -> bool:
    return element.type in _WAITING or element.type == "subProcess" or element.loop is not None


def is_instant(element: Element) -> bool:
    if element.type in _INSTANT or element.event == "link":
        return True
    return element.type == "endEvent" and not element.event


def is_prompt(element: Element) -> bool:
    """What goes on before anybody can come between: an end of everything, what is thrown, a step without work."""
    if element.event == "terminate" or (element.event == "escalation" and element.throws):
        return True
    is_error = element.event == "error" and element.type == "endEvent"
    return is_error or (element.type == "task" and element.loop is None)


def is_for_people(element: Element) -> bool:
    return element.type in ("userTask", "manualTask", "receiveTask") and element.loop is None


def may_wait(element: Element, *, ways: int) -> bool:
    """Whether a token can be found here later: it stays, or what it does is slow or has to be repaired."""
    if element.type.endswith("Gateway"):
        return element.type != "parallelGateway" and ways > 1
    return (
        may_stay(element) or element.type in (*_SERVED[:2], "scriptTask", "businessRuleTask") or bool(element.service)
    )


def kind_of(element: Element) -> str:
    return {"startEvent": "begins", "endEvent": "ends", "intermediateCatchEvent": "happens"}.get(
        element.type, "completes"
    )


def own_errors(element: Element) -> frozenset[str | None]:
    """What a step by itself may end in: a service in any error, an offer to people by name in one when all decline."""
    if element.type in _SERVED and element.service:
        return frozenset({ANY})
    return frozenset({"everybody_declined"} if element.candidate_users and not element.candidate_groups else ())
