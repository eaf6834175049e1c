from collections.abc import Mapping
from typing import Any

from engine.errors import Problem
from engine.services import ServiceCall, ServiceRefused


def open_next(call: ServiceCall) -> Mapping[str, Any]:
    """Open the case that goes on where this one ends, with `answers` for its start form; both are linked.

    `process` is the key of the process, without it the same one.
    """
    call.open_next(_answers(call), process=call.inputs.get("process"))
    return {}


def open_support(call: ServiceCall) -> Mapping[str, Any]:
    """Open a case of another `process` that stands beside this one, with `answers` for its start form; both are linked.

    It is opened in the name of whoever acts, who reads it as its `asking_party`, and is told when it has ended.
    """
    process = call.inputs.get("process")
    if not process:
        raise ServiceRefused(problems=[Problem(path="process", code="required")])
    call.open_next(_answers(call), process=str(process), kind="support")
    return {}


def _answers(call: ServiceCall) -> Mapping[str, Any]:
    answers = call.inputs.get("answers")
    if not isinstance(answers, Mapping) or not answers:
        raise ServiceRefused(problems=[Problem(path="answers", code="required")])
    return answers
