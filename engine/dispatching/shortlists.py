"""Rank the experts of a profession, keep the decision with its reasons, and offer the case to the first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any

from engine.audit import canonical_json
from engine.calendar.deadline import add_months
from engine.case_work import CaseWork
from engine.dispatching import offers
from engine.dispatching.candidates import candidates
from engine.dispatching.conflicts import BOTH, SIDES, Matter
from engine.dispatching.ranking import Ranked, Wish, rank
from engine.errors import Problem
from engine.model import ExpertOffer, ExpertRanking
from engine.model.base_model import new_id
from engine.model.expert import Profession
from engine.model.expert_offer import OfferOutcome
from engine.services import ServiceRefused

MOST_OFFERED = 20
MOST_ROUNDS = 100
MOST_NAMED = 200
# What keeps somebody off a shortlist, but not from being asked by the coordinator in person.
_PERSUADABLE = frozenset({"declined_before", "lapsed_before", "left_before", "expert_full"})


@dataclass(frozen=True, kw_only=True)
class Wanted:
    profession: str
    number: int = 3
    round: int = 1
    field: str = ""
    counterparty: str = ""
    side: str = "employer"

    @classmethod
    def read(cls, inputs: Mapping[str, Any]) -> "Wanted":
        """Raises ServiceRefused with every input that is no good."""
        problems = [
            *bad_profession(inputs),
            *_bad_number(inputs, "number", MOST_OFFERED),
            *_bad_number(inputs, "round", MOST_ROUNDS),
            *bad_side(inputs),
        ]
        if problems:
            raise ServiceRefused(problems=problems)
        return cls(
            profession=str(inputs["profession"]),
            number=int(inputs.get("number") or cls.number),
            round=int(inputs.get("round") or cls.round),
            field=text_of(inputs, "field"),
            counterparty=text_of(inputs, "counterparty"),
            side=str(inputs.get("side") or cls.side),
        )

    def as_data(self) -> dict[str, Any]:
        return {"number": self.number, "field": self.field, "counterparty": self.counterparty, "side": self.side}


def shortlist(folder: CaseWork, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """`{offered, eligible}`: those offered as `{username, name, employer, rank, reasons}`. Raises ServiceRefused."""
    wanted = Wanted.read(inputs)
    offers.lapse(folder, wanted.profession)
    ranked = _ranked(folder, wanted)
    eligible = [one for one in ranked if one.rank is not None]
    offered = eligible[: wanted.number]
    _keep(folder, wanted, ranked, eligible=len(eligible), offered=offered)
    return {"offered": [one.as_data() for one in offered], "eligible": len(eligible)}


def assignable(folder: CaseWork, inputs: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Whom the coordinator may name: also who declined, was silent or has much to do, never who has a conflict.

    Asks nobody and keeps nothing. Raises ServiceRefused.
    """
    ranked = _ranked(folder, Wanted.read(inputs))
    return [one.as_data() for one in ranked if one.rank is not None or _may_be_persuaded(one)][:MOST_NAMED]


def _may_be_persuaded(one: Ranked) -> bool:
    return {reason.code for reason in one.reasons} <= _PERSUADABLE


def matter_of(folder: CaseWork, *, counterparty: str, side: str) -> Matter:
    today, rules = folder.work.today, folder.rules
    months = int(rules.setting("expert_conflict_months", today))
    return Matter(
        case_id=folder.case.id,
        enterprise=folder.enterprise,
        counterparty=counterparty,
        side=side,
        today=today,
        since=add_months(today, -months),
    )


def _ranked(folder: CaseWork, wanted: Wanted) -> tuple[Ranked, ...]:
    work, matter = folder.work, matter_of(folder, counterparty=wanted.counterparty, side=wanted.side)
    days = int(folder.rules.setting("expert_fairness_days", work.today))
    known = candidates(work.session, matter, profession=wanted.profession, now=work.now, recent=timedelta(days=days))
    enterprise = folder.enterprise
    town = folder.case.town or (enterprise.town if enterprise else None)
    return rank(known, Wish(case_id=folder.case.id, field=wanted.field, town=town, recent_days=days))


def _keep(
    folder: CaseWork, wanted: Wanted, ranked: Sequence[Ranked], *, eligible: int, offered: Sequence[Ranked]
) -> None:
    """The list is for those in charge; the history, which all readers of the case see, has its digest."""
    work, entries = folder.work, [one.as_data() for one in ranked]
    facts = {"case_id": folder.case.id, "profession": wanted.profession, "round": wanted.round}
    digest = sha256(canonical_json(entries)).hexdigest()
    kept = ExpertRanking(
        id=new_id(), **facts, wanted=wanted.as_data(), eligible=eligible, entries=entries, sha256=digest,
        ranked_at=work.now,
    )  # fmt: skip
    work.session.add(kept)
    work.session.flush()
    work.session.add_all(
        ExpertOffer(
            **facts, ranking_id=kept.id, person_id=one.candidate.person_id, rank=one.rank,
            reasons=[reason.as_data() for reason in one.reasons], offered_at=work.now, outcome=OfferOutcome.OFFERED,
        )
        for one in offered
    )  # fmt: skip
    details = {
        "profession": wanted.profession,
        "round": wanted.round,
        "ranked": len(ranked),
        "eligible": eligible,
        "offered": [one.candidate.username for one in offered],
        "sha256": digest,
    }
    folder.record("experts_ranked", actor="system", details=details)


def text_of(inputs: Mapping[str, Any], key: str) -> str:
    value = inputs.get(key)
    return value.strip() if isinstance(value, str) else ""


def bad_profession(inputs: Mapping[str, Any]) -> list[Problem]:
    given = inputs.get("profession")
    if given in list(Profession):
        return []
    return [
        Problem("profession", "unknown_profession", {"profession": str(given or ""), "known": "、".join(Profession)})
    ]


def bad_side(inputs: Mapping[str, Any]) -> list[Problem]:
    side = inputs.get("side") or Wanted.side
    return [] if side in (*SIDES, BOTH) else [Problem("side", "unknown_side", {"side": str(side)})]


def _bad_number(inputs: Mapping[str, Any], key: str, most: int) -> list[Problem]:
    given = inputs.get(key)
    is_whole = isinstance(given, int | Decimal) and not isinstance(given, bool) and given == int(given)
    if given is None or (is_whole and 1 <= given <= most):
        return []
    return [Problem(key, "bad_number", {"low": 1, "high": most})]
