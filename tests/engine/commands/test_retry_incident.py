import pytest

from engine.commands.retry_incident import IncidentNotFound, RetryIncident
from engine.errors import NotAllowed
from engine.model import Incident
from engine.model.incident import IncidentResolved
from tests.engine.conftest import Visits


def _failed(visits: Visits) -> tuple[str, Incident]:
    visits.reckoning.is_broken = True
    case_id = visits.start()
    visits.plan(case_id)
    visits.do(case_id, "check_plan", "town_union", approved=True)
    (incident,) = visits.city.rows(Incident, Incident.case_id == case_id)
    return case_id, incident


def test_a_step_that_was_put_right_goes_on(visits: Visits) -> None:
    case_id, incident = _failed(visits)
    visits.reckoning.is_broken = False

    visits.city.run(RetryIncident(incident_id=incident.id), by="admin")

    assert visits.city.rows(Incident)[0].state == "resolved"
    assert "incident_resolved" in visits.actions(case_id)
    assert visits.city.rows(Incident, Incident.state == "open") == []


def test_a_step_that_fails_again_opens_a_new_incident(visits: Visits) -> None:
    case_id, incident = _failed(visits)

    visits.city.run(RetryIncident(incident_id=incident.id), by="town_union")

    states = sorted(i.state for i in visits.city.rows(Incident, Incident.case_id == case_id))
    assert states == ["open", "resolved"]


def test_it_names_what_happened(visits: Visits) -> None:
    _, incident = _failed(visits)

    assert (incident.element_id, incident.code) == ("reckon", "step_broken")
    assert incident.details["cause"] == "RuntimeError"


def test_parties_may_not_retry_and_nothing_is_retried_twice(visits: Visits) -> None:
    _, incident = _failed(visits)
    visits.reckoning.is_broken = False

    with pytest.raises(NotAllowed):
        visits.city.run(RetryIncident(incident_id=incident.id), by="hr")
    visits.city.run(RetryIncident(incident_id=incident.id), by="admin")
    with pytest.raises(IncidentResolved):
        visits.city.run(RetryIncident(incident_id=incident.id), by="admin")
    with pytest.raises(IncidentNotFound):
        visits.city.run(RetryIncident(incident_id="none"), by="admin")
