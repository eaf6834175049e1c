from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select

from engine.balloting import confirmations, locked_ballot, must_be_scrutineer
from engine.ballots import roll
from engine.command import Command
from engine.errors import Conflict
from engine.model import Person
from engine.work import Work


class NotAMixedBallot(Conflict):
    """Paper ballots are given out only when the ballot was opened as a mixed one."""


@dataclass(frozen=True, kw_only=True)
class MarkPaperVoter(Command[None]):
    """Note that a person on the roll is given a paper ballot and will not vote online.

    The history tells that a scrutineer gave out a paper, not to whom. It cannot be taken back: whoever could try it out
    on everybody would learn who has taken a ticket.
    """

    is_recorded_when_refused: ClassVar[bool] = False

    ballot_id: str
    voter: str

    def execute(self, work: Work) -> None:
        folder, ballot = locked_ballot(work, self.ballot_id)
        must_be_scrutineer(work.actor, ballot)
        if ballot.mode != "mixed":
            raise NotAMixedBallot()
        ballot.must_take_votes(at=work.now)
        person_id = work.session.scalar(select(Person.id).where(Person.username == self.voter)) or ""
        entry = roll.entry_of(work.session, ballot.id, person_id)
        if roll.ticket_of(work.session, ballot.id, person_id) is not None:
            raise roll.VotesOnline()
        if not entry.on_paper:
            entry.on_paper = True
            for count in confirmations(work.session, ballot.id):
                count.doubts = ["issued"]
            folder.record("paper_ballot_given", actor=work.actor.username, details={"ballot": ballot.id})
