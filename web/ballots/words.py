"""Ballots in words: who may vote, how long still, by which rule, and what the browser must know to vote."""

import hashlib
from datetime import datetime
from typing import Any, Literal

from flask_babel import gettext as _
from flask_babel import ngettext

from engine.ballots.rule import BallotRule
from engine.queries.ballots import BallotFile
from web import door
from web.language import current_locale

Standing = Literal["may", "on_paper", "not_on_roll", "over", "counted", "aborted"]
_FOR_CLIENT = ("id", "title", "motions", "ticket_key", "seal_key", "receipt_key", "choice_size")
_MINUTE, _HOUR, _DAY = 60, 3600, 86_400


def standing(ballot: BallotFile) -> Standing:
    """What this person can do with the ballot now, the first that applies."""
    if ballot.state in ("counted", "aborted"):
        return ballot.state  # type: ignore[return-value]
    if not ballot.me.on_roll:
        return "not_on_roll"
    if ballot.state != "open" or door.now() >= ballot.closes_at:
        return "over"
    return "on_paper" if ballot.me.on_paper else "may"


def for_client(ballot: BallotFile) -> dict[str, Any]:
    """Only what is the same for every voter."""
    return {name: getattr(ballot, name) for name in _FOR_CLIENT}


def voter_mark(ballot: BallotFile) -> str:
    """Under which name a shared device keeps what belongs to this voter; it names nobody."""
    return hashlib.sha256(f"{ballot.id}:{door.actor().person_id}".encode()).hexdigest()[:16]


def time_left(until: datetime) -> str:
    """In the two units that matter: 2 天 3 小时, 3 小时 5 分, 5 分钟."""
    seconds = max(0, int((until - door.now()).total_seconds()))
    days, hours, minutes = seconds // _DAY, seconds % _DAY // _HOUR, seconds % _HOUR // _MINUTE
    if days:
        return _("%(days)d 天 %(hours)d 小时", days=days, hours=hours)
    if hours:
        return _("%(hours)d 小时 %(minutes)d 分", hours=hours, minutes=minutes)
    return ngettext("%(num)d 分钟", "%(num)d 分钟", minutes) if minutes else _("不到 1 分钟")


def seconds_left(until: datetime) -> int:
    return max(0, int((until - door.now()).total_seconds()))


def needed(ballot: BallotFile) -> dict[str, int | None]:
    """How many must take part and how many must agree; None when that depends on who comes."""
    rule, seats = BallotRule.from_json(ballot.rule), ballot.seats
    quorum = rule.quorum_of(present=0, seats=seats)
    majority = rule.majority_of(votes=0, seats=seats, present=0, back=0)
    return {"quorum": quorum["needed"], "majority": majority["needed"] if rule.majority.of == "all" else None}


def rule_text(ballot: BallotFile, part: str) -> str:
    """The words of the rule pack for quorum or majority."""
    texts = ballot.rule["texts"][part]
    return texts.get(current_locale()) or texts["zh"]


def answer_words(answer: str) -> str:
    return {"yes": _("同意"), "no": _("不同意"), "abstain": _("弃权"), "spoilt": _("废票")}[answer]
