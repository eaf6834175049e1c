import re
from dataclasses import dataclass
from datetime import timedelta

from engine.command import Command
from engine.errors import Conflict, Problem, Rejected
from engine.mailing import new_mail
from engine.model import MailAddress
from engine.model.mail import MailKind
from engine.work import Work

# What mail servers take, without quoted names; a line break, which would forge a header, is not among it.
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", re.ASCII)
LONGEST = 254
COOLING = timedelta(minutes=1)


class MailAddressWrong(Rejected):
    """This is no address that mail can be sent to."""


class MailNotSetUp(Conflict):
    """This system has no mail server yet."""


class MailAskedRecently(Conflict):
    """A code was sent a moment ago."""


@dataclass(frozen=True, kw_only=True)
class SetMailAddress(Command[None]):
    """Give the address for your mail; a code is sent there, and nothing else before that code came back."""

    address: str

    def execute(self, work: Work) -> None:
        address = self.address.strip()
        if len(address) > LONGEST or not _ADDRESS.fullmatch(address):
            raise MailAddressWrong(problems=[Problem(path="address", code="not_an_email")])
        if not work.sends_mail:
            raise MailNotSetUp()
        mine = work.session.get(MailAddress, work.actor.person_id, with_for_update=True)
        if mine is None:
            mine = MailAddress(person_id=work.actor.person_id)
            work.session.add(mine)
        elif work.now < mine.asked_at + COOLING:
            raise MailAskedRecently()
        mine.ask(address, at=work.now)
        new_mail(work, mine, MailKind.CONFIRMATION)
        work.record("mail_address_set")
