"""The text that two sides negotiate, as a process uses it: open it or its next round, close it."""

from collections.abc import Mapping
from typing import Any

from engine.services import ServiceCall


def open_(call: ServiceCall) -> Mapping[str, Any]:
    """Open the clauses to both sides, or begin the next round of them.

    Inputs: `heads` (texts, or `{head, part}`), `round`, `reopen` (heads that are agreed and shall be open again),
    `sides` (`{worker, employer}`: party roles, the chief's first), `observers` (party roles that may look on).
    The property `negotiation_variable` of the task names the variable that follows the clauses. Gives `negotiation`.
    """
    return call.open_negotiation(call.inputs)


def close(call: ServiceCall) -> Mapping[str, Any]:
    """Nothing of the text is changed any more; the next opening takes it up again."""
    call.close_negotiation()
    return {}
