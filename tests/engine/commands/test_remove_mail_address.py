from engine.commands.remove_mail_address import RemoveMailAddress
from engine.model import MailAddress
from tests.city import City
from tests.mails import reach


def test_my_address_is_forgotten_and_nobody_elses(people: City) -> None:
    reach(people, "hr", "chair")

    people.run(RemoveMailAddress(), by="hr")
    people.run(RemoveMailAddress(), by="hr")

    assert [a.address for a in people.rows(MailAddress)] == ["chair@people.example"]
