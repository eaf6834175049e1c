from dataclasses import dataclass

from engine.command import Command
from engine.model import LoginSession
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class SignOut(Command[None]):
    """End one of your sessions."""

    session_id: str

    def execute(self, work: Work) -> None:
        session = work.session.get(LoginSession, self.session_id)
        if session is not None and session.person_id == work.actor.person_id and session.revoked_at is None:
            session.revoked_at = work.now
            work.record("signed_out")
