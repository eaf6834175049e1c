from dataclasses import dataclass, field
from typing import ClassVar

from sqlalchemy import update

from engine.command import Command
from engine.commands.sign_in import WrongPassword
from engine.commands.use_invitation import must_be_strong
from engine.errors import NotAllowed
from engine.model import LoginSession
from engine.passwords import hashed, is_right
from engine.people import known_person
from engine.signing_in import count_failure, forgive, locked
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class ChangePassword(Command[NotAllowed | None]):
    """Choose a new password, knowing the old one; your other devices are logged out.

    A refusal is returned, for `Engine.run` to raise after the commit: a wrong try must be counted.
    """

    is_recorded_when_refused: ClassVar[bool] = False

    old: str = field(repr=False)
    new: str = field(repr=False)

    def execute(self, work: Work) -> NotAllowed | None:
        must_be_strong(self.new, username=work.actor.username)
        if refusal := locked(work, work.actor.username):
            return refusal
        person = known_person(work.session, work.actor.person_id, lock=True)
        if person.password_hash is None or not is_right(self.old, person.password_hash):
            count_failure(work, work.actor.username)
            return WrongPassword()
        person.password_hash = hashed(self.new)
        forgive(work, work.actor.username)
        others = (LoginSession.person_id == person.id, LoginSession.id != work.actor.session_id)
        work.session.execute(update(LoginSession).where(*others).values(revoked_at=work.now))
        work.record("password_changed")
        return None
