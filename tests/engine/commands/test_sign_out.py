from engine.commands.sign_in import SignIn
from engine.commands.sign_out import SignOut
from engine.model import HistoryEntry
from tests.engine.conftest import Visits


def signed_in(visits: Visits, username: str = "hr") -> tuple[str, str]:
    """(token, session id)"""
    token = visits.city.run(SignIn(username=username, password="demo"), by="system").token  # type: ignore[union-attr]
    actor = visits.city.engine.authenticate(token)
    assert actor is not None
    assert actor.session_id is not None
    return token, actor.session_id


def test_a_session_that_was_ended_is_worth_nothing(visits: Visits) -> None:
    phone, phone_id = signed_in(visits)
    desk, _ = signed_in(visits)

    visits.city.run(SignOut(session_id=phone_id), by="hr")

    assert visits.city.engine.authenticate(phone) is None
    assert visits.city.engine.authenticate(desk) is not None


def test_nobody_ends_the_session_of_somebody_else(visits: Visits) -> None:
    token, session_id = signed_in(visits)

    visits.city.run(SignOut(session_id=session_id), by="boss")

    assert visits.city.engine.authenticate(token) is not None


def test_signing_out_twice_is_one_act(visits: Visits) -> None:
    _, session_id = signed_in(visits)

    visits.city.run(SignOut(session_id=session_id), by="hr")
    visits.city.run(SignOut(session_id=session_id), by="hr")

    assert len(visits.city.rows(HistoryEntry, HistoryEntry.action == "signed_out")) == 1
