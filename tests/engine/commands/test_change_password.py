import pytest

from engine.commands.change_password import ChangePassword
from engine.commands.sign_in import SignedIn, SignIn, WrongPassword
from engine.commands.use_invitation import PasswordTooWeak
from engine.signing_in import LoginLocked
from tests.city import City

NEW = "sunlight 42"


def sign_in(city: City, password: str = "demo") -> SignedIn:
    signed_in = city.run(SignIn(username="hr", password=password), by="system")
    assert isinstance(signed_in, SignedIn)
    return signed_in


def test_other_devices_are_logged_out_and_this_one_stays(people: City) -> None:
    here, there = sign_in(people), sign_in(people)
    actor = people.engine.authenticate(here.token)
    assert actor is not None

    people.engine.run(ChangePassword(old="demo", new=NEW), actor=actor)

    assert people.engine.authenticate(here.token) is not None
    assert people.engine.authenticate(there.token) is None
    assert sign_in(people, NEW)
    with pytest.raises(WrongPassword):
        sign_in(people, "demo")


def test_wrong_tries_are_counted_and_weak_ones_refused(people: City) -> None:
    with pytest.raises(PasswordTooWeak):
        people.run(ChangePassword(old="demo", new="short"), by="hr")
    for _ in range(5):
        with pytest.raises(WrongPassword):
            people.run(ChangePassword(old="wrong", new=NEW), by="hr")
    with pytest.raises(LoginLocked):
        people.run(ChangePassword(old="demo", new=NEW), by="hr")
