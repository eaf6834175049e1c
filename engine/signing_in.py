"""Opening a session, and counting wrong passwords and codes so that nobody guesses many of them."""

import hashlib
import secrets
from dataclasses import dataclass

from engine.errors import NotAllowed
from engine.model import LoginSession, LoginThrottle, Person
from engine.model.base_model import new_id
from engine.work import Work

LONGEST_NAME = 64


class LoginLocked(NotAllowed):
    """Too many wrong passwords; wait before the next try."""


@dataclass(frozen=True)
class SignedIn:
    token: str
    person_id: str
    username: str
    name: str
    locale: str = "zh"


def locked(work: Work, username: str) -> LoginLocked | None:
    """The throttle of a user name, existing or not; it is locked for this transaction."""
    throttle = _throttle(work, username)
    if throttle is None or not throttle.is_locked(at=work.now):
        return None
    return LoginLocked(until=throttle.locked_until.isoformat() if throttle.locked_until else None)


def count_failure(work: Work, username: str, *, action: str = "login_failed") -> None:
    throttle = _throttle(work, username)
    if throttle is None:
        throttle = LoginThrottle(username=username[:LONGEST_NAME], failures=0)
        work.session.add(throttle)
    throttle.fail(at=work.now)
    work.record(action, actor=username[:LONGEST_NAME], details={"failures": throttle.failures})


def forgive(work: Work, username: str) -> bool:
    """No failure counts any more; tells whether one did."""
    throttle = _throttle(work, username)
    if throttle is not None:
        work.session.delete(throttle)
    return throttle is not None


def open_session(work: Work, person: Person, *, agent: str) -> SignedIn:
    """The token is given once; only its SHA-256 is stored."""
    token = secrets.token_urlsafe(32)
    work.session.add(
        LoginSession(
            id=new_id(),
            token_hash=hashlib.sha256(token.encode()).hexdigest(),
            person_id=person.id,
            agent="".join(filter(str.isprintable, agent))[:200],
            created_at=work.now,
            last_seen_at=work.now,
        )
    )
    work.record("signed_in", actor=person.username)
    return SignedIn(token, person.id, person.username, person.name, person.locale)


def _throttle(work: Work, username: str) -> LoginThrottle | None:
    return work.session.get(LoginThrottle, username[:LONGEST_NAME], with_for_update=True)
