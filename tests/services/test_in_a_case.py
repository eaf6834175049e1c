"""The services as a process calls them: with people, rules and a transaction behind them."""

from collections.abc import Mapping
from typing import Any

from engine.model import CaseAudience, HistoryEntry, Incident
from engine.services import ServiceCall
from services import SERVICES
from tests.engine.conftest import Visits


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
