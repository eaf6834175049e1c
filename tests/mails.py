"""A city that sends mail, and people who get it."""

from collections.abc import Iterator
from contextlib import contextmanager

from engine.model import MailAddress
from engine.outbox.doing import do_job
from engine.outbox.ticking import tick
from mailing.smtp import SmtpPost, SmtpServer
from tests.city import City
from tests.mail_server import Mailbox, mail_server
from web.mails.writer import MailWriter

SENDER = "通办 <tongban@city.example>"
ADDRESS = "https://tongban.example"


@contextmanager
def sending_mail(city: City) -> Iterator[Mailbox]:
    with mail_server() as mailbox:
        writer = MailWriter(address=ADDRESS, sender=SENDER, secret_key="test")
        server = SmtpServer(host="127.0.0.1", port=mailbox.port, security="none")
        city.engine.post = SmtpPost(server, write=writer.write, sender=SENDER)
        yield mailbox


def reach(city: City, *usernames: str) -> None:
    """These people have an address that they confirmed: their username."""
    with city.session() as session, session.begin():
        session.add_all(
            MailAddress(
                person_id=city.actor(name).person_id,
                address=f"{name}@people.example",
                asked_at=city.clock.now,
                tries=0,
                confirmed_at=city.clock.now,
            )
            for name in usernames
        )


def work_off(city: City) -> None:
    """Does what is due, and what comes of that."""
    while tick(city.engine, lambda job_id: do_job(city.engine, job_id)):
        pass
