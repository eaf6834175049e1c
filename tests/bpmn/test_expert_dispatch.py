"""What no scenario tells of dispatching: the register changes, two cases belong together, time is told."""

from datetime import date
from pathlib import Path

import pytest

from engine.audit import verify_evidence
from engine.commands.cancel_case import CancelCase
from engine.commands.set_expert_status import SetExpertStatus
from engine.model import Case, CaseLink, Clock, HistoryEntry, Notice, TaskOffer
from engine.queries.case_file import case_file
from engine.queries.evidence import evidence
from tests.city import City
from tests.mails import work_off
from tests.registry import id_of
from tests.requests_for_experts import Requests, requests_city

__all__ = ["requests_city"]


@pytest.fixture
def asked(requests_city: City) -> Requests:
    return Requests(requests_city)


def suspend(asked: Requests, username: str) -> None:
    command = SetExpertStatus(person_id=id_of(asked.city, username), status="suspended", reason="投诉核查")
    asked.city.run(command, by="federation")
    work_off(asked.city)


def party(asked: Requests, case_id: str, role: str) -> list[str]:
    (case,) = asked.city.rows(Case, Case.id == case_id)
    return list(case.parties.get(role) or {})


def replace(asked: Requests, case_id: str, by: str, then: str = "lawyer3") -> None:
    """The federation decides for another expert, and this one takes over."""
    asked.do("expert_replaced", case_id, task="decide_replacement", **_as("federation", "replacement_decision.valid"))
    asked.do("expert_replaced", case_id, task="answer_offer", **_as(then, "conflict_declaration.valid"))
    assert by not in party(asked, case_id, "expert")


def _as(username: str, answers: str) -> dict[str, str]:
    return {"as": username, "answers_from": answers}


def test_a_lead_who_is_suspended_is_replaced_and_the_successor_goes_on(asked: Requests) -> None:
    case_id = asked.play("single_satisfied", until="first_contact")
    suspend(asked, "lawyer1")
    assert asked.open_elements(case_id) == ["decide_replacement", "first_contact"]

    replace(asked, case_id, "lawyer1")
    assert (party(asked, case_id, "expert"), party(asked, case_id, "lead_expert")) == (["lawyer3"], ["lawyer3"])
    contact = asked.city.task_at(case_id, "first_contact")
    offers = asked.city.rows(TaskOffer, TaskOffer.task_id == contact.id)
    assert f"person:{id_of(asked.city, 'lawyer1')}" not in {offer.audience for offer in offers}
    asked.do("expert_replaced", case_id, task="first_contact", **_as("lawyer3", "first_contact.valid.visit"))
    assert asked.city.task_at(case_id, "record_visit").assignee_id == id_of(asked.city, "lawyer3")


def test_what_the_leaver_had_begun_is_nobodys_until_it_is_handed_over(asked: Requests) -> None:
    case_id = asked.play("team_of_three", until="record_visit")
    suspend(asked, "tax1")
    decided = _as("federation", "replacement_decision.valid")
    asked.do("expert_replaced", case_id, task="decide_replacement", **decided)

    idle = [task for task in asked.city.tasks(case_id) if task.element_id == "record_visit" and not task.assignee_id]
    assert [(task.candidate_groups, task.candidate_users) for task in idle] == [([], [])]
    guest = case_file_of(asked, case_id, "tax1")
    assert guest.is_guest
    answers = {"audit_client": False}
    asked.do(
        "expert_replaced", case_id, task="answer_offer", **_as("tax2", "conflict_declaration.valid"), answers=answers
    )
    visits = [task for task in asked.city.tasks(case_id) if task.element_id == "record_visit"]
    assert {task.assignee_id for task in visits} == {
        id_of(asked.city, name) for name in ("lawyer1", "accountant1", "tax2")
    }
    assert party(asked, case_id, "lead_expert") == ["lawyer1"]


def test_a_lead_who_goes_while_it_is_worked_on_again_is_replaced_too(asked: Requests) -> None:
    case_id = asked.play("reopened", until="rework_request")
    suspend(asked, "lawyer1")
    assert asked.open_elements(case_id) == ["decide_replacement", "rework_request"]

    replace(asked, case_id, "lawyer1")
    asked.do("reopened", case_id, task="rework_request", **_as("lawyer3", "rework.valid"))
    asked.do("reopened", case_id, task="close_request", **_as("lawyer3", "closing.valid"))
    assert asked.open_elements(case_id) == ["evaluate_service"]


