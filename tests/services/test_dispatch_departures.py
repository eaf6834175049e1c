"""Experts who may not be dispatched any more leave what was offered to them; on both databases."""

from datetime import date

from engine.commands.claim_task import ClaimTask
from engine.commands.end_expert_absence import EndExpertAbsence
from engine.commands.set_expert_absence import SetExpertAbsence
from engine.commands.set_expert_status import SetExpertStatus
from engine.model import Expert, ExpertOffer, TaskOffer
from tests.city import City
from tests.dispatches import Dispatch
from tests.experts import outcomes
from tests.mails import work_off
from tests.registry import id_of


def suspend(city: City, username: str, status: str = "suspended") -> None:
    city.run(SetExpertStatus(person_id=id_of(city, username), status=status, reason="投诉核查"), by="federation")


def test_who_is_suspended_is_not_offered_it_any_more_and_the_others_are(three: Dispatch) -> None:
    case_id = three.start(field="劳动争议")
    suspend(three.city, "lawyer1")
    work_off(three.city)

    assert outcomes(three.city, case_id) == {"lawyer1": "left", "lawyer2": "offered"}
    task = three.city.task_at(case_id, "answer")
    assert task.candidate_users == [id_of(three.city, "lawyer2")]
    (offer,) = three.city.rows(TaskOffer, TaskOffer.task_id == task.id)
    assert offer.audience == f"person:{id_of(three.city, 'lawyer2')}"
    assert three.history(case_id, "task_offer_ended") == [{"person": "lawyer1"}]
    (ended,) = three.city.rows(ExpertOffer, ExpertOffer.outcome == "left")
    assert ended.reason == "已暂停派单"


def test_when_nobody_is_left_the_search_goes_on_at_once(three: Dispatch) -> None:
    case_id = three.start(field="劳动争议")
    for username in ("lawyer1", "lawyer2"):
        suspend(three.city, username, "dismissed")
        work_off(three.city)

    assert outcomes(three.city, case_id) == {"lawyer1": "left", "lawyer2": "left", "lawyer3": "offered"}
    assert three.offered(case_id) == ["lawyer3"]


def test_who_had_taken_it_loses_it_and_the_draft(three: Dispatch) -> None:
    case_id = three.start(field="劳动争议")
    task = three.city.task_at(case_id, "answer")
    three.city.run(ClaimTask(task_id=task.id), by="lawyer1")
    suspend(three.city, "lawyer1")
    work_off(three.city)

    left = three.city.task_at(case_id, "answer")
    assert (left.state, left.assignee_id, left.draft) == ("open", None, None)
    three.take(case_id, "lawyer2")
    assert outcomes(three.city, case_id)["lawyer2"] == "accepted"


def test_who_is_taken_back_before_it_is_done_keeps_it(three: Dispatch) -> None:
    case_id = three.start(field="劳动争议")
    suspend(three.city, "lawyer1")
    suspend(three.city, "lawyer1", "active")
    work_off(three.city)

    assert outcomes(three.city, case_id) == {"lawyer1": "offered", "lawyer2": "offered"}


def test_an_absence_counts_from_its_first_day(three: Dispatch) -> None:
    case_id = three.start(field="劳动争议")
    days = {"absent_from": "2026-03-04", "absent_until": "2026-03-09"}
    three.city.run(SetExpertAbsence(answers=days), by="lawyer1")
    work_off(three.city)
    assert outcomes(three.city, case_id)["lawyer1"] == "offered"

    three.city.clock.advance(days=2)
    work_off(three.city)
    assert outcomes(three.city, case_id) == {"lawyer1": "left", "lawyer2": "offered"}


def test_an_absence_that_is_taken_back_changes_nothing(three: Dispatch) -> None:
    case_id = three.start(field="劳动争议")
    days = {"absent_from": "2026-03-04", "absent_until": "2026-03-09"}
    three.city.run(SetExpertAbsence(answers=days), by="lawyer1")
    three.city.run(EndExpertAbsence(), by="lawyer1")
    three.city.clock.advance(days=2)
    work_off(three.city)

    assert outcomes(three.city, case_id)["lawyer1"] == "offered"


def test_whose_licence_has_ended_leaves_once(three: Dispatch) -> None:
    case_id = three.start(field="劳动争议")
    with three.city.session() as session, session.begin():
        session.get_one(Expert, id_of(three.city, "lawyer1")).licence_until = date(2026, 3, 3)
    work_off(three.city)
    assert outcomes(three.city, case_id)["lawyer1"] == "offered"

    three.city.clock.advance(days=2)
    work_off(three.city)
    work_off(three.city)
    assert outcomes(three.city, case_id)["lawyer1"] == "left"
    assert len(three.history(case_id, "task_offer_ended")) == 1
    (line,) = three.city.rows(Expert, Expert.person_id == id_of(three.city, "lawyer1"))
    assert line.released_of == date(2026, 3, 3)
