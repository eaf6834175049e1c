from dataclasses import dataclass, field
from typing import ClassVar

from engine.command import Command
from engine.errors import NotAllowed, Problem, Rejected
from engine.invitations import opens
from engine.model import Invitation
from engine.passwords import flaw_of, hashed
from engine.people import person_named
from engine.signing_in import SignedIn, count_failure, forgive, locked, open_session
from engine.work import Work


class WrongInvitation(NotAllowed):
    """User name and invitation code do not belong together, or the code is used up or too old."""


class PasswordTooWeak(Rejected):
    """The new password would be guessed too easily."""


@dataclass(frozen=True, kw_only=True)
class UseInvitation(Command[SignedIn | NotAllowed]):
    """Choose a password with an invitation code, and be logged in; the code is used up by this."""

    is_recorded_when_refused: ClassVar[bool] = False

    username: str
    code: str = field(repr=False)
    password: str = field(repr=False)
    agent: str = ""

    def execute(self, work: Work) -> SignedIn | NotAllowed:
        must_be_strong(self.password, username=self.username)
        if not self.username.isprintable():
            return WrongInvitation()
        if refusal := locked(work, self.username):
            return refusal
        person = person_named(work.session, self.username)
        invitation = work.session.get(Invitation, person.id, with_for_update=True) if person else None
        if not opens(invitation, self.code, at=work.now):
            count_failure(work, self.username, action="invitation_failed")
            return WrongInvitation()
        assert person is not None
        person.password_hash = hashed(self.password)
        work.session.delete(invitation)
        forgive(work, self.username)
        work.record("password_chosen", actor=person.username)
        return open_session(work, person, agent=self.agent)


def must_be_strong(password: str, *, username: str) -> None:
    """Raises PasswordTooWeak."""
    flaw = flaw_of(password, username=username)
    if flaw:
        raise PasswordTooWeak(problems=[Problem("password", flaw)])
