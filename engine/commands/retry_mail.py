from dataclasses import dataclass

from engine.command import Command
from engine.groups import ADMINISTRATORS
from engine.model import Mail, MailAddress
from engine.model.mail import MailNotFound
from engine.permissions import must_be_in
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class RetryMail(Command[None]):
    """Send a mail again that was refused or given up, to the address that it was for."""

    mail_id: str

    def execute(self, work: Work) -> None:
        must_be_in(work.actor, ADMINISTRATORS)
        mail = work.session.get(Mail, self.mail_id, with_for_update=True)
        if mail is None:
            raise MailNotFound()
        mail.send_again()
        address = work.session.get(MailAddress, mail.person_id)
        if address is not None and address.address == mail.address:
            address.refused_at = address.refusal = None
        work.enqueue("send_mail", {"mail_id": mail.id})
        work.record("mail_sent_again", details={"mail": mail.id})
