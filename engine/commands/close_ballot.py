from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.balloting import confirmations, end_voting, locked_ballot, must_be_scrutineer
from engine.ballots import roll
from engine.ballots.motions import motions_from
from engine.ballots.tally import read_paper
from engine.command import Command
from engine.errors import Conflict
from engine.model import Ballot, BallotConfirmation
from engine.work import Work

SCRUTINEERS_TO_CLOSE = 2


class PaperTotalsDiffer(Conflict):
    """The other scrutineer counted the paper ballots otherwise; count again."""


@dataclass(frozen=True, kw_only=True)
class CloseBallot(Command[str]):
    """Confirm as a scrutineer that the ballot may close, with the totals of its paper ballots; the second closes it.

    Gives the state of the ballot.
    """

    ballot_id: str
    paper: Mapping[str, Any] | None = None

    def execute(self, work: Work) -> str:
        folder, ballot = locked_ballot(work, self.ballot_id)
        must_be_scrutineer(work.actor, ballot)
        ballot.must_not_have_ended()
        paper = self._totals(work, ballot)
        others = [c for c in confirmations(work.session, ballot.id) if c.person_id != work.actor.person_id]
        if any(other.paper != paper for other in others):
            raise PaperTotalsDiffer()
        self._confirm(work, ballot, paper)
        folder.record("ballot_confirmed", actor=work.actor.username, details={"ballot": ballot.id})
        if len(others) + 1 >= SCRUTINEERS_TO_CLOSE:
            end_voting(folder, ballot)
        return ballot.state

    def _totals(self, work: Work, ballot: Ballot) -> dict[str, Any] | None:
        """None for a ballot without paper. Raises PaperTotalsWrong."""
        if ballot.mode != "mixed":
            return None
        papers = roll.turnout(work.session, ballot.id, seats=ballot.seats).papers
        return read_paper(motions_from(ballot.motions), self.paper or {}, papers=papers)

    def _confirm(self, work: Work, ballot: Ballot, paper: dict[str, Any] | None) -> None:
        mine = work.session.get(BallotConfirmation, (ballot.id, work.actor.person_id))
        if mine is None:
            mine = BallotConfirmation(ballot_id=ballot.id, person_id=work.actor.person_id, at=work.now, paper=paper)
            work.session.add(mine)
        mine.paper, mine.at = paper, work.now
