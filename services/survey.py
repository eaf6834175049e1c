"""The anonymous survey as a process uses it: open it, extend it, count it, drop it."""

from collections.abc import Mapping
from typing import Any

from engine.errors import Problem
from engine.services import ServiceCall, ServiceRefused


def open_(call: ServiceCall) -> Mapping[str, Any]:
    """Ask everybody of the enterprise until `closes_at`.

    Inputs: `title`, `questions` (`{kind: single | multi | scale | open, question, choices}`), `closes_at`.
    Gives `survey` (its id) and `asked`.
    """
    return call.open_survey(call.inputs)


def extend(call: ServiceCall) -> Mapping[str, Any]:
    """Take answers to `survey` until a later `closes_at`."""
    call.extend_survey(_survey(call), closes_at=call.inputs.get("closes_at"))
    return {}


def count(call: ServiceCall) -> Mapping[str, Any]:
    """Count `survey`: `counted` (false with fewer sheets than the smallest cell), `asked`, `answered`, `questions` with
    their cells, `texts` of open questions."""
    return call.count_survey(_survey(call))


def drop(call: ServiceCall) -> Mapping[str, Any]:
    """Throw the sheets of `survey` away unread, for a `reason`."""
    call.drop_survey(_survey(call), reason=str(call.inputs.get("reason") or ""))
    return {}


def _survey(call: ServiceCall) -> str:
    survey_id = call.inputs.get("survey")
    if not isinstance(survey_id, str) or not survey_id:
        raise ServiceRefused(problems=[Problem(path="survey", code="required")])
    return survey_id
