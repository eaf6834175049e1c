from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.balloting import confirmations, end_voting, locked_ballot, must_be_scrutineer
from engine.ballots import roll
from engine.ballots.motions import motions_from
from engine.ballots.tally import paper_differences, read_paper
from engine.case_work import CaseWork
from engine.command import Command
from engine.errors import Conflict, Problem
from engine.model import Ballot, BallotConfirmation
from engine.work import Work

SCRUTINEERS_TO_CLOSE = 2


class BallotStillRuns(Conflict):
    """Voters may still vote; who closes the ballot before its time must say so."""


class PaperTotalsDiffer(Conflict):
    """The other scrutineer counted the paper ballots otherwise; both count again and enter their totals anew."""


@dataclass(frozen=True, kw_only=True)
class CloseBallot(Command[str | PaperTotalsDiffer]):
    """Confirm as a scrutineer that the ballot may close, with the totals of its paper ballots; the second closes it.

    Gives the state of the ballot. Totals that differ are returned as a refusal, for `Engine.run` to raise after the
    commit: from then on neither count stands. `before_time`: also while voters may still vote.
    """

    ballot_id: str
    paper: Mapping[str, Any] | None = None
    before_time: bool = False

    def execute(self, work: Work) -> str | PaperTotalsDiffer:
        folder, ballot = locked_ballot(work, self.ballot_id)
        must_be_scrutineer(work.actor, ballot)
        ballot.must_not_have_ended()
        if ballot.takes_votes(at=work.now) and not self.before_time:
            raise BallotStillRuns(closes_at=ballot.closes_at.isoformat())
        mine = self._confirmed(work, ballot)
        folder.record("ballot_confirmed", actor=work.actor.username, details={"ballot": ballot.id})
        others = [c for c in confirmations(work.session, ballot.id) if c is not mine and c.doubts is None]
        doubted = {other.person_id: _differences(mine, other) for other in others}
        if any(doubted.values()):
            return _doubt(folder, mine, [other for other in others if doubted[other.person_id]])
        if len(others) + 1 >= SCRUTINEERS_TO_CLOSE:
            end_voting(folder, ballot)
        return ballot.state

    def _confirmed(self, work: Work, ballot: Ballot) -> BallotConfirmation:
        """The confirmation of this scrutineer, which a later one replaces. Raises PaperTotalsWrong."""
        paper = self._totals(work, ballot)
        mine = work.session.get(BallotConfirmation, (ballot.id, work.actor.person_id))
        if mine is None:
            mine = BallotConfirmation(ballot_id=ballot.id, person_id=work.actor.person_id)
            work.session.add(mine)
        mine.paper, mine.at, mine.doubts = paper, work.now, None
        return mine

    def _totals(self, work: Work, ballot: Ballot) -> dict[str, Any] | None:
        """None for a ballot without paper. Raises PaperTotalsWrong."""
        if ballot.mode != "mixed":
            return None
        papers = roll.turnout(work.session, ballot.id, seats=ballot.seats).papers
        return read_paper(motions_from(ballot.motions), self.paper or {}, papers=papers)


def _differences(one: BallotConfirmation, other: BallotConfirmation) -> list[str]:
    return paper_differences(one.paper, other.paper) if one.paper and other.paper else []


def _doubt(folder: CaseWork, mine: BallotConfirmation, others: list[BallotConfirmation]) -> PaperTotalsDiffer:
    """Neither count stands any more. Says where they differ, not what the other counted: that would be copied."""
    for other in others:
        mine.doubts = other.doubts = _differences(mine, other)
    folder.record("paper_totals_differed", actor="system", details={"ballot": mine.ballot_id})
    return PaperTotalsDiffer(problems=[Problem(f"paper.{place}", "paper_differs") for place in mine.doubts or ()])
