"""A demand that workers sign together, as a part of its case: opened and closed by the process, signed by those on the
roll until enough have.

Who has signed is nobody's business while it runs: the number alone is told. When enough have signed it ends at once,
and the names stay for the union; when it ends without enough, the names are gone.
"""

from collections.abc import Mapping
from typing import Any

from engine.balloting import ballot_of, forget_what_was, tell_the_case, tell_the_voters, voters_of
from engine.ballots import opening, roll, signatures
from engine.ballots.reminders import ReminderPlan
from engine.ballots.rule import Share
from engine.case_work import CaseWork
from engine.model import Ballot
from engine.model.ballot import BallotKind, BallotState
from engine.moments import written_moment

_SETTING = "demand_share"


def open_demand(folder: CaseWork, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """`wanted`: title, text, closes_at; every worker of the enterprise may sign. Gives `{demand, asked, needed}`.

    Raises BallotRuleUnusable and BallotWrong.
    """
    work, rules = folder.work, folder.rules
    plan = opening.DemandPlan(
        case_id=folder.case.id,
        title=str(wanted.get("title") or ""),
        text=str(wanted.get("text") or ""),
        voters=voters_of(work.session, folder.case.enterprise_id, "workers"),
        share=Share.read(rules.setting(_SETTING, work.today), key=_SETTING),
        closes_at=written_moment(wanted.get("closes_at")) or work.now,
    )
    demand = opening.open_demand(work.session, plan, at=work.now)
    tell_the_voters(work, demand, ReminderPlan.from_json(demand.reminders))
    told = {"demand": demand.id, "asked": demand.seats, "needed": demand.rule["needed"]}
    folder.record("demand_opened", actor="system", details={**told, "title": demand.title})
    return told


def sign_demand(folder: CaseWork, demand: Ballot, person_id: str) -> None:
    """Raises BallotNotOpen, NotOnTheRoll and AlreadySigned."""
    demand.must_take_votes(at=folder.work.now)
    roll.entry_of(folder.work.session, demand.id, person_id)
    signatures.sign(folder.work.session, demand.id, person_id)
    signed = signatures.number_of(folder.work.session, demand.id)
    if signed >= demand.rule["needed"]:
        _end(folder, demand, signed=signed)
        tell_the_case(folder, demand, demand.result or {})


def withdraw_signature(folder: CaseWork, demand: Ballot, person_id: str) -> None:
    """Raises BallotNotOpen, NotOnTheRoll and NotSigned."""
    demand.must_take_votes(at=folder.work.now)
    roll.entry_of(folder.work.session, demand.id, person_id)
    signatures.withdraw(folder.work.session, demand.id, person_id)


def close_demand(folder: CaseWork, demand_id: str) -> dict[str, Any]:
    """Its time is over: `{reached, signed, needed, asked}`; the number stays unsaid when it was not enough.

    Raises BallotNotFound.
    """
    demand = ballot_of(folder, demand_id, kind=BallotKind.DEMAND)
    if demand.state == BallotState.OPEN:
        _end(folder, demand, signed=signatures.number_of(folder.work.session, demand.id))
    return dict(demand.result or {"reached": False, "signed": None, **_terms(demand)})


def _end(folder: CaseWork, demand: Ballot, *, signed: int) -> None:
    reached = signed >= demand.rule["needed"]
    if not reached:
        signatures.forget(folder.work.session, demand.id)
    forget_what_was(folder.work, demand)
    demand.state, demand.ended_at = BallotState.COUNTED, folder.work.now
    demand.result = {"reached": reached, "signed": signed if reached else None, **_terms(demand)}
    told = {"demand": demand.id, **demand.result}
    folder.record("demand_reached" if reached else "demand_not_reached", actor="system", details=told)


def _terms(demand: Ballot) -> dict[str, Any]:
    return {"needed": demand.rule["needed"], "asked": demand.seats}
