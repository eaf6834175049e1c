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
from engine.ballots.reminders import ReminderPlan
from engine.ballots.rule import BallotRule
from engine.ballots.safe import KeySafe
from engine.ballots.tickets import new_ticket_key
from engine.errors import Problem, Rejected
from engine.model.ballot import Ballot
from engine.model.base_model import new_id

MODES = ("online", "mixed")
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


def open_ballot(session: Session, safe: KeySafe, plan: BallotPlan, *, at: datetime) -> Ballot:
    """Raises BallotWrong with every problem."""
    problems = _problems(plan, at)
    if problems:
        raise BallotWrong(problems=problems)
    ballot = _ballot(plan, safe, at=at)
    session.add(ballot)
    session.flush()
    roll.write_roll(session, ballot.id, plan.voters.values())
    box.make_trays(session, ballot.id, trays=ballot.trays)
    session.flush()
    return ballot


def _ballot(plan: BallotPlan, safe: KeySafe, *, at: datetime) -> Ballot:
    id_ = new_id()
    frozen = roll.frozen(id_, plan.voters)
    tickets, seals = new_ticket_key(), X25519PrivateKey.generate()
    return Ballot(
        id=id_,
        case_id=plan.case_id,
        title=plan.title,
        mode=plan.mode,
        motions=[motion.as_json() for motion in plan.motions],
        rule=plan.rule.as_json(),
        matter=plan.matter,
        matter_hash=digest(plan.matter) if plan.matter else None,
        reminders=plan.reminders.as_json(),
        scrutineers=list(plan.scrutineers.values()),
        opened_at=at,
        closes_at=plan.closes_at,
        seats=len(plan.voters),
        roll_salt=frozen.salt,
        roll_hash=frozen.hash,
        trays=box.tray_count(len(plan.voters)),
        choice_size=choice_size(plan.motions),
        ticket_key=tickets.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
        seal_key=seals.public_key().public_bytes_raw(),
        wrapped_ticket_key=safe.wrap(tickets, ballot_id=id_),
        wrapped_seal_key=safe.wrap(seals, ballot_id=id_),
    )


def _problems(plan: BallotPlan, at: datetime) -> list[Problem]:
    """With fewer voters than the smallest cell the result alone would tell how single persons voted."""
    checks = {
        "title": 0 < len(plan.title.strip()) <= 200,
        "mode": plan.mode in MODES,
        "scrutineers": len(plan.scrutineers) >= FEWEST_SCRUTINEERS,
        "closes_at": plan.closes_at > at,
        "voters": len(plan.voters) >= plan.rule.min_cell,
    }
    least = {"scrutineers": FEWEST_SCRUTINEERS, "voters": plan.rule.min_cell}
    return [
        Problem(path=path, code=f"ballot_{path}", params={"least": least.get(path)})
        for path, fits in checks.items()
        if not fits
    ]
