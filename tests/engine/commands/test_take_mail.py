"""Sending as a whole is in tests/engine/outbox/test_posting.py; here is what is not to be sent."""

from collections.abc import Iterator

import pytest

from engine.actor import SYSTEM
from engine.commands.recompute_clock import SystemOnly
from engine.commands.remove_mail_address import RemoveMailAddress
from engine.commands.set_mail_address import COOLING, SetMailAddress
from engine.commands.take_mail import TakeMail
from engine.model import Job, Mail
from tests.city import City
from tests.mails import sending_mail


@pytest.fixture
def asked(people: City) -> Iterator[City]:
    with sending_mail(people):
        people.run(SetMailAddress(address="zhang@example.com"), by="hr")
        yield people


def first_job(city: City) -> str:
    return min(city.rows(Job, Job.kind == "send_mail"), key=lambda job: job.id).id


def test_a_mail_is_taken_by_one_sender_at_a_time(asked: City) -> None:
    letter = asked.engine.run(TakeMail(job_id=first_job(asked)), actor=SYSTEM)

    assert letter is not None
    assert letter.address == "zhang@example.com"
    assert asked.engine.run(TakeMail(job_id=first_job(asked)), actor=SYSTEM) is None


@pytest.mark.parametrize("meanwhile", [RemoveMailAddress(), SetMailAddress(address="other@example.com")], ids=str)
def test_what_was_for_an_address_that_is_gone_is_dropped(asked: City, meanwhile: object) -> None:
    asked.clock.now += COOLING
    asked.run(meanwhile, by="hr")  # type: ignore[arg-type]

    assert asked.engine.run(TakeMail(job_id=first_job(asked)), actor=SYSTEM) is None
    (mail,) = asked.rows(Mail, Mail.address == "zhang@example.com")
    assert mail.state == "dropped"


def test_only_the_system_takes_mail(asked: City) -> None:
    with pytest.raises(SystemOnly):
        asked.run(TakeMail(job_id=first_job(asked)), by="admin")
