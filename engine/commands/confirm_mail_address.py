from dataclasses import dataclass

from engine.command import Command
from engine.errors import EngineError, Problem
from engine.model import MailAddress
from engine.model.mail_address import MailCodeExpired, MailCodeWrong
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class ConfirmMailAddress(Command[EngineError | None]):
    """Give back the code that came by mail: from now on notices go there."""

    code: str

    def execute(self, work: Work) -> EngineError | None:
        mine = work.session.get(MailAddress, work.actor.person_id, with_for_update=True)
        if mine is None:
            raise MailCodeExpired()
        if not mine.confirm(self.code, at=work.now):
            return MailCodeWrong(problems=[Problem(path="code", code="wrong_code")])  # kept: tries are counted
        work.record("mail_address_confirmed")
        return None
