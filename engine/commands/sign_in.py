from dataclasses import dataclass, field
from typing import ClassVar

from engine.command import Command
from engine.errors import NotAllowed
from engine.model import Person
from engine.passwords import is_right, spend_the_same_time
from engine.people import person_named
from engine.signing_in import LoginLocked, SignedIn, count_failure, forgive, locked, open_session
from engine.work import Work

__all__ = ["LoginLocked", "SignIn", "SignedIn", "WrongPassword"]


class WrongPassword(NotAllowed):
    """User name or password is wrong."""


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
        if refusal := locked(work, self.username):
            return refusal
        person = person_named(work.session, self.username)
        if not self._knows_password(person):
            count_failure(work, self.username)
            return WrongPassword()
        forgive(work, self.username)
        return open_session(work, person, agent=self.agent)  # type: ignore[arg-type]

    def _knows_password(self, person: Person | None) -> bool:
        """Nobody, and who has chosen no password yet, takes as long as everybody else."""
        if person is None or person.password_hash is None:
            spend_the_same_time(self.password)
            return False
        return is_right(self.password, person.password_hash)
