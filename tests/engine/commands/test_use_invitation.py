import pytest

from engine.commands.issue_invitations import IssueInvitations
from engine.commands.sign_in import SignedIn, SignIn
from engine.commands.use_invitation import PasswordTooWeak, UseInvitation, WrongInvitation
from engine.model import HistoryEntry, Invitation
from engine.signing_in import LoginLocked
from tests.city import City
from tests.registry import add_person

NEW = "sunlight 42"


def invited(city: City) -> str:
    return city.run(IssueInvitations(person_ids=(add_person(city),)), by="security")[0].code


def use(city: City, code: str, *, username: str = "zhu", password: str = NEW) -> SignedIn:
    used = city.run(UseInvitation(username=username, code=code, password=password, agent="phone"), by="system")
    assert isinstance(used, SignedIn)
    return used


def test_a_code_opens_once_however_it_is_typed(people: City) -> None:
    code = invited(people)

    signed_in = use(people, f" {code.lower().replace('-', ' ')} ")

    actor = people.engine.authenticate(signed_in.token)
    assert actor is not None and actor.username == "zhu"  # noqa: PT018
    assert isinstance(people.run(SignIn(username="zhu", password=NEW), by="system"), SignedIn)
    assert people.rows(Invitation) == []
    with pytest.raises(WrongInvitation):
        use(people, code)
    assert NEW not in str([vars(e) for e in people.rows(HistoryEntry)])


def test_wrong_codes_and_unknown_names_look_alike_and_are_counted(people: City) -> None:
    code = invited(people)
    for username in ("zhu", "nobody"):
        for _ in range(5):
            with pytest.raises(WrongInvitation):
                use(people, "AAAA-BBBB-CCCC", username=username)
        with pytest.raises(LoginLocked):
            use(people, code, username=username)
    with pytest.raises(WrongInvitation):
        use(people, code, username="z\0")


def test_an_old_code_opens_nothing(people: City) -> None:
    code = invited(people)
    people.clock.advance(days=30)

    with pytest.raises(WrongInvitation):
        use(people, code)


def test_a_weak_password_costs_neither_the_code_nor_a_try(people: City) -> None:
    code = invited(people)
    for weak, why in (
        ("short1", "password_short"),
        ("abcdefgh", "password_simple"),
        ("12zhu345", "password_names_user"),
    ):
        with pytest.raises(PasswordTooWeak) as refusal:
            use(people, code, password=weak)
        assert [(p.path, p.code) for p in refusal.value.problems] == [("password", why)]

    assert use(people, code)
