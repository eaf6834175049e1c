from dataclasses import dataclass

from engine.command import Command
from engine.model import MailAddress
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class RemoveMailAddress(Command[None]):
    """Get no more mail: the address is forgotten, what waits for it is not sent."""

    def execute(self, work: Work) -> None:
        mine = work.session.get(MailAddress, work.actor.person_id)
        if mine is not None:
            work.session.delete(mine)
            work.record("mail_address_removed")
