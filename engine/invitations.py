"""Codes with which people choose their password at the first login: quick to make for a whole city, kept as digests."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from engine.model import Invitation

LIFETIME = timedelta(days=30)
_SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # without those that look alike
_GROUPS, _SIZE = 3, 4
BATCH = 1000


def issue(session: Session, person_ids: list[str], *, at: datetime) -> Mapping[str, str]:
    """A fresh code for each person, `{person id: code}`; a code given before is worth nothing any more."""
    codes = {person_id: new_code() for person_id in person_ids}
    rows = [
        {"person_id": p, "code_hash": code_hash(code), "issued_at": at, "expires_at": at + LIFETIME}
        for p, code in codes.items()
    ]
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        session.execute(delete(Invitation).where(Invitation.person_id.in_([r["person_id"] for r in batch])))
        session.execute(insert(Invitation), batch)
    return codes


def new_code(*, groups: int = _GROUPS) -> str:
    """Twelve signs, 58 bits: nobody guesses it within its lifetime, throttled as logins are."""
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(_SIZE)) for _ in range(groups))


def code_hash(code: str) -> str:
    plain = "".join(c for c in code.upper() if c.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()


def opens(invitation: Invitation | None, code: str, *, at: datetime) -> bool:
    """Whether the code is this invitation's and still good."""
    kept = invitation.code_hash if invitation is not None else "0" * 64
    is_same = hmac.compare_digest(kept, code_hash(code))
    return is_same and invitation is not None and at < invitation.expires_at
