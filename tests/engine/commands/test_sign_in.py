import hashlib
from datetime import timedelta

import pytest
from sqlalchemy import update

from engine.commands.sign_in import LoginLocked, SignedIn, SignIn, WrongPassword
from engine.model import HistoryEntry, LoginSession, LoginThrottle, Person
from tests.engine.conftest import Visits


def sign_in(visits: Visits, username: str = "hr", password: str = "demo", agent: str = "phone") -> SignedIn:
    return visits.city.run(SignIn(username=username, password=password, agent=agent), by="system")  # type: ignore[return-value]


def fail(visits: Visits, times: int, *, username: str = "hr") -> None:
    for _ in range(times):
        with pytest.raises(WrongPassword):
            sign_in(visits, username, "wrong")


def test_who_knows_the_password_gets_a_session(visits: Visits) -> None:
    signed_in = sign_in(visits)

    actor = visits.city.engine.authenticate(signed_in.token)
    assert actor is not None
    assert (actor.username, actor.memberships) == ("hr", visits.city.actor("hr").memberships)
    (session,) = visits.city.rows(LoginSession)
    assert (session.id, session.agent) == (actor.session_id, "phone")


def test_the_token_itself_is_not_stored(visits: Visits) -> None:
    token = sign_in(visits).token

    (session,) = visits.city.rows(LoginSession)
    assert session.token_hash == hashlib.sha256(token.encode()).hexdigest()
    assert token not in str(vars(session))


def test_another_token_is_nobody(visits: Visits) -> None:
    token = sign_in(visits).token

    assert visits.city.engine.authenticate(token + "x") is None
    assert visits.city.engine.authenticate("") is None


def test_a_wrong_name_and_a_wrong_password_look_alike(visits: Visits) -> None:
    with pytest.raises(WrongPassword) as wrong_name:
        sign_in(visits, "nobody", "demo")
    with pytest.raises(WrongPassword) as wrong_password:
        sign_in(visits, "hr", "wrong")

    assert wrong_name.value.details == wrong_password.value.details
    assert visits.city.rows(LoginSession) == []


@pytest.mark.parametrize("name", ["h\0r", "x" * 300, "'; DROP TABLE person; --", "\ud800"])
def test_a_name_nobody_can_have_is_refused_like_any_other(visits: Visits, name: str) -> None:
    with pytest.raises(WrongPassword):
        sign_in(visits, name, "demo")


def test_a_refusal_is_in_the_history(visits: Visits) -> None:
    fail(visits, 2)

    entries = visits.city.rows(HistoryEntry, HistoryEntry.action == "login_failed")
    assert [(e.actor, e.details) for e in entries] == [("hr", {"failures": 1}), ("hr", {"failures": 2})]


def test_five_wrong_passwords_lock_the_name_for_a_minute(visits: Visits) -> None:
    fail(visits, 5)

    with pytest.raises(LoginLocked) as locked:
        sign_in(visits)

    assert locked.value.details["until"] == (visits.city.clock.now + timedelta(minutes=1)).isoformat()
    visits.city.clock.advance(seconds=59)
    with pytest.raises(LoginLocked):
        sign_in(visits)
    visits.city.clock.advance(seconds=1)
    assert sign_in(visits).username == "hr"


def test_a_name_nobody_has_is_locked_too(visits: Visits) -> None:
    fail(visits, 5, username="nobody")

    with pytest.raises(LoginLocked):
        sign_in(visits, "nobody")


def test_each_failure_after_a_lock_doubles_it_up_to_half_an_hour(visits: Visits) -> None:
    fail(visits, 5)
    waits = []
    for _ in range(6):
        (throttle,) = visits.city.rows(LoginThrottle)
        assert throttle.locked_until is not None
        waits.append((throttle.locked_until - visits.city.clock.now).total_seconds() / 60)
        visits.city.clock.now = throttle.locked_until
        fail(visits, 1)

    assert waits == [1, 2, 4, 8, 16, 30]


def test_a_lock_holds_for_one_name_only(visits: Visits) -> None:
    fail(visits, 5)

    assert sign_in(visits, "chair").username == "chair"


def test_signing_in_forgets_earlier_failures(visits: Visits) -> None:
    fail(visits, 4)
    sign_in(visits)

    fail(visits, 4)
    assert sign_in(visits).username == "hr"


def test_who_has_left_cannot_sign_in_and_is_out_at_once(visits: Visits) -> None:
    token = sign_in(visits).token
    with visits.city.session() as session, session.begin():
        session.execute(update(Person).where(Person.username == "hr").values(left_at=visits.city.clock.now))

    assert visits.city.engine.authenticate(token) is None
    with pytest.raises(WrongPassword):
        sign_in(visits)


def test_a_session_ends_after_eight_idle_hours(visits: Visits) -> None:
    token = sign_in(visits).token
    visits.city.clock.advance(hours=7, minutes=59)
    assert visits.city.engine.authenticate(token) is not None

    visits.city.clock.advance(hours=7, minutes=59)
    assert visits.city.engine.authenticate(token) is not None
    visits.city.clock.advance(hours=8)
    assert visits.city.engine.authenticate(token) is None


def test_a_session_ends_after_seven_days_however_busy(visits: Visits) -> None:
    token = sign_in(visits).token
    for _ in range(23):
        visits.city.clock.advance(hours=7)
        assert visits.city.engine.authenticate(token) is not None

    visits.city.clock.advance(hours=7)
    assert visits.city.engine.authenticate(token) is None