def test_nobody_is_asked_about_an_expert_who_has_left_no_case(asked: Requests) -> None:
    case_id = asked.play("single_satisfied", until="first_contact")
    suspend(asked, "lawyer2")

    assert asked.open_elements(case_id) == ["first_contact"]


def case_file_of(asked: Requests, case_id: str, username: str):
    engine = asked.city.engine
    with engine.reading() as session:
        return case_file(session, asked.city.actor(username), case_id, catalogue=engine.catalogue, now=engine.now())


def test_time_is_told_with_and_without_the_waits(asked: Requests) -> None:
    case_id = asked.play("waiting_for_enterprise")
    (closing,) = asked.city.rows(Clock, Clock.case_id == case_id, Clock.rule == "dispatch_closing")

    assert (closing.paused_days, closing.paused_workdays, closing.extended_by) == (14, 10, 5)
    assert (closing.started_on, closing.ended_on) == (date(2026, 3, 2), date(2026, 3, 17))
    (row,) = [one for one in case_file_of(asked, case_id, "federation").clocks if one.id == closing.id]
    assert (row.days_taken, row.days_stood_still) == (15, 14)


def test_the_evidence_of_a_finished_request_verifies(asked: Requests, tmp_path: Path) -> None:
    case_id = asked.play("reopened")
    engine = asked.city.engine
    engine.seal_history()
    with engine.reading() as session:
        content = evidence(
            session,
            asked.city.actor("federation"),
            case_id,
            catalogue=engine.catalogue,
            store=engine.documents,
            now=engine.now(),
        )
    bundle = tmp_path / "evidence.zip"
    bundle.write_bytes(content)

    verdict = verify_evidence(str(bundle))
    assert verdict.ok, verdict


@pytest.fixture
def consulted(requests_city: City) -> tuple[Requests, str, str]:
    """A consultation under coordination, for which the guide asked for an accountant; both cases."""
    talks = Requests(requests_city, "wage_consultation")
    wage = talks.play("experts_asked_for", until="answer_termination")
    work_off(talks.city)
    links = talks.city.rows(CaseLink, CaseLink.from_case_id == wage, CaseLink.kind == "support")
    opened = talks.city.rows(Case, Case.id.in_([link.to_case_id for link in links]))
    assert sorted(list(case.parties["asking_party"]) for case in opened) == [["boss"], ["chair"], ["guide"]]
    (asked_by_guide,) = [case.id for case in opened if "guide" in case.parties["asking_party"]]
    return Requests(requests_city), wage, asked_by_guide


def test_a_stalled_consultation_asks_for_experts_and_both_cases_say_so(consulted: tuple[Requests, str, str]) -> None:
    asked, wage, case_id = consulted
    (case,) = asked.city.rows(Case, Case.id == case_id)

    assert (case.process, list(case.parties["asking_party"])) == ("expert_dispatch", ["guide"])
    assert case.number in [entry.details["case"] for entry in _entries(asked, wage, "case_opened_support")]
    (entry,) = _entries(asked, case_id, "case_opened_to_support")
    assert case_file_of(asked, wage, "guide").links[0].kind == "support"
    (link,) = case_file_of(asked, case_id, "guide").links
    assert (link.kind, link.direction, link.number) == ("support", "from", entry.details["case"])


def test_the_consultation_hears_of_the_end(consulted: tuple[Requests, str, str]) -> None:
    asked, wage, case_id = consulted
    asked.city.run(CancelCase(case_id=case_id, reason="协商已终止"), by="federation")
    work_off(asked.city)

    (entry,) = _entries(asked, wage, "support_ended")
    (case,) = asked.city.rows(Case, Case.id == case_id)
    assert entry.details == {"case": case.number, "status": "cancelled"}
    told = asked.city.rows(Notice, Notice.case_id == wage, Notice.person_id == id_of(asked.city, "guide"))
    assert [note for note in told if case.number in str(note.params.get("text", ""))]


def _entries(asked: Requests, case_id: str, action: str) -> list[HistoryEntry]:
    mine = (HistoryEntry.stream == case_id, HistoryEntry.action == action)
    return sorted(asked.city.rows(HistoryEntry, *mine), key=lambda entry: entry.seq)
