from collections.abc import Mapping
from typing import Any

from engine.errors import Problem
from engine.services import ServiceCall, ServiceRefused


def open_next(call: ServiceCall) -> Mapping[str, Any]:
    """Open the case that goes on where this one ends, with `answers` for its start form; both are linked.

    `process` is the key of the process, without it the same one.
    """
    answers = call.inputs.get("answers")
    if not isinstance(answers, Mapping) or not answers:
        raise ServiceRefused(problems=[Problem(path="answers", code="required")])
    call.open_next(answers, process=call.inputs.get("process"))
    return {}
