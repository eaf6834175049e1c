from collections.abc import Iterator

import pytest

from engine.commands.set_mail_address import COOLING, MailAddressWrong, MailAskedRecently, MailNotSetUp, SetMailAddress
from engine.model import Mail, MailAddress
from tests.city import City
from tests.mail_server import Mailbox
from tests.mails import reach, sending_mail, work_off


@pytest.fixture
def mailbox(people: City) -> Iterator[Mailbox]:
    with sending_mail(people) as mailbox:
        yield mailbox


def test_a_code_goes_to_the_address_and_nothing_else(people: City, mailbox: Mailbox) -> None:
    people.run(SetMailAddress(address=" zhang@example.com "), by="hr")
    work_off(people)

    (message,) = mailbox.to("zhang@example.com")
    (mine,) = people.rows(MailAddress)
    assert mine.code is not None
    assert all(mine.code in part.get_content() for part in message.iter_parts())
    assert mine.code not in message["Subject"]
    assert not mine.is_usable


def test_another_address_has_to_be_confirmed_again(people: City, mailbox: Mailbox) -> None:
    reach(people, "hr")
    people.clock.now += COOLING

    people.run(SetMailAddress(address="other@example.com"), by="hr")

    (mine,) = people.rows(MailAddress)
    assert (mine.address, mine.confirmed_at) == ("other@example.com", None)


@pytest.mark.parametrize("address", [
    "", "zhang", "zhang@", "@example.com", "a@b", "a b@example.com", "a@example.com\r\nBcc: all@example.com",
    "张三@example.com", f"{'a' * 65}@example.com", "a@example.com,b@example.com",
])  # fmt: skip
def test_what_is_no_address_is_refused(people: City, mailbox: Mailbox, address: str) -> None:
    with pytest.raises(MailAddressWrong):
        people.run(SetMailAddress(address=address), by="hr")

    assert people.rows(Mail) == []


def test_codes_are_not_sent_in_a_row(people: City, mailbox: Mailbox) -> None:
    people.run(SetMailAddress(address="zhang@example.com"), by="hr")

    with pytest.raises(MailAskedRecently):
        people.run(SetMailAddress(address="li@example.com"), by="hr")


def test_without_a_mail_server_there_is_nothing_to_set(people: City) -> None:
    with pytest.raises(MailNotSetUp):
        people.run(SetMailAddress(address="zhang@example.com"), by="hr")
