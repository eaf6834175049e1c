"""What people may start at any time: offered, never owed, done in one go."""

import threading

import pytest

from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.save_draft import SaveDraft
from engine.errors import EngineError, NotAllowed
from engine.model import Notice
from engine.model.user_task import NotACandidate, TaskDiscretionary, TaskNotClaimed
from engine.queries.initiatives import initiatives
from engine.queries.worklist import VIEWS, TaskFilter, worklist
from engine.work import TaskNotFound
from tests.engine.elements.conftest import Street

OFFERED = """
begin -> work -> finish
user work
whenever extra:
    asked -> look -> looked
    start asked: message; form wish; groups enterprise_hr{more}
    user look
"""


def _offered(street: Street, more: str = "; goes on") -> str:
    street.deploy(OFFERED.format(more=more), wish="wish")
    return street.start()


def _task_id(street: Street, case_id: str) -> str:
    return street.city.task_at(case_id, "asked").id


def test_it_is_found_on_the_case_and_in_no_worklist(street: Street) -> None:
    case_id = _offered(street)

    with street.city.engine.reading() as session:
        actor, catalogue = street.city.actor("hr"), street.city.engine.catalogue
        (found,) = initiatives(session, actor, case_id, catalogue=catalogue)
        pages = [
            worklist(session, actor, filters=TaskFilter(view=v), catalogue=catalogue, now=street.city.clock.now)
            for v in VIEWS
        ]

    assert (found.element_id, found.discretionary, found.due_at) == ("asked", True, None)
    assert {row.element_id for page in pages for row in page.items} == {"work"}
    street.work_off()
    assert "asked" not in {n.params["task"] for n in street.city.rows(Notice)}


def test_handing_in_its_form_starts_it_and_it_is_offered_again(street: Street) -> None:
    case_id = _offered(street)

    for wish in ("加薪", "调休"):
        street.do(case_id, "asked", wish=wish)

    assert street.open(case_id) == ["asked", "look", "look", "work"]
    assert street.variables(case_id)["wish"] == "调休"


def test_an_interrupting_one_takes_the_place_of_everything_else(street: Street) -> None:
    case_id = _offered(street, "")

    street.do(case_id, "asked", wish="撤回")

    assert street.open(case_id) == ["look"]


def test_it_goes_when_its_level_is_over(street: Street) -> None:
    case_id = _offered(street)
    street.do(case_id, "work")

    assert street.status(case_id) == "completed"
    assert street.open(case_id) == []
    assert "task_cancelled" not in street.actions(case_id)


@pytest.mark.parametrize("act", ["claim", "draft"])
def test_nobody_takes_it_for_himself(street: Street, act: str) -> None:
    case_id = _offered(street)
    task_id = _task_id(street, case_id)
    command = {
        "claim": ClaimTask(task_id=task_id),
        "draft": SaveDraft(task_id=task_id, answers={}),
    }[act]

    with pytest.raises((TaskDiscretionary, TaskNotClaimed)):
        street.city.run(command, by="hr")

    assert street.city.task_at(case_id, "asked").state == "open"


def test_nobody_gives_it_to_another(street: Street) -> None:
    task = street.city.task_at(_offered(street), "asked")

    with pytest.raises(TaskDiscretionary):
        task.assign(person_id="somebody", at=street.city.clock.now)


def test_only_those_to_whom_it_is_offered_may_start_it(street: Street) -> None:
    case_id = _offered(street)
    command = CompleteTask(task_id=_task_id(street, case_id), answers={"wish": "x"})

    with pytest.raises((NotAllowed, TaskNotFound, NotACandidate)):
        street.city.run(command, by="worker1")

    assert street.open(case_id) == ["asked", "work"]


def test_of_two_at_once_one_is_first_and_the_other_is_told(street: Street) -> None:
    case_id = _offered(street)
    command = CompleteTask(task_id=_task_id(street, case_id), answers={"wish": "加薪"})
    street.city.actor("hr")
    refused: list[EngineError] = []

    def hand_in() -> None:
        try:
            street.city.run(command, by="hr")
        except EngineError as error:
            refused.append(error)

    both = [threading.Thread(target=hand_in) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()

    assert [type(error).__name__ for error in refused] == ["TaskNotOpen"]
    assert street.open(case_id) == ["asked", "look", "work"]
