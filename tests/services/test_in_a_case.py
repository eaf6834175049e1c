"""The services as a process calls them: with people, rules and a transaction behind them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from engine import clock_dates
from engine.case_work import CaseWork
from engine.command import Command
from engine.model import CaseAudience, CaseLink, HistoryEntry, Incident, Job
from engine.outbox.doing import do_job
from engine.services import ServiceCall
from engine.work import Work
from services import SERVICES
from tests.engine.conftest import Visits


@dataclass(frozen=True, kw_only=True)
class Acting(Command[list[str]]):
    """Does something to a locked case, as a service would."""

    case_id: str
    act: Callable[[CaseWork], list[str]]

    def execute(self, work: Work) -> list[str]:
        return self.act(work.lock_case(self.case_id, clocks_first=False))


def do_jobs(visits: Visits) -> None:
    for job in visits.city.rows(Job, Job.kind == "open_next_case"):
        do_job(visits.city.engine, job.id)


def through(visits: Visits, service: str, **inputs: Any) -> str:
    """A case in which the service ran with these inputs."""

    def call_it(call: ServiceCall) -> Mapping[str, Any]:
        call.inputs = inputs
        return SERVICES[service](call)

    visits.city.engine.services["test/reckon"] = call_it
    case_id = visits.start()
    visits.plan(case_id)
    visits.do(case_id, "check_plan", "town_union", approved=True)
    return case_id


def test_who_is_appointed_sees_the_case(visits: Visits) -> None:
    case_id = through(visits, "parties/appoint", role="scrutineer", persons=["rep1", "rep2"])

    ids = {visits.city.actor(name).person_id for name in ("rep1", "rep2")}
    audiences = {a.audience for a in visits.city.rows(CaseAudience, CaseAudience.case_id == case_id)}
    assert {f"person:{i}" for i in ids} <= audiences
    assert list(visits.case(case_id).parties["scrutineer"]) == ["rep1", "rep2"]


def test_an_unknown_person_stops_the_step_and_appoints_nobody(visits: Visits) -> None:
    case_id = through(visits, "parties/appoint", role="scrutineer", persons=["rep1", "nobody"])

    (incident,) = visits.city.rows(Incident)
    assert (incident.case_id, incident.element_id) == (case_id, "reckon")
    assert "scrutineer" not in visits.case(case_id).parties


def test_an_effect_is_in_the_chain_of_the_case(visits: Visits) -> None:
    case_id = through(visits, "case/record_effect", effect="生效", article="第五十四条")

    (entry,) = visits.city.rows(HistoryEntry, HistoryEntry.action == "effect_recorded")
    assert (entry.stream, entry.details) == (case_id, {"effect": "生效", "article": "第五十四条"})


def test_the_check_reads_the_numbers_from_the_rules(visits: Visits) -> None:
    seen: list[Any] = []

    def call_it(call: ServiceCall) -> Mapping[str, Any]:
        seen.append((call.setting("reps_min"), call.setting("reps_min_above_scale"), call.setting("reps_balance")))
        return SERVICES["parties/check_representatives"](call)

    visits.city.engine.services["test/reckon"] = call_it
    case_id = visits.start()
    visits.plan(case_id)
    visits.do(case_id, "check_plan", "town_union", approved=True)

    assert seen == [(3, 5, "equal")]
    assert visits.city.rows(Incident) == []


def test_a_clock_that_a_service_paused_ends_as_much_later_as_it_stood_still(visits: Visits) -> None:
    case_id = visits.start()
    clock = visits.clock(case_id, "plan_late")

    def pause(folder: CaseWork) -> list[str]:
        return clock_dates.pause_all(folder, [str(clock.rule)], until=date(2026, 3, 12), reason="停产")

    def resume(folder: CaseWork) -> list[str]:
        return clock_dates.resume_all(folder, [str(clock.rule)])

    assert visits.city.run(Acting(case_id=case_id, act=pause), by="system") == [clock.rule]
    assert visits.clock(case_id, "plan_late").state == "paused"

    visits.city.clock.advance(days=10)
    assert visits.city.run(Acting(case_id=case_id, act=resume), by="system") == [clock.rule]
    assert visits.city.run(Acting(case_id=case_id, act=resume), by="system") == []

    moved = visits.clock(case_id, "plan_late")
    assert (moved.state, moved.paused_days) == ("running", 10)
    # Sixty days end on 1 May, a holiday, and so on the 6th; ten days later is the 11th, a working day.
    assert (clock.due_on, moved.due_on) == (date(2026, 5, 6), date(2026, 5, 11))
    assert [a for a in visits.actions(case_id) if a.startswith(("clock_p", "clock_r"))] == [
        "clock_paused",
        "clock_resumed",
    ]


def test_a_clock_is_counted_from_another_day_when_its_fact_has_moved(visits: Visits) -> None:
    case_id = visits.start()
    clock = visits.clock(case_id, "plan_late")

    def start_again(folder: CaseWork) -> list[str]:
        later = {str(clock.rule): clock.started_on + timedelta(days=7), "review": clock.started_on}
        return clock_dates.start_all_again(folder, later)

    assert visits.city.run(Acting(case_id=case_id, act=start_again), by="system") == [clock.rule]

    moved = visits.clock(case_id, "plan_late")
    assert moved.started_on == clock.started_on + timedelta(days=7)
    assert moved.due_on > clock.due_on


def test_the_next_case_is_opened_in_the_name_of_who_asked_and_linked(visits: Visits) -> None:
    case_id = through(visits, "case/open_next", answers={"purpose": "复查整改"})

    do_jobs(visits)

    (link,) = visits.city.rows(CaseLink)
    opened = visits.case(link.to_case_id)
    assert (link.from_case_id, link.kind) == (case_id, "next")
    assert opened.enterprise_id == visits.case(case_id).enterprise_id
    assert opened.created_by == visits.city.actor("town_union").person_id
    assert "case_opened_next" in visits.actions(case_id)
    assert "case_opened_from" in visits.actions(opened.id)


def test_answers_that_the_start_form_refuses_open_no_next_case(visits: Visits) -> None:
    case_id = through(visits, "case/open_next", answers={"purpose": ""})

    do_jobs(visits)

    assert visits.city.rows(CaseLink) == []
    assert "case_opened_next" not in visits.actions(case_id)
    (failed,) = [job for job in visits.city.rows(Job) if job.kind == "open_next_case"]
    assert failed.state == "ready"
    assert "AnswersRejected" in (failed.last_error or "")
