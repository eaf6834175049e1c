"""Deadlines that stand still while a consultation is suspended, and go on afterwards."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from engine.errors import Problem
from engine.services import ServiceCall, ServiceRefused


def pause(call: ServiceCall) -> Mapping[str, Any]:
    """Stop the running clocks of `rules` until the day `until`.

    `restart` maps rules to the day from which their clocks count now: a notice before a meeting moves with the meeting.
    """
    moved = call.restart_clocks(_starts(call))
    paused = call.pause_clocks(_rules(call), until=_day(call, "until"), reason=str(call.inputs.get("reason") or ""))
    return {"paused": paused, "moved": moved}


def resume(call: ServiceCall) -> Mapping[str, Any]:
    """Let the clocks of `rules` run on: each ends as many days later as it stood still; `restart` as in `pause`.

    Gives `paused_workdays` too: for how many working days they have stood still in all.
    """
    resumed, moved = call.resume_clocks(_rules(call)), call.restart_clocks(_starts(call))
    return {"resumed": resumed, "moved": moved, "paused_workdays": call.workdays_paused(_rules(call))}


def extend(call: ServiceCall) -> Mapping[str, Any]:
    """Add `by` to the running clocks of `rule`, once, for a `reason`; the unit is that of the rule's extension.

    Gives `due_on`, the day on which it is due now; nothing when no clock of the rule runs any more.
    """
    by = call.inputs.get("by")
    if isinstance(by, bool) or not isinstance(by, int | Decimal) or by != int(by):
        raise ServiceRefused(problems=[Problem(path="by", code="not_a_number")])
    reason = str(call.inputs.get("reason") or "")
    days = call.extend_clocks(str(call.inputs.get("rule") or ""), by=int(by), reason=reason)
    return {"due_on": max(days, default=None)}


def _rules(call: ServiceCall) -> list[str]:
    named = call.inputs.get("rules") or []
    return [named] if isinstance(named, str) else [str(rule) for rule in named]


def _starts(call: ServiceCall) -> dict[str, date]:
    return {rule: _as_day(day, "restart") for rule, day in (call.inputs.get("restart") or {}).items()}


def _day(call: ServiceCall, key: str) -> date:
    return _as_day(call.inputs.get(key), key)


def _as_day(value: Any, key: str) -> date:
    """The day of an ISO date or of an ISO time. Raises ServiceRefused."""
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        raise ServiceRefused(problems=[Problem(path=key, code="not_a_date")]) from None
