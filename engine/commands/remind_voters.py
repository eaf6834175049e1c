from dataclasses import dataclass

from engine.balloting import locked_ballot, must_be_scrutineer
from engine.ballots.reminders import ReminderPlan
from engine.command import Command
from engine.errors import Conflict
from engine.voter_reminders import planned_reminders, remind
from engine.work import Work


class ReminderTooSoon(Conflict):
    """The voters were reminded a short while ago, or will be in a short while."""


@dataclass(frozen=True, kw_only=True)
class RemindVoters(Command[None]):
    """Remind those on the roll who have neither a ticket nor a paper ballot; nobody sees who they are."""

    ballot_id: str

    def execute(self, work: Work) -> None:
        folder, ballot = locked_ballot(work, self.ballot_id)
        must_be_scrutineer(work.actor, ballot)
        ballot.must_take_votes(at=work.now)
        plan = ReminderPlan.from_json(ballot.reminders)
        free = plan.next_free(work.now, last=ballot.reminded_at, planned=planned_reminders(ballot))
        if free > work.now:
            raise ReminderTooSoon(until=free.isoformat())
        remind(folder, ballot, name=f"{work.now:%Y%m%dT%H%M%S}", by=work.actor.username)
