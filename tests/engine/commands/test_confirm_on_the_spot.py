"""An expert shows a code; the enterprise confirms with it, as itself; on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from engine.audit import verify_evidence
from engine.commands.claim_task import ClaimTask
from engine.commands.confirm_on_the_spot import ConfirmOnTheSpot
from engine.commands.show_spot_code import NotForTheSpot, ShownCode, ShowSpotCode
from engine.definitions.form import AnswersRejected
from engine.errors import EngineError
from engine.model import HistoryEntry, SpotCode, UserTask
from engine.model.spot_code import SpotCodeExpired, SpotCodeReplaced, SpotCodeUsed
from engine.model.task_refusals import TaskAlreadyClaimed
from engine.queries.evidence import evidence
from engine.queries.expert_desk import expert_desk
from engine.queries.spot_codes import spot_file, spot_state
from engine.spot_codes import LIFETIME, NotForYourself, PlaceUnusable, SpotPlace, WrongSpotCode
from tests.requests_for_experts import Requests, requests_city

__all__ = ["requests_city"]
TRUE = {"visit_firm_sign": True}


@pytest.fixture
def asked(requests_city) -> Requests:
    return Requests(requests_city)


@pytest.fixture
def case_id(asked: Requests) -> str:
    """The lawyer was at 远山, alone, and has written the record."""
    return asked.play("single_satisfied", until="confirm_visit")


def task_of(asked: Requests, case_id: str, element: str = "confirm_visit") -> UserTask:
    return asked.city.task_at(case_id, element)


def show(asked: Requests, case_id: str, *, by: str = "lawyer1") -> ShownCode:
    return asked.city.run(ShowSpotCode(task_id=task_of(asked, case_id).id), by=by)


def confirm(asked: Requests, code: str, *, by: str = "boss2", place: SpotPlace | None = None, **answers: object) -> str:
    return asked.city.run(ConfirmOnTheSpot(code=code, answers={**TRUE, **answers}, place=place), by=by).case_id


def entries(asked: Requests, case_id: str) -> list[HistoryEntry]:
    rows = asked.city.rows(HistoryEntry, HistoryEntry.stream == case_id)
    return sorted(rows, key=lambda entry: entry.seq)


def test_the_enterprise_confirms_as_itself_and_the_case_goes_on(asked: Requests, case_id: str) -> None:
    task = task_of(asked, case_id)
    code = show(asked, case_id).code

    assert confirm(asked, code, visit_remarks="记录属实") == case_id

    assert asked.open_elements(case_id) == ["write_advice"]
    (done,) = asked.city.rows(UserTask, UserTask.id == task.id)
    assert done.completed_by_id == asked.city.actor("boss2").person_id
    mine = [(entry.action, entry.actor) for entry in entries(asked, case_id) if entry.task_id == task.id]
    assert mine == [
        ("task_opened", "system"), ("spot_code_shown", "lawyer1"), ("task_claimed", "boss2"),
        ("task_completed", "boss2"), ("confirmed_on_the_spot", "boss2"),
    ]  # fmt: skip


def test_the_record_says_who_showed_it_and_how_and_no_place_without_consent(asked: Requests, case_id: str) -> None:
    shown = show(asked, case_id)
    confirm(asked, shown.code)

    (facts,) = [entry.details for entry in entries(asked, case_id) if entry.action == "confirmed_on_the_spot"]
    assert facts == {
        "shown_by": "lawyer1", "by": "spot_code", "shown_at": (shown.expires_at - LIFETIME).isoformat()
    }  # fmt: skip


def test_a_place_that_was_told_is_kept_to_ten_metres_and_the_evidence_verifies(
    asked: Requests, case_id: str, tmp_path
) -> None:
    place = SpotPlace.of("28.8881234567", 120.0319, 25.6)
    confirm(asked, show(asked, case_id).code, place=place)

    (facts,) = [entry.details for entry in entries(asked, case_id) if entry.action == "confirmed_on_the_spot"]
    assert facts["place"] == {"latitude": "28.8881", "longitude": "120.0319", "accuracy_m": 25}
    engine = asked.city.engine
    engine.seal_history()
    with engine.reading() as session:
        kit = {"store": engine.documents, "now": engine.now(), "catalogue": engine.catalogue}
        content = evidence(session, asked.city.actor("federation"), case_id, **kit)
    (tmp_path / "evidence.zip").write_bytes(content)
    assert verify_evidence(str(tmp_path / "evidence.zip")).ok


@pytest.mark.parametrize(
    "where", [("91", "0", "1"), ("0", "-181", "1"), ("nan", "0", "1"), ("x", "0", "1"), ("", "", "")]
)
def test_what_is_no_place_is_refused(where: tuple[str, str, str]) -> None:
    with pytest.raises(PlaceUnusable):
        SpotPlace.of(*where)


@pytest.mark.parametrize("username", ["lawyer1", "lawyer3", "liaison", "federation", "boss", "hr"])
def test_nobody_confirms_for_the_enterprise(asked: Requests, case_id: str, username: str) -> None:
    """The expert least of all: they hold the code in their hand."""
    code, before = show(asked, case_id).code, len(entries(asked, case_id))

    with pytest.raises(EngineError) as refused:
        confirm(asked, code, by=username)

    sees_the_case = {"lawyer3": "not_a_candidate", "liaison": "not_a_candidate", "federation": "not_a_candidate"}
    known = {"lawyer1": "not_for_yourself", **sees_the_case}
    assert refused.value.code == known.get(username, "wrong_spot_code")
    assert len(entries(asked, case_id)) == before
    assert asked.open_elements(case_id) == ["confirm_visit"]
    assert confirm(asked, code) == case_id


def test_each_of_a_team_shows_it_for_their_own_record(asked: Requests) -> None:
    case_id = asked.play("team_of_three", until="confirm_visit")
    (task,) = [one for one in asked.city.tasks(case_id) if one.element_id == "confirm_visit"]
    codes = {}
    for username in ("lawyer1", "tax1", "accountant1"):
        try:
            codes[username] = asked.city.run(ShowSpotCode(task_id=task.id), by=username).code
        except NotForTheSpot:
            continue
    assert len(codes) == 1

    others = {"lawyer1", "tax1", "accountant1"} - set(codes)
    for username in others:
        with pytest.raises(NotForYourself):
            confirm(asked, next(iter(codes.values())), by=username)


def test_the_advice_can_be_received_on_the_spot_too(asked: Requests) -> None:
    case_id = asked.play("single_satisfied", until="confirm_advice")
    task = task_of(asked, case_id, "confirm_advice")
    code = asked.city.run(ShowSpotCode(task_id=task.id), by="lawyer1").code
    asked.city.run(ConfirmOnTheSpot(code=code, answers={"advice_received": True}), by="hr2")
    assert "confirm_advice" not in asked.open_elements(case_id)


def test_a_code_is_good_once(asked: Requests, case_id: str) -> None:
    code = show(asked, case_id).code
    confirm(asked, code)
    for username in ("boss2", "hr2"):
        with pytest.raises(SpotCodeUsed):
            confirm(asked, code, by=username)


def test_a_code_is_good_for_ten_minutes(asked: Requests, case_id: str) -> None:
    code = show(asked, case_id).code
    asked.city.clock.now += LIFETIME - timedelta(seconds=1)
    with asked.city.engine.reading() as session:
        assert spot_file(session, asked.city.actor("boss2"), code, now=asked.city.engine.now()).shown_by
    asked.city.clock.now += timedelta(seconds=1)
    with pytest.raises(SpotCodeExpired):
        confirm(asked, code)


def test_a_newer_code_makes_the_older_one_void(asked: Requests, case_id: str) -> None:
    old, new = show(asked, case_id).code, show(asked, case_id).code
    with pytest.raises(SpotCodeReplaced):
        confirm(asked, old)
    assert confirm(asked, new) == case_id


@pytest.mark.parametrize("code", ["", "2345-6789", "x" * 5000, "当场", "\x00"])
def test_a_wrong_code_opens_nothing(asked: Requests, case_id: str, code: str) -> None:
    show(asked, case_id)
    with pytest.raises(WrongSpotCode):
        confirm(asked, code)


def test_a_code_is_read_as_people_type_it_and_kept_as_a_digest(asked: Requests, case_id: str) -> None:
    code = show(asked, case_id).code
    (row,) = asked.city.rows(SpotCode)
    assert code not in str(vars(row))
    assert len(row.code_hash) == 64
    assert confirm(asked, f" {code.lower().replace('-', ' ')} ") == case_id


def test_answers_that_are_refused_use_up_nothing(asked: Requests, case_id: str) -> None:
    code = show(asked, case_id).code
    with pytest.raises(AnswersRejected):
        confirm(asked, code, visit_firm_sign=False)
    assert task_of(asked, case_id).assignee_id is None
    assert confirm(asked, code) == case_id


def test_who_has_the_task_already_confirms_it_and_nobody_else(asked: Requests, case_id: str) -> None:
    asked.city.run(ClaimTask(task_id=task_of(asked, case_id).id), by="hr2")
    code = show(asked, case_id).code
    with pytest.raises(TaskAlreadyClaimed):
        confirm(asked, code)
    assert confirm(asked, code, by="hr2") == case_id


def test_of_two_at_once_one_confirms(asked: Requests, case_id: str) -> None:
    code = show(asked, case_id).code
    actors = {name: asked.city.actor(name) for name in ("boss2", "hr2")}

    def attempt(name: str) -> str:
        try:
            asked.city.engine.run(ConfirmOnTheSpot(code=code, answers=TRUE), actor=actors[name])
            return "done"
        except EngineError as refusal:
            return refusal.code

    with ThreadPoolExecutor(8) as pool:
        said = sorted(pool.map(attempt, ["boss2", "hr2"] * 4))

    assert said == ["done", *["spot_code_used"] * 7]
    assert [entry.action for entry in entries(asked, case_id)].count("confirmed_on_the_spot") == 1


def test_the_same_order_sent_again_gives_the_first_answer(asked: Requests, case_id: str) -> None:
    code = show(asked, case_id).code
    order, actor = ConfirmOnTheSpot(code=code, answers=TRUE), asked.city.actor("boss2")
    sent = [asked.city.engine.run(order, actor=actor, idempotency_key="k", fingerprint="f") for _ in range(2)]
    assert sent[0] == sent[1]


def test_the_desk_of_the_expert_offers_it_while_it_waits(asked: Requests, case_id: str) -> None:
    def offered(username: str) -> list[str]:
        engine = asked.city.engine
        with engine.reading() as session:
            desk = expert_desk(session, asked.city.actor(username), catalogue=engine.catalogue, now=engine.now())
        return [spot.id for line in desk.cases for spot in line.spots]

    task = task_of(asked, case_id)
    assert (offered("lawyer1"), offered("lawyer3")) == ([task.id], [])
    confirm(asked, show(asked, case_id).code)
    assert offered("lawyer1") == []


def test_the_expert_is_told_what_became_of_the_code(asked: Requests, case_id: str) -> None:
    task_id = task_of(asked, case_id).id

    def state():
        with asked.city.engine.reading() as session:
            return spot_state(session, asked.city.actor("lawyer1"), task_id, now=asked.city.engine.now())

    assert state() is None
    code = show(asked, case_id).code
    assert (state().used_by, state().is_over) == (None, False)
    confirm(asked, code)
    assert (state().used_by, state().used_at) == ("程远山", asked.city.clock.now)


def test_a_code_may_not_be_seen_when_a_command_is_printed() -> None:
    order = ConfirmOnTheSpot(code="ABCD-EFGH", answers={})
    assert "ABCD" not in repr(order)
