from collections.abc import Iterator

import pytest

from engine.actor import SYSTEM
from engine.commands.choose_notices import ChooseNotices
from engine.commands.retry_mail import RetryMail
from engine.errors import Rejected
from engine.model import Mail, MailAddress
from engine.model.mail import MailNotFailed, MailNotFound
from engine.permissions import NotInGroup
from engine.queries.mails import undelivered
from tests.engine.conftest import Visits
from tests.mail_server import Mailbox
from tests.mails import reach, sending_mail, work_off


@pytest.fixture
def refused(visits: Visits) -> Iterator[tuple[Visits, Mailbox]]:
    with sending_mail(visits.city) as mailbox:
        reach(visits.city, "hr")
        visits.city.run(ChooseNotices(ways={"task_opened": "at_once"}), by="hr")
        mailbox.answers["RCPT"] = "550 5.1.1 no such user"
        visits.start()
        work_off(visits.city)
        mailbox.answers.clear()
        yield visits, mailbox


def test_an_administrator_sees_whom_it_did_not_reach_and_sends_it_again(refused: tuple[Visits, Mailbox]) -> None:
    visits, mailbox = refused
    with visits.city.engine.reading() as session:
        (row,) = undelivered(session, visits.city.actor("admin")).items
    assert (row.address, row.answer) == ("hr@people.example", "550 5.1.1 no such user")

    visits.city.run(RetryMail(mail_id=row.id), by="admin")
    work_off(visits.city)

    (mail,), (address,) = visits.city.rows(Mail), visits.city.rows(MailAddress)
    assert (mail.state, address.is_usable) == ("sent", True)
    assert [m["Message-ID"] for m in mailbox.messages] == [mail.message_id]
    with pytest.raises(MailNotFailed):
        visits.city.run(RetryMail(mail_id=row.id), by="admin")


def test_others_neither_see_nor_send_it(refused: tuple[Visits, Mailbox]) -> None:
    visits, _ = refused
    (mail,) = visits.city.rows(Mail)

    for username in ("hr", "union", "security"):
        with pytest.raises(NotInGroup):
            visits.city.run(RetryMail(mail_id=mail.id), by=username)
        with visits.city.engine.reading() as session, pytest.raises(NotInGroup):
            undelivered(session, visits.city.actor(username))
    with pytest.raises(MailNotFound):
        visits.city.run(RetryMail(mail_id="none"), by="admin")
    with visits.city.engine.reading() as session, pytest.raises(Rejected):
        undelivered(session, SYSTEM, state="eaten")
