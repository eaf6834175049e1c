from dataclasses import dataclass

from engine.balloting import abort, locked_ballot, must_be_scrutineer
from engine.command import Command
from engine.model.ballot import BallotHasEnded, BallotState
from engine.model.case import must_give_reason
from engine.permissions import is_in_charge
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class AbortBallot(Command[None]):
    """Break a ballot off, with a reason: the box is thrown away unread and nothing of it is published."""

    ballot_id: str
    reason: str

    def execute(self, work: Work) -> None:
        folder, ballot = locked_ballot(work, self.ballot_id)
        if not is_in_charge(work.actor, folder.bundle.process.oversight_groups, town=folder.case.town):
            must_be_scrutineer(work.actor, ballot)
        must_give_reason(self.reason)
        if ballot.state in (BallotState.COUNTED, BallotState.ABORTED):
            raise BallotHasEnded(state=ballot.state)
        abort(folder, ballot, reason=self.reason, by=work.actor.username)
