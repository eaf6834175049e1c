"""Opening a ballot: the roll and the rule are frozen, the keys made, the empty trays put up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy.orm import Session

from engine.audit import digest
from engine.ballots import box, roll
from engine.ballots.motions import Motion, choice_size
from engine.ballots.questions import Question, answers_size
from engine.ballots.reminders import ReminderPlan
from engine.ballots.rule import BallotRule, Share
from engine.ballots.safe import KeySafe
from engine.ballots.tickets import new_ticket_key
from engine.errors import Problem, Rejected
from engine.model.ballot import Ballot, BallotKind
from engine.model.base_model import new_id

MODES = ("online", "mixed")
LONGEST_DEMAND = 1000
FEWEST_SCRUTINEERS = 2
_NO_REMINDERS = ReminderPlan()


class BallotWrong(Rejected):
    """A ballot cannot be opened with what was given."""


@dataclass(frozen=True, kw_only=True)
class BallotPlan:
    """`voters` and `scrutineers` map usernames to person ids."""

    case_id: str
    title: str
    mode: str
    motions: Sequence[Motion]
    rule: BallotRule
    voters: Mapping[str, str]
    scrutineers: Mapping[str, str]
    closes_at: datetime
    matter: Mapping[str, Any] | None = None
    reminders: ReminderPlan = _NO_REMINDERS


@dataclass(frozen=True, kw_only=True)
class SurveyPlan:
    """`voters` are all who are asked, usernames to person ids; no cell of fewer answers than `min_cell` is told."""

    case_id: str
    title: str
    questions: Sequence[Question]
    voters: Mapping[str, str]
    min_cell: int
    closes_at: datetime
    reminders: ReminderPlan = _NO_REMINDERS


@dataclass(frozen=True, kw_only=True)
class DemandPlan:
    """What workers may demand together, in `text`; `share` says how many of `voters` must sign."""

    case_id: str
    title: str
    text: str
    voters: Mapping[str, str]
    share: Share
    closes_at: datetime
    reminders: ReminderPlan = _NO_REMINDERS


Plan = BallotPlan | SurveyPlan | DemandPlan


def open_ballot(session: Session, safe: KeySafe, plan: BallotPlan, *, at: datetime) -> Ballot:
    """Raises BallotWrong with every problem."""
    _must_fit(
        plan,
        at,
        min_cell=plan.rule.min_cell,
        mode=plan.mode in MODES,
        scrutineers=len(plan.scrutineers) >= FEWEST_SCRUTINEERS,
    )
    facts = {
        "mode": plan.mode,
        "motions": [motion.as_json() for motion in plan.motions],
        "rule": plan.rule.as_json(),
        "matter": plan.matter,
        "matter_hash": digest(plan.matter) if plan.matter else None,
        "scrutineers": list(plan.scrutineers.values()),
        "choice_size": choice_size(plan.motions),
    }
    return _put_up(session, safe, plan, facts, at=at)


def open_survey(session: Session, safe: KeySafe, plan: SurveyPlan, *, at: datetime) -> Ballot:
    """The same roll, tickets and box for answers that nobody recounts. Raises BallotWrong with every problem."""
    _must_fit(plan, at, min_cell=plan.min_cell)
    facts = {
        "kind": BallotKind.SURVEY,
        "mode": "online",
        "motions": [question.as_json() for question in plan.questions],
        "rule": {"min_cell": plan.min_cell},
        "scrutineers": [],
        "choice_size": answers_size(plan.questions),
    }
    return _put_up(session, safe, plan, facts, at=at)


def open_demand(session: Session, plan: DemandPlan, *, at: datetime) -> Ballot:
    """The same roll, without tickets and box: people sign by name. Raises BallotWrong with every problem."""
    _must_fit(plan, at, min_cell=1, motions=0 < len(plan.text.strip()) <= LONGEST_DEMAND)
    needed = plan.share.least(len(plan.voters))
    facts = {
        "kind": BallotKind.DEMAND,
        "mode": "online",
        "motions": [{"id": "d1", "title": plan.text.strip()}],
        "rule": {"share": plan.share.as_json(), "needed": needed},
        "scrutineers": [],
        "trays": 0,
        "choice_size": 0,
        "ticket_key": b"",
        "seal_key": b"",
    }
    ballot = _ballot(plan, new_id(), facts, at=at)
    session.add(ballot)
    session.flush()
    roll.write_roll(session, ballot.id, plan.voters.values())
    session.flush()
    return ballot


def _put_up(
    session: Session, safe: KeySafe, plan: BallotPlan | SurveyPlan, facts: Mapping[str, Any], *, at: datetime
) -> Ballot:
    ballot = _boxed(plan, safe, facts, at=at)
    session.add(ballot)
    session.flush()
    roll.write_roll(session, ballot.id, plan.voters.values())
    box.make_trays(session, ballot.id, trays=ballot.trays)
    session.flush()
    return ballot


def _boxed(plan: BallotPlan | SurveyPlan, safe: KeySafe, facts: Mapping[str, Any], *, at: datetime) -> Ballot:
    id_ = new_id()
    tickets, seals = new_ticket_key(), X25519PrivateKey.generate()
    kept = {
        "trays": box.tray_count(len(plan.voters)),
        "ticket_key": tickets.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
        "seal_key": seals.public_key().public_bytes_raw(),
        "wrapped_ticket_key": safe.wrap(tickets, ballot_id=id_),
        "wrapped_seal_key": safe.wrap(seals, ballot_id=id_),
    }
    return _ballot(plan, id_, {**facts, **kept}, at=at)


def _ballot(plan: Plan, id_: str, facts: Mapping[str, Any], *, at: datetime) -> Ballot:
    frozen = roll.frozen(id_, plan.voters)
    return Ballot(
        id=id_,
        case_id=plan.case_id,
        title=plan.title,
        reminders=plan.reminders.as_json(),
        opened_at=at,
        closes_at=plan.closes_at,
        seats=len(plan.voters),
        roll_salt=frozen.salt,
        roll_hash=frozen.hash,
        **facts,
    )


def _must_fit(plan: Plan, at: datetime, *, min_cell: int, **more: bool) -> None:
    """With fewer voters than the smallest cell the result alone would tell how single persons voted.

    `more` are further things that must be true. Raises BallotWrong.
    """
    checks = {
        "title": 0 < len(plan.title.strip()) <= 200,
        **more,
        "closes_at": plan.closes_at > at,
        "voters": len(plan.voters) >= min_cell,
    }
    least = {"scrutineers": FEWEST_SCRUTINEERS, "voters": min_cell}
    problems = [
        Problem(path=path, code=f"ballot_{path}", params={"least": least.get(path)})
        for path, fits in checks.items()
        if not fits
    ]
    if problems:
        raise BallotWrong(problems=problems)
