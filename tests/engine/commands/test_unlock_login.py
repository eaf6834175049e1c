import pytest

from engine.commands.sign_in import SignedIn, SignIn, WrongPassword
from engine.commands.unlock_login import LoginNotLocked, UnlockLogin
from engine.memberships import NotToYourself
from engine.permissions import NotInGroup
from tests.city import City
from tests.registry import administration, id_of


def test_who_was_locked_out_may_try_again_at_once(people: City) -> None:
    unlock = UnlockLogin(person_id=id_of(people, "hr"), reason="本人来电")
    with pytest.raises(LoginNotLocked):
        people.run(unlock, by="security")
    for _ in range(5):
        with pytest.raises(WrongPassword):
            people.run(SignIn(username="hr", password="wrong"), by="system")

    people.run(unlock, by="security")

    assert isinstance(people.run(SignIn(username="hr", password="demo"), by="system"), SignedIn)
    assert (administration(people)[-1].action, administration(people)[-1].reason) == ("login_unlocked", "本人来电")


def test_refusals(people: City) -> None:
    with pytest.raises(NotInGroup):
        people.run(UnlockLogin(person_id=id_of(people, "hr"), reason="本人来电"), by="admin")
    with pytest.raises(NotToYourself):
        people.run(UnlockLogin(person_id=id_of(people, "security"), reason="本人来电"), by="security")
