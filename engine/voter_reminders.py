"""Reminding voters who have not taken part; who they are stands nowhere but in the notices themselves."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.balloting import locked_ballot, tell_voters_in_parts
from engine.ballots.reminders import ReminderPlan
from engine.case_work import CaseWork
from engine.model import Ballot
from engine.model.ballot import BallotKind
from engine.work import Work


def planned_reminders(ballot: Ballot) -> dict[str, datetime]:
    plan = ReminderPlan.from_json(ballot.reminders)
    return plan.moments(opened_at=ballot.opened_at, closes_at=ballot.closes_at)


def remind_voters(work: Work, args: Mapping[str, Any]) -> None:
    """A planned reminder; one that comes so late that the next is due as well is left to the next."""
    folder, ballot = locked_ballot(work, args["ballot_id"], kinds=tuple(BallotKind))
    due = {name: at for name, at in planned_reminders(ballot).items() if at <= work.now}
    if ballot.takes_votes(at=work.now) and args["reminder"] == max(due, key=due.__getitem__, default=None):
        remind(folder, ballot, name=args["reminder"], by="system")


def remind(folder: CaseWork, ballot: Ballot, *, name: str, by: str) -> None:
    ballot.reminded_at = folder.work.now
    folder.record(
        "survey_reminded" if ballot.kind == BallotKind.SURVEY else "ballot_reminded",
        actor=by,
        details={"ballot": ballot.id},
    )
    tell_voters_in_parts(folder.work, ballot, reminder=name)
