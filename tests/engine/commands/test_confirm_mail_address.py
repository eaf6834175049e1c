from collections.abc import Iterator

import pytest

from engine.commands.confirm_mail_address import ConfirmMailAddress
from engine.commands.set_mail_address import SetMailAddress
from engine.model import MailAddress
from engine.model.mail_address import CODE_VALID, MOST_TRIES, MailCodeExpired, MailCodeWrong
from tests.city import City
from tests.mails import sending_mail


@pytest.fixture
def asked(people: City) -> Iterator[City]:
    with sending_mail(people):
        people.run(SetMailAddress(address="zhang@example.com"), by="hr")
        yield people


def address(city: City) -> MailAddress:
    return city.rows(MailAddress)[0]


def other_than(code: str | None) -> str:
    return "000000" if code != "000000" else "000001"


def test_the_code_opens_the_address_once(asked: City) -> None:
    code = address(asked).code or ""
    asked.run(ConfirmMailAddress(code=f" {code} "), by="hr")

    assert address(asked).is_usable
    with pytest.raises(MailCodeExpired):
        asked.run(ConfirmMailAddress(code=code), by="hr")


def test_guesses_are_counted_and_end(asked: City) -> None:
    code = address(asked).code or ""
    for _ in range(MOST_TRIES):
        with pytest.raises(MailCodeWrong):
            asked.run(ConfirmMailAddress(code=other_than(code)), by="hr")

    with pytest.raises(MailCodeExpired):
        asked.run(ConfirmMailAddress(code=code), by="hr")
    assert not address(asked).is_usable


def test_a_code_gets_old_and_is_no_use_to_others(asked: City) -> None:
    code = address(asked).code or ""
    with pytest.raises(MailCodeExpired):
        asked.run(ConfirmMailAddress(code=code), by="chair")
    asked.clock.now += CODE_VALID
    asked.clock.advance(seconds=1)

    with pytest.raises(MailCodeExpired):
        asked.run(ConfirmMailAddress(code=code), by="hr")
