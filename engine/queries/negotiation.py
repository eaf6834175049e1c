"""What two sides negotiate, as one person may see it: the table of clauses, and one clause with its history."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.agreeing import ClauseNotFound, NegotiationNotFound
from engine.catalogue import Catalogue
from engine.model import (
    Case,
    Clause,
    ClauseNote,
    ClauseStep,
    Negotiation,
    NegotiationDelegate,
    NegotiationPresence,
)
from engine.model.case import CaseStatus
from engine.model.clause import ClauseAct, ClauseStatus
from engine.model.negotiation import NegotiationState, Side
from engine.negotiating import Seat, clauses_of, members_of, negotiation_of, seat_of, steps_by_id
from engine.queries.looking_up import people_by_id
from engine.queries.negotiation_rows import (
    ClauseFile,
    ClauseRow,
    NegotiationMark,
    NegotiationRow,
    NoteRow,
    SeatRow,
    StepRow,
    awaited_sides,
    clause_actions,
    table_actions,
)
from engine.queries.seeing import readable_case
from engine.wording import Piece, changes

HERE = timedelta(seconds=30)
SHOWN_EVERY = timedelta(seconds=10)
People = Mapping[str, tuple[str, str]]


def negotiation_table(
    session: Session, actor: Actor, case_id: str, *, catalogue: Catalogue, now: datetime
) -> NegotiationRow:
    """Raises CaseNotFound, NegotiationNotFound."""
    case, negotiation, seat = _seated(session, actor, case_id, catalogue=catalogue)
    clauses = clauses_of(session, negotiation)
    steps = steps_by_id(session, [i for c in clauses for i in (c.agreed_step_id, *c.on_the_table)])
    here = {p.person_id: p for p in session.scalars(_present(negotiation, now=now))} if seat.sees_all else {}
    people = people_by_id(session, [*here, *(s.person_id for s in steps.values()), *_negotiators(case, negotiation)])
    mine = here.get(actor.person_id)
    return NegotiationRow(
        id=negotiation.id,
        case_id=case.id,
        state=negotiation.state,
        round=negotiation.round,
        revision=negotiation.revision,
        side=seat.side,
        is_chief=seat.is_chief,
        may_agree=seat.may_agree,
        sees_all=seat.sees_all,
        clauses=tuple(_row(c, steps, people, here=here.values(), seat=seat) for c in clauses),
        seats=tuple(_seats(session, case, negotiation, here=here, people=people)) if seat.sees_all else (),
        actions=table_actions(case, negotiation, seat),
        is_due=seat.sees_all and (mine is None or now - mine.seen_at >= SHOWN_EVERY),
        my_clause_id=mine.clause_id if mine else None,
    )


def clause_file(
    session: Session, actor: Actor, case_id: str, clause_id: str, *, catalogue: Catalogue, now: datetime
) -> ClauseFile:
    """Raises CaseNotFound, NegotiationNotFound, ClauseNotFound."""
    case, negotiation, seat = _seated(session, actor, case_id, catalogue=catalogue)
    clause = session.get(Clause, clause_id)
    if clause is None or clause.negotiation_id != negotiation.id:
        raise ClauseNotFound(clause_id=clause_id)
    shown = ClauseStep.clause_id == clause.id
    if not seat.sees_all:
        shown &= ClauseStep.id == clause.agreed_step_id
    found = list(session.scalars(select(ClauseStep).where(shown).order_by(ClauseStep.seq)))
    notes = _notes(session, clause, seat)
    here = list(session.scalars(_present(negotiation, now=now))) if seat.sees_all else []
    people = people_by_id(session, [*(s.person_id for s in found), *(n.person_id for n in notes), *_ids(here)])
    return ClauseFile(
        clause=_row(clause, {step.id: step for step in found}, people, here=here, seat=seat),
        steps=tuple(_with_changes(found, people)),
        notes=tuple(NoteRow(people.get(n.person_id, ("", ""))[1], n.at, n.text) for n in notes),
        actions=clause_actions(case, negotiation, clause, seat),
    )


def negotiation_mark(session: Session, actor: Actor, case: Case) -> NegotiationMark | None:
    """How far the text of a case is; None when the case has none."""
    negotiation = negotiation_of(session, case.id)
    if negotiation is None:
        return None
    clauses, seat = clauses_of(session, negotiation), seat_of(session, actor, case, negotiation)
    waits = negotiation.state == NegotiationState.OPEN and case.status == CaseStatus.RUNNING
    return NegotiationMark(
        total=len(clauses),
        agreed=sum(clause.status == ClauseStatus.AGREED for clause in clauses),
        mine=sum(seat.side in awaited_sides(clause) for clause in clauses) if waits else 0,
        is_open=waits,
    )


def _seated(session: Session, actor: Actor, case_id: str, *, catalogue: Catalogue) -> tuple[Case, Negotiation, Seat]:
    case = readable_case(session, actor, case_id)
    negotiation = negotiation_of(session, case.id)
    if negotiation is None:
        raise NegotiationNotFound()
    oversight = catalogue.bundle(session, case.deployment_id).process.oversight_groups
    return case, negotiation, seat_of(session, actor, case, negotiation, oversight=oversight)


def _row(
    clause: Clause,
    steps: Mapping[str, ClauseStep],
    people: People,
    *,
    here: Iterable[NegotiationPresence],
    seat: Seat,
) -> ClauseRow:
    """Who does not sit at the table sees what was agreed, and nothing of the way there."""

    def text(step_id: str | None) -> StepRow | None:
        step = steps.get(step_id or "")
        return _step_row(step, people) if step else None

    worker = text(clause.worker_step_id) if seat.sees_all else None
    employer = text(clause.employer_step_id) if seat.sees_all else None
    is_shown = seat.sees_all or clause.status == ClauseStatus.AGREED
    return ClauseRow(
        id=clause.id,
        position=clause.position,
        head=clause.head,
        part=clause.part,
        status=clause.status if is_shown else ClauseStatus.OPEN,
        revision=clause.revision,
        worker=worker,
        employer=employer,
        agreed=text(clause.agreed_step_id),
        consents=_consents(clause) if seat.sees_all else {},
        reopening_asked_by=clause.reopening_asked_by if seat.sees_all else None,
        awaits=awaited_sides(clause) if seat.sees_all else (),
        editors=tuple(people.get(p.person_id, ("", ""))[1] for p in here if p.clause_id == clause.id),
        differences=_between(worker, employer),
    )


def _between(worker: StepRow | None, employer: StepRow | None) -> tuple[Piece, ...]:
    if worker is None or employer is None:
        return ()
    older, newer = sorted((worker, employer), key=lambda row: row.seq)
    return changes(older.text or "", newer.text or "")


def _consents(clause: Clause) -> dict[str, str]:
    given = {str(side): clause.consent_of(side) for side in Side}
    return {side: step_id for side, step_id in given.items() if step_id is not None}


def _with_changes(steps: Sequence[ClauseStep], people: People) -> Iterable[StepRow]:
    before: dict[str | None, str] = {}
    for step in steps:
        row = _step_row(step, people)
        if step.act == ClauseAct.PROPOSED:
            last, before[step.side] = before.get(step.side), step.text or ""
            row = _step_row(step, people, changed=changes(last, step.text or "") if last is not None else ())
        yield row


def _step_row(step: ClauseStep, people: People, *, changed: tuple[Piece, ...] = ()) -> StepRow:
    username, name = people.get(step.person_id, (step.person_id, ""))
    return StepRow(
        id=step.id,
        seq=step.seq,
        round=step.round,
        side=step.side,
        person=username,
        person_name=name,
        at=step.at,
        act=step.act,
        applies=step.applies,
        text=step.text,
        reason=step.reason,
        about_id=step.about_id,
        changes=changed,
    )


def _notes(session: Session, clause: Clause, seat: Seat) -> list[ClauseNote]:
    if seat.side is None:
        return []
    query = select(ClauseNote).where(ClauseNote.clause_id == clause.id, ClauseNote.side == seat.side)
    return list(session.scalars(query.order_by(ClauseNote.at, ClauseNote.id)))


def _present(negotiation: Negotiation, *, now: datetime) -> object:
    recently = NegotiationPresence.seen_at > now - HERE
    return select(NegotiationPresence).where(NegotiationPresence.negotiation_id == negotiation.id, recently)


def _ids(here: Iterable[NegotiationPresence]) -> list[str]:
    return [p.person_id for p in here]


def _negotiators(case: Case, negotiation: Negotiation) -> list[str]:
    return [p for side in Side for p in members_of(case, negotiation, side).values()]


def _seats(
    session: Session,
    case: Case,
    negotiation: Negotiation,
    *,
    here: Mapping[str, NegotiationPresence],
    people: People,
) -> Iterable[SeatRow]:
    """Both sides, chiefs first; then those who look on and are here."""
    query = select(NegotiationDelegate.person_id).where(NegotiationDelegate.negotiation_id == negotiation.id)
    entitled, at_the_table = set(session.scalars(query)), set[str]()
    for side in Side:
        chiefs = (case.parties.get(negotiation.sides[side][0]) or {}).values()
        for person_id in dict.fromkeys(members_of(case, negotiation, side).values()):
            at_the_table.add(person_id)
            yield SeatRow(
                *people.get(person_id, ("", "")),
                side=side,
                is_chief=person_id in chiefs,
                is_entitled=person_id in entitled,
                is_here=person_id in here,
                clause_id=here[person_id].clause_id if person_id in here else None,
            )
    for person_id in here.keys() - at_the_table:
        yield SeatRow(*people.get(person_id, ("", "")), side=None, is_chief=False, is_entitled=False, is_here=True)
