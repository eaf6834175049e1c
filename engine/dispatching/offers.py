"""What becomes of an offer: accepted, declined, recused, lapsed, or not needed any more."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from engine.case_work import CaseWork
from engine.errors import Problem
from engine.model import Expert, ExpertOffer, Person
from engine.model.expert_offer import OfferOutcome
from engine.model.party import EXPERT, LEAD_EXPERT
from engine.parties import appoint, refresh_audience
from engine.permissions import person_audience
from engine.services import ServiceRefused


def accept(folder: CaseWork, *, profession: str, username: str) -> list[dict[str, Any]]:
    """Their offer is accepted and they join the experts of the case; the others are not needed any more.

    Whom the coordinator chose without an offer gets one, which says so. Gives the experts of the case, also the lead.
    Raises ServiceRefused for somebody who is not in the register with this profession.
    """
    work, (_, person) = folder.work, expert_named(folder, username, profession)
    pending = _offers(folder, profession, OfferOutcome.OFFERED)
    mine = next((one for one in pending if one.person_id == person.id), None)
    mine = mine or _given(folder, person.id, profession, unless=OfferOutcome.ACCEPTED)
    if mine.outcome == OfferOutcome.OFFERED:
        mine.end(OfferOutcome.ACCEPTED, at=work.now)
        details = {"profession": profession, "expert": username, "round": mine.round, "rank": mine.rank}
        folder.record("expert_accepted", actor="system", details=details)
    end_all([one for one in pending if one is not mine], OfferOutcome.SUPERSEDED, folder)
    appoint(folder, role=EXPERT, people={**(folder.case.parties.get(EXPERT) or {}), username: person.id})
    return experts_of(folder)


def recuse(folder: CaseWork, *, profession: str, username: str, reason: str) -> None:
    """They have a conflict: they leave the case and see of it only what is their own.

    That there is a conflict is in the history; which one is for those in charge. Raises ServiceRefused.
    """
    work, (_, person) = folder.work, expert_named(folder, username, profession)
    pending = _offers(folder, profession, OfferOutcome.OFFERED)
    accepted = _offers(folder, profession, OfferOutcome.ACCEPTED)
    found = [one for one in (*pending, *accepted) if one.person_id == person.id]
    mine = found[-1] if found else _given(folder, person.id, profession, unless=OfferOutcome.RECUSED)
    if mine.outcome == OfferOutcome.RECUSED:
        return
    mine.end(OfferOutcome.RECUSED, at=work.now, reason=reason or None)
    # Whoever waited behind them did not say no, and may be asked in the next round.
    end_all([one for one in pending if one is not mine], OfferOutcome.SUPERSEDED, folder)
    folder.record("expert_recused", actor="system", details={"profession": profession, "expert": username})
    leave(folder, person)


def lapse(folder: CaseWork, profession: str) -> None:
    """More people are asked: those who have not answered had their time."""
    end_all(_offers(folder, profession, OfferOutcome.OFFERED), OfferOutcome.LAPSED, folder)


def note_declined(folder: CaseWork, *, person_id: str, reason: str) -> None:
    """Somebody declined a task that they were offered by name: if that was the offer of this case, it is answered."""
    mine = (ExpertOffer.case_id == folder.case.id, ExpertOffer.person_id == person_id)
    query = select(ExpertOffer).where(*mine, ExpertOffer.outcome == OfferOutcome.OFFERED)
    for one in folder.work.session.scalars(query):
        one.end(OfferOutcome.DECLINED, at=folder.work.now, reason=reason)


def note_left(folder: CaseWork, *, person_id: str, reason: str) -> None:
    """They may not be dispatched any more: what they have not answered has ended."""
    mine = (ExpertOffer.case_id == folder.case.id, ExpertOffer.person_id == person_id)
    query = select(ExpertOffer).where(*mine, ExpertOffer.outcome == OfferOutcome.OFFERED)
    end_all(list(folder.work.session.scalars(query)), OfferOutcome.LEFT, folder, reason)


def experts_of(folder: CaseWork) -> list[dict[str, Any]]:
    """`{username, name, profession}` of the experts of the case, in the order in which they joined, the lead first."""
    roles = (folder.case.parties.get(role) or {} for role in (LEAD_EXPERT, EXPERT))
    ids = {person_id: username for people in roles for username, person_id in people.items()}
    query = select(Person.id, Person.name, Expert.profession).outerjoin(Expert, Expert.person_id == Person.id)
    known = {row.id: row for row in folder.work.session.execute(query.where(Person.id.in_(ids)))}
    return [
        {"username": username, "name": known[id_].name, "profession": known[id_].profession}
        for id_, username in ids.items()
        if id_ in known
    ]


def expert_named(folder: CaseWork, username: str, profession: str | None = None) -> tuple[Expert, Person]:
    """Raises ServiceRefused for somebody who is not in the register, or there with another profession."""
    query = select(Expert, Person).join(Person, Person.id == Expert.person_id)
    row = folder.work.session.execute(query.where(Person.username == username, Person.left_at.is_(None))).first()
    if row is None or (profession is not None and row[0].profession != profession):
        raise ServiceRefused(problems=[Problem("expert", "not_an_expert", {"person": username})])
    return row[0], row[1]


def _offers(folder: CaseWork, profession: str, outcome: OfferOutcome) -> Sequence[ExpertOffer]:
    mine = (ExpertOffer.case_id == folder.case.id, ExpertOffer.profession == profession)
    query = select(ExpertOffer).where(*mine, ExpertOffer.outcome == outcome)
    return list(folder.work.session.scalars(query.order_by(ExpertOffer.offered_at, ExpertOffer.rank)))


def _given(folder: CaseWork, person_id: str, profession: str, *, unless: OfferOutcome) -> ExpertOffer:
    """An offer that comes from a person and not from a ranking; what has ended like this already stands."""
    mine = (ExpertOffer.case_id == folder.case.id, ExpertOffer.profession == profession)
    rows = list(folder.work.session.scalars(select(ExpertOffer).where(*mine).order_by(ExpertOffer.offered_at)))
    own = [one for one in rows if one.person_id == person_id and one.outcome == unless]
    if own:
        return own[-1]
    given = ExpertOffer(
        case_id=folder.case.id, profession=profession, person_id=person_id,
        round=max((one.round for one in rows), default=1), rank=None,
        reasons=[{"code": "assigned", "params": {}}], offered_at=folder.work.now, outcome=OfferOutcome.OFFERED,
    )  # fmt: skip
    folder.work.session.add(given)
    return given


def end_all(found: Sequence[ExpertOffer], outcome: OfferOutcome, folder: CaseWork, reason: str | None = None) -> None:
    for one in found:
        one.end(outcome, at=folder.work.now, reason=reason)


def leave(folder: CaseWork, person: Person) -> None:
    """Out of the roles of an expert; of the case they see only what is their own."""
    case, key = folder.case, person_audience(person.id)
    for role in (EXPERT, LEAD_EXPERT):
        people: Mapping[str, str] = case.parties.get(role) or {}
        if person.username in people:
            appoint(folder, role=role, people={u: id_ for u, id_ in people.items() if u != person.username})
    case.readers = [reader for reader in case.readers if reader != key]
    case.guests = [*case.guests, *([] if key in case.guests else [key])]
    refresh_audience(folder)
