import hashlib
import secrets
from dataclasses import dataclass, field
from typing import ClassVar

from sqlalchemy import select

from engine.command import Command
from engine.errors import NotAllowed
from engine.model import LoginSession, LoginThrottle, Person
from engine.model.base_model import new_id
from engine.passwords import is_right, spend_the_same_time
from engine.work import Work


class WrongPassword(NotAllowed):
    """User name or password is wrong."""


class LoginLocked(NotAllowed):
    """Too many wrong passwords; wait before the next try."""


@dataclass(frozen=True)
class SignedIn:
    token: str
    person_id: str
    username: str
    name: str
    locale: str = "zh"


@dataclass(frozen=True, kw_only=True)
class SignIn(Command[SignedIn | NotAllowed]):
    """Open a session for a person who knows the password.

    A refusal is returned, for `Engine.run` to raise after the commit: the failed try must be counted.
    """

    is_recorded_when_refused: ClassVar[bool] = False

    username: str
    password: str = field(repr=False)
    agent: str = ""

    def execute(self, work: Work) -> SignedIn | NotAllowed:
        if not self.username.isprintable():  # no database can hold it, so nobody has it
            spend_the_same_time(self.password)
            return WrongPassword()
        throttle = work.session.get(LoginThrottle, self.username[:64], with_for_update=True)
        if throttle is not None and throttle.is_locked(at=work.now):
            return LoginLocked(until=throttle.locked_until.isoformat() if throttle.locked_until else None)
        person = work.session.scalars(
            select(Person).where(Person.username == self.username, Person.left_at.is_(None))
        ).first()
        if not self._knows_password(person):
            return self._failed(work, throttle)
        if throttle is not None:
            work.session.delete(throttle)
        return self._open_session(work, person)  # type: ignore[arg-type]

    def _knows_password(self, person: Person | None) -> bool:
        if person is None:
            spend_the_same_time(self.password)
            return False
        return is_right(self.password, person.password_hash)

    def _failed(self, work: Work, throttle: LoginThrottle | None) -> NotAllowed:
        if throttle is None:
            throttle = LoginThrottle(username=self.username[:64], failures=0)
            work.session.add(throttle)
        throttle.fail(at=work.now)
        work.record("login_failed", actor=self.username[:64], details={"failures": throttle.failures})
        return WrongPassword()

    def _open_session(self, work: Work, person: Person) -> SignedIn:
        token = secrets.token_urlsafe(32)
        work.session.add(
            LoginSession(
                id=new_id(),
                token_hash=hashlib.sha256(token.encode()).hexdigest(),
                person_id=person.id,
                agent="".join(filter(str.isprintable, self.agent))[:200],
                created_at=work.now,
                last_seen_at=work.now,
            )
        )
        work.record("signed_in", actor=person.username)
        return SignedIn(token, person.id, person.username, person.name, person.locale)
