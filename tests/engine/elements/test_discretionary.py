"""What people may start at any time: offered, never owed, done in one go."""

import threading

import pytest

from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.save_draft import SaveDraft
from engine.errors import EngineError, NotAllowed
from engine.model import Notice
from engine.model.task_refusals import NotACandidate, NotOfferedNow, TaskDiscretionary, TaskNotClaimed
from engine.queries.initiatives import initiatives
from engine.queries.task_file import task_file
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
        (found,) = initiatives(session, actor, case_id, catalogue=catalogue, now=street.city.clock.now)
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


CONDITIONAL = """
begin -> work -> more -> finish
user work: form wish
user more
whenever extra:
    asked -> looked
    start asked: message; form reason; groups {groups}; goes on; property offered_when {condition}
"""


def _conditional(street: Street, condition: str) -> str:
    text = CONDITIONAL.format(condition=condition, groups="enterprise_hr,enterprise_manager")
    street.deploy(text, wish="wish", reason="reason")
    return street.start()


def _offered_to(street: Street, case_id: str, username: str) -> list[str]:
    with street.city.engine.reading() as session:
        actor, catalogue = street.city.actor(username), street.city.engine.catalogue
        found = initiatives(session, actor, case_id, catalogue=catalogue, now=street.city.clock.now)
    return [task.element_id for task in found]


def _why_not(street: Street, case_id: str, username: str) -> str | None:
    task_id = street.city.task_at(case_id, "asked").id
    with street.city.engine.reading() as session:
        actor, catalogue = street.city.actor(username), street.city.engine.catalogue
        return task_file(session, actor, task_id, catalogue=catalogue, now=street.city.clock.now).actions["complete"]


def test_it_is_offered_while_its_condition_holds(street: Street) -> None:
    case_id = _conditional(street, '= wish = "加薪"')
    assert (_offered_to(street, case_id, "hr"), _why_not(street, case_id, "hr")) == ([], "not_offered_now")

    street.do(case_id, "work", wish="加薪")

    assert (_offered_to(street, case_id, "hr"), _why_not(street, case_id, "hr")) == (["asked"], None)


def test_it_is_offered_to_those_for_whom_its_condition_holds(street: Street) -> None:
    case_id = _conditional(street, '= 本人.username = "boss" and case.town != null')

    assert _offered_to(street, case_id, "boss") == ["asked"]
    assert _offered_to(street, case_id, "hr") == []


def test_what_is_not_offered_now_cannot_be_handed_in(street: Street) -> None:
    case_id = _conditional(street, '= wish = "加薪"')

    with pytest.raises(NotOfferedNow):
        street.do(case_id, "asked", reason="无")

    assert "reason" not in street.variables(case_id)
    assert street.open(case_id) == ["asked", "work"]


def test_a_condition_that_fails_hides_nothing(street: Street) -> None:
    case_id = _conditional(street, "= 9 ** 9 ** 9 ** 9 ** 9 > 1")

    assert _offered_to(street, case_id, "hr") == ["asked"]
    street.do(case_id, "asked", reason="有")
    assert street.variables(case_id)["reason"] == "有"


TOLD = """
begin -> tell -> work -> finish
service tell: type notices/send; in to = ["enterprise_hr", "enterprise_manager"]; in text = "请"; in start = {start}
user work
whenever extra:
    asked -> looked
    start asked: message; form reason; groups enterprise_hr; goes on
"""


@pytest.mark.parametrize(("start", "leads"), [('"asked"', True), ('"nothing"', False), ("null", False)])
def test_a_notice_leads_those_who_may_start_it_to_its_form(street: Street, start: str, leads: bool) -> None:
    street.deploy(TOLD.format(start=start), reason="reason")
    case_id = street.start()
    street.work_off()

    notices = street.city.rows(Notice, Notice.kind == "process_notice")
    task = street.city.task_at(case_id, "asked")
    hr, boss = (street.city.actor(name).person_id for name in ("hr", "boss"))
    assert {(n.person_id, n.task_id) for n in notices} == {(hr, task.id if leads else None), (boss, None)}
    assert {n.case_id for n in notices} == {case_id}
