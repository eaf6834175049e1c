import base64
import hashlib
from dataclasses import dataclass, field
from typing import ClassVar

from engine.balloting import visible_ballot
from engine.ballots import roll
from engine.ballots.tickets import blind_sign
from engine.command import Command
from engine.errors import Conflict
from engine.model import Ballot, BallotTicket
from engine.model.ballot import BallotKind
from engine.work import Work


class TicketTaken(Conflict):
    """This person took a ticket before, for another key; there is one ticket a person."""


@dataclass(frozen=True, kw_only=True)
class IssueTicket(Command[str]):
    """Sign what a voter has blinded, once a person; the same value again gets the same signature, in base64.

    No line of history: who took a ticket, and when, is nobody's business but the voter's.
    """

    is_recorded_when_refused: ClassVar[bool] = False

    ballot_id: str
    blinded: bytes = field(repr=False)

    def execute(self, work: Work) -> str:
        visible_ballot(work.session, work.actor, self.ballot_id, kinds=(BallotKind.VOTE, BallotKind.SURVEY))
        ballot = work.session.get_one(Ballot, self.ballot_id, with_for_update={"read": True}, populate_existing=True)
        entry = roll.entry_of(work.session, ballot.id, work.actor.person_id)
        known = roll.ticket_of(work.session, ballot.id, work.actor.person_id)
        if known is not None:
            return self._again(known)
        ballot.must_take_votes(at=work.now)
        if entry.on_paper:
            raise roll.VotesOnPaper()
        return self._new(work, ballot)

    def _again(self, known: BallotTicket) -> str:
        if known.blinded_sha256 != self._fingerprint:
            raise TicketTaken()
        return base64.b64encode(known.blind_signature).decode()

    def _new(self, work: Work, ballot: Ballot) -> str:
        assert ballot.wrapped_ticket_key is not None
        key = work.safe.ticket_key(ballot.wrapped_ticket_key, ballot_id=ballot.id)
        signature = blind_sign(key, self.blinded)
        ticket = BallotTicket(
            ballot_id=ballot.id,
            person_id=work.actor.person_id,
            blinded_sha256=self._fingerprint,
            blind_signature=signature,
        )
        work.session.add(ticket)
        return base64.b64encode(signature).decode()

    @property
    def _fingerprint(self) -> str:
        return hashlib.sha256(self.blinded).hexdigest()
