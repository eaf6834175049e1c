"""What begins to wait when a person's work is done; what cannot be worked out becomes an incident."""

import pytest

from engine.commands.cancel_case import CancelCase
from engine.commands.deploy import Deploy
from engine.commands.retry_incident import RetryIncident
from engine.definitions.form import AnswersRejected
from engine.model import Clock, Incident, ProcessInstance
from engine.permissions import NotInCharge
from engine.queries.seeing import visible_case
from engine.queries.worklist import TaskFilter, worklist
from engine.work import CaseNotFound
from tests.engine.conftest import Visits, rule_files
from tests.engine.visits import visit_files


def _redraw(visits: Visits, old: str, new: str) -> None:
    files = visit_files(rule_files())
    drawn = files["site_visit.bpmn"].decode()
    assert old in drawn
    report = visits.city.run(
        Deploy(files={**files, "site_visit.bpmn": drawn.replace(old, new).encode()}), by="designer"
    )
    assert report.deployable, report.problems


def test_a_named_assignee_has_the_task_from_the_start(visits: Visits) -> None:
    _redraw(visits, 'candidateGroups="planner"', 'candidateGroups="planner" assignee="=case.parties.planner[1]"')

    case_id = visits.start()

    task = visits.city.task_at(case_id, "plan_visit")
    assert (task.state, task.assignee_id) == ("claimed", visits.city.actor("hr").person_id)
    assert visits.plan(case_id).id == task.id


def test_an_assignee_nobody_knows_leaves_the_task_to_its_group_and_opens_an_incident(visits: Visits) -> None:
    _redraw(visits, 'candidateGroups="planner"', 'candidateGroups="planner" assignee="nobody"')

    case_id = visits.start()

    (incident,) = visits.city.rows(Incident, Incident.case_id == case_id)
    assert (incident.code, incident.element_id) == ("assignee_not_known", "plan_visit")
    assert visits.city.task_at(case_id, "plan_visit").state == "open"
    assert visits.plan(case_id)


def test_a_follow_up_date_and_a_due_date_come_from_the_diagram(visits: Visits) -> None:
    schedule = '<zeebe:taskSchedule dueDate="=今天 + duration(&quot;P3D&quot;)" followUpDate="=今天"/><zeebe:userTask/>'
    _redraw(visits, "<zeebe:userTask/>", schedule)

    task = visits.city.task_at(visits.start(), "plan_visit")

    assert task.follow_up_at is not None
    assert task.follow_up_at.date() == visits.city.clock.now.date()


def test_a_form_may_read_what_the_input_mapping_of_its_task_gives_it(visits: Visits) -> None:
    mapping = '<zeebe:ioMapping><zeebe:input source="=purpose" target="goal"/></zeebe:ioMapping><zeebe:userTask/>'
    files = visit_files(rule_files())
    diagram = files["site_visit.bpmn"].decode().replace("<zeebe:userTask/>", mapping, 1).encode()
    asking = b'"properties": {"check": "=goal = \\"x\\"", "check_message": "no"}, "key": "plan"'
    form = files["forms/visit_plan.form"].replace(b'"key": "plan"', asking)
    report = visits.city.run(
        Deploy(files={**files, "site_visit.bpmn": diagram, "forms/visit_plan.form": form}), by="designer"
    )
    assert report.deployable, report.problems
    case_id = visits.start()
    visits.take(case_id, "plan_visit", "hr")

    with pytest.raises(AnswersRejected) as refused:
        visits.plan(case_id)

    assert [p.path for p in refused.value.problems] == ["plan"]


def test_a_deadline_that_cannot_be_counted_opens_an_incident_and_the_task_is_there(visits: Visits) -> None:
    _redraw(
        visits,
        '<zeebe:property name="clock" value="filing"/>',
        '<zeebe:property name="clock" value="filing"/><zeebe:property name="clock_start" value="=purpose"/>',
    )

    case_id = visits.start()

    (incident,) = visits.city.rows(Incident, Incident.case_id == case_id)
    assert incident.code == "wait_not_begun"
    assert visits.open_elements(case_id) == ["plan_visit"]


def test_trying_again_starts_the_clock_that_could_not_be_started(visits: Visits) -> None:
    _redraw(
        visits,
        '<zeebe:property name="clock" value="filing"/>',
        '<zeebe:property name="clock" value="filing"/><zeebe:property name="clock_start" value="=purpose"/>',
    )
    case_id = visits.start()
    (incident,) = visits.city.rows(Incident, Incident.case_id == case_id)
    with visits.city.session() as session, session.begin():
        instance = session.query(ProcessInstance).filter_by(case_id=case_id).one()
        instance.variables = {**instance.variables, "purpose": "2026-03-01"}

    visits.city.run(RetryIncident(incident_id=incident.id), by="admin")

    (clock,) = visits.city.rows(Clock, Clock.case_id == case_id, Clock.element_id == "plan_visit")
    assert clock.started_on.isoformat() == "2026-03-01"
    assert visits.city.task_at(case_id, "plan_visit").due_at == clock.due_at
    assert visits.city.rows(Incident, Incident.state == "open") == []


def test_who_is_to_do_a_task_may_read_the_case_and_no_more(visits: Visits) -> None:
    _redraw(visits, "city_union, town_union", "city_union")
    case_id = visits.start()
    with pytest.raises(CaseNotFound):
        visits.city.run(CancelCase(case_id=case_id, reason="误立"), by="town_union")

    visits.plan(case_id)

    with visits.city.engine.reading() as session:
        assert visible_case(session, visits.city.actor("town_union"), case_id).id == case_id
        with pytest.raises(CaseNotFound):
            visible_case(session, visits.city.actor("town_union2"), case_id)
    with pytest.raises(NotInCharge):
        visits.city.run(CancelCase(case_id=case_id, reason="误立"), by="town_union")


def test_a_task_without_a_deadline_of_its_own_shows_the_one_that_watches_it(visits: Visits) -> None:
    case_id = visits.start()
    visits.plan(case_id)
    clock = visits.clock(case_id, "check_lapsed")
    city = visits.city

    with city.engine.reading() as session:
        page = worklist(
            session,
            city.actor("town_union"),
            filters=TaskFilter(view="claimable", case_id=case_id),
            catalogue=city.engine.catalogue,
            now=city.clock.now,
        )

    (row,) = page.items
    assert row.due_at == clock.due_at
    assert row.clock is not None
    assert (row.clock.id, row.clock.rule) == (clock.id, "review")
