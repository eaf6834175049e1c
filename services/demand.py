"""A demand that workers sign together, as a process uses it: opened, closed; enough is the message `demand_reached`."""

from collections.abc import Mapping
from typing import Any

from engine.ballots.opening import BallotWrong
from engine.errors import Problem
from engine.services import BusinessError, ServiceCall, ServiceRefused
from texts import sentence

REFUSED = "demand_refused"


def open_(call: ServiceCall) -> Mapping[str, Any]:
    """Let every worker of the enterprise sign until `closes_at`, or until enough have.

    Inputs: `title`, `text`, `closes_at`. Gives `demand` (its id, the key of the message), `asked` and `needed`. What
    keeps it from opening is the error `demand_refused`, whose message says why.
    """
    try:
        return call.open_demand(call.inputs)
    except BallotWrong as refusal:
        told = "；".join(sentence("problems", p.code, **p.params) for p in refusal.problems)
        raise BusinessError(REFUSED, told) from refusal


def close(call: ServiceCall) -> Mapping[str, Any]:
    """Take no more signatures in `demand`; gives `reached`, `signed`, `needed` and `asked`."""
    demand_id = call.inputs.get("demand")
    if not isinstance(demand_id, str) or not demand_id:
        raise ServiceRefused(problems=[Problem(path="demand", code="required")])
    return call.close_demand(demand_id)
