import pytest

from engine.commands.issue_invitations import CodesGivenBefore
from engine.commands.record_leaving import PersonLeft, RecordLeaving
from engine.commands.reset_password import ResetPassword
from engine.commands.sign_in import SignedIn, SignIn, WrongPassword
from engine.commands.use_invitation import UseInvitation
from engine.memberships import NotToYourself
from engine.permissions import NotInGroup
from tests.city import City
from tests.registry import administration, id_of


def reset(city: City, username: str = "hr", *, by: str = "security", **options: str) -> str:
    return city.run(ResetPassword(person_id=id_of(city, username), reason="本人遗忘"), by=by, **options)


def test_logins_end_and_a_code_opens_again(people: City) -> None:
    before = people.run(SignIn(username="hr", password="demo"), by="system")
    assert isinstance(before, SignedIn)

    code = reset(people)

    assert people.engine.authenticate(before.token) is None
    with pytest.raises(WrongPassword):
        people.run(SignIn(username="hr", password="demo"), by="system")
    people.run(UseInvitation(username="hr", code=code, password="sunlight 42"), by="system")
    assert administration(people)[-1].details == {"person": "hr"}


def test_refusals(people: City) -> None:
    for other in ("admin", "auditor", "hr"):
        with pytest.raises(NotInGroup):
            reset(people, "boss", by=other)
    with pytest.raises(NotToYourself):
        reset(people, "security")
    reset(people, "boss", idempotency_key="k", fingerprint="f")
    with pytest.raises(CodesGivenBefore):
        reset(people, "boss", idempotency_key="k", fingerprint="f")
    people.run(RecordLeaving(person_id=id_of(people, "boss"), reason="离职"), by="admin")
    with pytest.raises(PersonLeft):
        reset(people, "boss")
