from dataclasses import dataclass

from engine.agreeing import sit_down
from engine.command import Command
from engine.errors import NotAllowed, Problem, Rejected
from engine.model import NegotiationDelegate
from engine.negotiating import members_of
from engine.work import Work


class OnlyTheChief(NotAllowed):
    """Only the chief of a side says who else may agree for it."""


class NotOfYourSide(Rejected):
    """Only a negotiator of your own side can be entitled to agree for it."""


@dataclass(frozen=True, kw_only=True)
class EntitleNegotiator(Command[None]):
    """Let a negotiator of your side agree to clauses for it, or take that back; only the chief can."""

    case_id: str
    person: str
    is_entitled: bool

    def execute(self, work: Work) -> None:
        table = sit_down(work, self.case_id)
        if not table.seat.is_chief:
            raise OnlyTheChief()
        person_id = members_of(table.folder.case, table.negotiation, table.side).get(self.person)
        if person_id is None or person_id == work.actor.person_id:
            raise NotOfYourSide(
                problems=[Problem(path="person", code="unknown_person", params={"person": self.person})]
            )
        known = work.session.get(NegotiationDelegate, (table.negotiation.id, person_id))
        if self.is_entitled == (known is not None):
            return
        if known is not None:
            work.session.delete(known)
        else:
            work.session.add(_entitled(work, table.negotiation.id, person_id, side=table.side))
        table.record("negotiator_entitled" if self.is_entitled else "negotiator_unentitled", assignee=self.person)


def _entitled(work: Work, negotiation_id: str, person_id: str, *, side: str) -> NegotiationDelegate:
    return NegotiationDelegate(
        negotiation_id=negotiation_id,
        person_id=person_id,
        side=side,
        named_by=work.actor.person_id,
        named_at=work.now,
    )
