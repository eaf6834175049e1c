from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from sqlalchemy import select

from engine.agreeing import NegotiationNotFound
from engine.command import Command
from engine.model import Case, Clause, Negotiation, NegotiationPresence
from engine.negotiating import seat_of
from engine.visibility import sees_part
from engine.work import Work

WRITTEN_EVERY = timedelta(seconds=10)


@dataclass(frozen=True, kw_only=True)
class ShowPresence(Command[None]):
    """Say that you have the text open, and which clause you are writing on; this is shown, and kept nowhere."""

    is_recorded_when_refused: ClassVar[bool] = False

    case_id: str
    clause_id: str | None = None

    def execute(self, work: Work) -> None:
        negotiation = _of_those_at_the_table(work, self.case_id)
        clause_id = self.clause_id if _is_part_of(work, negotiation, self.clause_id) else None
        known = work.session.get(NegotiationPresence, (negotiation.id, work.actor.person_id))
        if known is None:
            known = NegotiationPresence(negotiation_id=negotiation.id, person_id=work.actor.person_id)
            work.session.add(known)
        elif known.clause_id == clause_id and work.now - known.seen_at < WRITTEN_EVERY:
            return
        known.clause_id, known.seen_at = clause_id, work.now


def _of_those_at_the_table(work: Work, case_id: str) -> Negotiation:
    """Without locking the case: to be here is no act on it. Raises NegotiationNotFound."""
    seen = sees_part(work.actor.audiences, Case.id)
    query = select(Case, Negotiation).join(Negotiation, Negotiation.case_id == Case.id).where(Case.id == case_id, seen)
    row = work.session.execute(query).first()
    if row is None:
        raise NegotiationNotFound()
    oversight = work.catalogue.bundle(work.session, row[0].deployment_id).process.oversight_groups
    if not seat_of(work.session, work.actor, row[0], row[1], oversight=oversight).sees_all:
        raise NegotiationNotFound()
    return row[1]


def _is_part_of(work: Work, negotiation: Negotiation, clause_id: str | None) -> bool:
    clause = work.session.get(Clause, clause_id) if clause_id else None
    return clause is not None and clause.negotiation_id == negotiation.id
