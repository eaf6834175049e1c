"""A negotiation as a part of its case: opened by the process, its seats, and the variable that keeps its state."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.actor import SYSTEM, Actor
from engine.case_work import CaseWork
from engine.errors import Problem, Rejected
from engine.model import Case, Clause, ClauseStep, Negotiation, NegotiationDelegate
from engine.model.base_model import new_id
from engine.model.clause import ClauseAct, ClauseStatus
from engine.model.negotiation import NegotiationState, Side
from engine.permissions import is_in_charge

MOST_CLAUSES = 60
LONGEST_HEAD = 100
LONGEST_TEXT = 5000
_SIDES = {Side.WORKER: ["worker_chief", "worker_negotiator"], Side.EMPLOYER: ["employer_chief", "employer_negotiator"]}

_PROPOSALS = ("职工方", "企业方")
# The property of a diagram that names the variable.
NEGOTIATION_VARIABLE = "negotiation_variable"


class NegotiationWrong(Rejected):
    """A negotiation needs the property negotiation_variable, at least one head, no head twice, and two sides."""


@dataclass(frozen=True)
class Seat:
    """Where somebody sits. `side` is None for those who look on; `sees_all` is false for those who see results only."""

    side: Side | None = None
    is_chief: bool = False
    may_agree: bool = False
    sees_all: bool = False


@dataclass(frozen=True)
class Head:
    head: str
    part: str = ""


def open_negotiation(folder: CaseWork, wanted: Mapping[str, Any], *, variable: str | None) -> dict[str, Any]:
    """`wanted`: heads, round, reopen, sides, observers. Opens it, or begins the next round of it.

    Raises NegotiationWrong.
    """
    negotiation = negotiation_of(folder.work.session, folder.case.id)
    if negotiation is None:
        negotiation = _begin(folder, wanted, variable=variable)
    negotiation.round = _number(wanted.get("round"), default=1)
    negotiation.reopen()
    negotiation.revision += 1
    for clause in _named(clauses_of(folder.work.session, negotiation), wanted.get("reopen")):
        _reopen_by_process(folder, negotiation, clause)
    keep_variable(folder, negotiation)
    facts = {"negotiation": negotiation.id, "round": negotiation.round}
    folder.record("negotiation_opened", actor="system", details=facts)
    return facts


def close_negotiation(folder: CaseWork) -> None:
    """Nothing is proposed or agreed any more, until the process opens it again."""
    negotiation = negotiation_of(folder.work.session, folder.case.id)
    if negotiation is None or negotiation.state == NegotiationState.CLOSED:
        return
    negotiation.close(at=folder.work.now)
    negotiation.revision += 1
    facts = {"negotiation": negotiation.id, "round": negotiation.round}
    folder.record("negotiation_closed", actor="system", details=facts)


def negotiation_of(session: Session, case_id: str) -> Negotiation | None:
    return session.scalars(select(Negotiation).where(Negotiation.case_id == case_id)).first()


def clauses_of(session: Session, negotiation: Negotiation) -> list[Clause]:
    query = select(Clause).where(Clause.negotiation_id == negotiation.id)
    return list(session.scalars(query.order_by(Clause.position)))


def steps_by_id(session: Session, ids: Iterable[str | None]) -> dict[str, ClauseStep]:
    wanted = {i for i in ids if i}
    if not wanted:
        return {}
    return {step.id: step for step in session.scalars(select(ClauseStep).where(ClauseStep.id.in_(wanted)))}


def seat_of(
    session: Session, actor: Actor, case: Case, negotiation: Negotiation, *, oversight: Iterable[str] = ()
) -> Seat:
    """Nobody sits on both sides: who is named for both has no seat at all."""
    if actor is SYSTEM:
        return Seat(sees_all=True)
    sides = [side for side in Side if _holds(case, negotiation.sides.get(side, ()), actor)]
    if len(sides) != 1:
        watches = not sides and (
            _holds(case, negotiation.observers, actor) or is_in_charge(actor, oversight, town=case.town)
        )
        return Seat(sees_all=watches)
    chief_role = negotiation.sides[sides[0]][0]
    is_chief = _holds(case, [chief_role], actor)
    delegate = session.get(NegotiationDelegate, (negotiation.id, actor.person_id))
    is_delegate = delegate is not None and delegate.side == sides[0]
    return Seat(side=sides[0], is_chief=is_chief, may_agree=is_chief or is_delegate, sees_all=True)


def members_of(case: Case, negotiation: Negotiation, side: Side) -> dict[str, str]:
    """Usernames to person ids, the chief first."""
    return {u: p for role in negotiation.sides.get(side, ()) for u, p in (case.parties.get(role) or {}).items()}


def keep_variable(folder: CaseWork, negotiation: Negotiation) -> None:
    """The process reads the state of the clauses in the one variable that the diagram declares for it."""
    folder.work.session.flush()
    clauses = clauses_of(folder.work.session, negotiation)
    steps = steps_by_id(folder.work.session, [i for c in clauses for i in (c.agreed_step_id, *c.on_the_table)])
    told = told_to_process(negotiation, clauses, steps)
    folder.instance.variables = {**folder.instance.variables, negotiation.variable: told}


def told_to_process(
    negotiation: Negotiation, clauses: Iterable[Clause], steps: Mapping[str, ClauseStep]
) -> dict[str, Any]:
    """In the words of the people who draw the diagrams."""
    rows = [_told(clause, steps) for clause in clauses]
    agreed = sum(row["状态"] == ClauseStatus.AGREED for row in rows)
    parked = sum(row["状态"] == ClauseStatus.PARKED for row in rows)
    return {
        "全部达成": agreed == len(rows),
        "达成": agreed,
        "搁置": parked,
        "未达成": len(rows) - agreed,
        "轮次": negotiation.round,
        "条款": rows,
    }


def without_proposals(told: Mapping[str, Any]) -> dict[str, Any]:
    """The same for somebody who does not sit at the table: what is agreed, and not what a side has put on it."""
    rows = [row | dict.fromkeys(_PROPOSALS) for row in told["条款"]]
    return {**told, "条款": rows}


def _told(clause: Clause, steps: Mapping[str, ClauseStep]) -> dict[str, Any]:
    agreed = steps.get(clause.agreed_step_id or "")
    worker, employer = steps.get(clause.worker_step_id or ""), steps.get(clause.employer_step_id or "")
    return {
        "类别": clause.head,
        "状态": clause.status,
        "约定": agreed.applies if agreed else None,
        "内容": agreed.text if agreed and agreed.applies else None,
        "不涉及理由": agreed.text if agreed and not agreed.applies else None,
        "职工方": worker.text if worker else None,
        "企业方": employer.text if employer else None,
    }


def _begin(folder: CaseWork, wanted: Mapping[str, Any], *, variable: str | None) -> Negotiation:
    heads = read_heads(wanted.get("heads"))
    sides = _read_sides(wanted.get("sides"))
    if not variable:
        raise NegotiationWrong(problems=[Problem(path="negotiation_variable", code="required")])
    negotiation = Negotiation(
        id=new_id(),
        case_id=folder.case.id,
        variable=variable,
        sides=sides,
        observers=[str(role) for role in wanted.get("observers") or []],
        opened_at=folder.work.now,
        revision=0,
    )
    folder.work.session.add(negotiation)
    folder.work.session.flush()
    folder.work.session.add_all(new_clause(negotiation, head, position=n) for n, head in enumerate(heads, 1))
    folder.work.session.flush()
    return negotiation


def new_clause(negotiation: Negotiation, head: Head, *, position: int) -> Clause:
    return Clause(
        id=new_id(),
        negotiation_id=negotiation.id,
        position=position,
        head=head.head,
        part=head.part,
        status=ClauseStatus.OPEN,
        revision=0,
    )


def read_heads(given: Any) -> list[Head]:
    """Texts, or `{head, part}`. Raises NegotiationWrong."""
    rows = [row if isinstance(row, Mapping) else {"head": row} for row in (given if isinstance(given, list) else [])]
    heads = [Head(str(r.get("head") or "").strip(), str(r.get("part") or "").strip()[:100]) for r in rows]
    names = {head.head for head in heads}
    fits = all(1 <= len(name) <= LONGEST_HEAD for name in names)
    if not heads or len(heads) > MOST_CLAUSES or len(names) != len(heads) or not fits:
        raise NegotiationWrong(problems=[Problem(path="heads", code="invalid")])
    return heads


def _read_sides(given: Any) -> dict[str, list[str]]:
    if given is None:
        return {side: list(roles) for side, roles in _SIDES.items()}
    roles = {side: [str(role) for role in given.get(side) or []] for side in Side} if isinstance(given, Mapping) else {}
    if not roles or not all(roles.values()) or set(roles[Side.WORKER]) & set(roles[Side.EMPLOYER]):
        raise NegotiationWrong(problems=[Problem(path="sides", code="invalid")])
    return {str(side): named for side, named in roles.items()}


def _named(clauses: Iterable[Clause], heads: Any) -> list[Clause]:
    wanted = {str(head) for head in heads} if isinstance(heads, list) else set()
    return [c for c in clauses if c.head in wanted and c.status == ClauseStatus.AGREED]


def _reopen_by_process(folder: CaseWork, negotiation: Negotiation, clause: Clause) -> None:
    clause.reopen()
    clause.revision = negotiation.revision
    add_step(folder, negotiation, clause, act=ClauseAct.REOPENED, side=None)
    facts = {"clause": clause.id, "head": clause.head, "round": negotiation.round}
    folder.record("clause_reopened", actor="system", details=facts)


def add_step(
    folder: CaseWork, negotiation: Negotiation, clause: Clause, *, act: ClauseAct, side: Side | None, **said: Any
) -> ClauseStep:
    """The next line of the history of a clause; `said` are the other fields of a step."""
    last = select(ClauseStep.seq).where(ClauseStep.clause_id == clause.id).order_by(ClauseStep.seq.desc()).limit(1)
    step = ClauseStep(
        id=new_id(),
        clause_id=clause.id,
        seq=(folder.work.session.scalar(last) or 0) + 1,
        round=negotiation.round,
        side=side,
        person_id=folder.work.actor.person_id,
        at=folder.work.now,
        act=act,
        **said,
    )
    folder.work.session.add(step)
    return step


def _holds(case: Case, roles: Iterable[str], actor: Actor) -> bool:
    return any(actor.person_id in (case.parties.get(role) or {}).values() for role in roles)


def _number(value: Any, *, default: int) -> int:
    return int(value) if isinstance(value, int) and not isinstance(value, bool) and value > 0 else default
