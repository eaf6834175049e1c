"""A task is offered to people by name: the first takes it, and who does not want it declines."""

import pytest

from engine.commands.claim_task import ClaimTask
from engine.commands.decline_task import DeclineTask
from engine.commands.retry_incident import RetryIncident
from engine.model import HistoryEntry, Incident, TaskOffer
from engine.model.case import ReasonMissing
from engine.model.task_refusals import NotOfferedByName, TaskAlreadyClaimed
from engine.queries.case_file import case_file
from engine.queries.diagram import diagram
from engine.queries.task_file import task_file
from engine.work import CaseNotFound, TaskNotFound
from tests.engine.elements.conftest import Street

FOUND = """
begin -> answer -> finish
nobody -> choose -> chosen
user answer: offered {users}
boundary nobody: on answer; error everybody_declined
user choose
error everybody_declined: everybody_declined
"""
THREE = '= ["lawyer1", "lawyer2", "tax1"]'


@pytest.fixture
def case_id(street: Street) -> str:
    street.deploy(FOUND.format(users=THREE))
    return street.start()


def _decline(street: Street, case_id: str, by: str, reason: str = "出差在外") -> None:
    task = street.city.task_at(case_id, "answer")
    street.city.run(DeclineTask(task_id=task.id, reason=reason), by=by)


def _seen(street: Street, case_id: str, by: str):
    with street.city.engine.reading() as session:
        actor, catalogue = street.city.actor(by), street.city.engine.catalogue
        return case_file(session, actor, case_id, catalogue=catalogue, now=street.city.clock.now)


def test_each_of_them_finds_it_and_nothing_else_of_the_case(street: Street, case_id: str) -> None:
    file = _seen(street, case_id, "lawyer2")

    assert file.is_guest
    assert [(t.element_id, t.candidate_users) for t in file.tasks] == [("answer", ("lawyer1", "lawyer2", "tax1"))]
    with street.city.engine.reading() as session, pytest.raises(CaseNotFound):
        diagram(session, street.city.actor("lawyer2"), case_id, catalogue=street.city.engine.catalogue)


def test_nobody_else_finds_it(street: Street, case_id: str) -> None:
    task = street.city.task_at(case_id, "answer")

    kit = {"catalogue": street.city.engine.catalogue, "now": street.city.clock.now}

    with street.city.engine.reading() as session, pytest.raises(TaskNotFound):
        task_file(session, street.city.actor("lawyer3"), task.id, **kit)
    with pytest.raises(TaskNotFound):
        street.city.run(ClaimTask(task_id=task.id), by="lawyer3")


def test_the_first_takes_it_and_the_others_learn_that(street: Street, case_id: str) -> None:
    task = street.city.task_at(case_id, "answer")
    street.city.run(ClaimTask(task_id=task.id), by="tax1")

    with pytest.raises(TaskAlreadyClaimed):
        street.city.run(ClaimTask(task_id=task.id), by="lawyer1")
    street.city.run(DeclineTask(task_id=task.id, reason="已有人承接"), by="lawyer1")

    assert street.open(case_id) == ["answer"]


def test_who_declines_keeps_it_no_longer_and_the_others_do(street: Street, case_id: str) -> None:
    task = street.city.task_at(case_id, "answer")
    street.city.run(ClaimTask(task_id=task.id), by="lawyer1")

    _decline(street, case_id, "lawyer1")

    offers = street.city.rows(TaskOffer, TaskOffer.task_id == task.id)
    named = {street.city.actor(name).person_id for name in ("lawyer2", "tax1")}
    assert {offer.audience for offer in offers} == {f"person:{person}" for person in named}
    assert street.city.task_at(case_id, "answer").assignee_id is None
    with pytest.raises(NotOfferedByName):
        _decline(street, case_id, "lawyer1")


def test_when_all_have_declined_the_diagram_says_what_happens(street: Street, case_id: str) -> None:
    for person in ("lawyer1", "lawyer2", "tax1"):
        _decline(street, case_id, person)

    declined = street.city.rows(HistoryEntry, HistoryEntry.stream == case_id, HistoryEntry.action == "task_declined")
    assert street.open(case_id) == ["choose"]
    assert [entry.actor for entry in declined] == ["lawyer1", "lawyer2", "tax1"]


def test_declining_needs_a_reason(street: Street, case_id: str) -> None:
    with pytest.raises(ReasonMissing):
        _decline(street, case_id, "lawyer1", reason=" ")


def test_what_no_diagram_foresees_is_an_incident(street: Street) -> None:
    street.deploy('begin -> answer -> finish\nuser answer: offered = ["lawyer1"]')
    case_id = street.start()

    _decline(street, case_id, "lawyer1")

    assert street.incidents(case_id) == ["error_not_caught"]


@pytest.mark.parametrize("users", ['= ["nobody_there"]', "= []", "= 5"])
def test_who_is_not_there_cannot_be_offered_it(street: Street, users: str) -> None:
    street.deploy(FOUND.format(users=users))
    case_id = street.start()

    assert street.incidents(case_id) == ["candidates_not_known"]
    assert street.open(case_id) == ["answer"]


FOUND_LATER = """
begin -> fork -> answer -> join -> finish
fork -> write -> join
and fork
and join
user answer: offered = 人选
user write: form names
"""


def test_once_they_are_known_a_retry_offers_it(street: Street) -> None:
    street.deploy(FOUND_LATER.replace("人选", "[chosen]"), names="chosen")
    case_id = street.start()
    (incident,) = street.city.rows(Incident, Incident.case_id == case_id)
    street.do(case_id, "write", chosen="lawyer1")

    street.city.run(RetryIncident(incident_id=incident.id), by="admin")

    assert [t.element_id for t in _seen(street, case_id, "lawyer1").tasks] == ["answer"]
    assert street.incidents(case_id) == []
