"""Tries, pauses and refusals are in tests/engine/outbox/test_posting.py; here: who reports, and that once is enough."""

from collections.abc import Iterator

import pytest

from engine.actor import SYSTEM
from engine.commands.recompute_clock import SystemOnly
from engine.commands.report_mail import ReportMail
from engine.commands.set_mail_address import SetMailAddress
from engine.commands.take_mail import TakeMail
from engine.model import Job, Mail
from tests.city import City
from tests.mails import sending_mail


@pytest.fixture
def job_id(people: City) -> Iterator[str]:
    with sending_mail(people):
        people.run(SetMailAddress(address="zhang@example.com"), by="hr")
        (job,) = people.rows(Job, Job.kind == "send_mail")
        people.engine.run(TakeMail(job_id=job.id), actor=SYSTEM)
        yield job.id


def test_the_first_report_stands(people: City, job_id: str) -> None:
    people.engine.run(ReportMail(job_id=job_id, outcome="sent", answer="250 taken"), actor=SYSTEM)
    people.engine.run(ReportMail(job_id=job_id, outcome="failed", answer="too late"), actor=SYSTEM)

    (mail,) = people.rows(Mail)
    assert (mail.state, mail.answer, mail.sent_at) == ("sent", "250 taken", people.clock.now)


def test_only_the_system_reports(people: City, job_id: str) -> None:
    with pytest.raises(SystemOnly):
        people.run(ReportMail(job_id=job_id, outcome="sent", answer=""), by="admin")
