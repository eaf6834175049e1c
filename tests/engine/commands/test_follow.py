import pytest

from engine.commands.appoint_parties import AppointParties
from engine.commands.follow import Follow, NothingToFollow
from engine.model import CaseFollow, TaskFollow
from engine.work import CaseNotFound, TaskNotFound
from tests.engine.conftest import Visits
from tests.engine.queries.lists import list_of_tasks


def test_what_waits_in_a_followed_case_is_in_a_queue_of_its_own(visits: Visits) -> None:
    followed, other = visits.start(), visits.start()

    for _ in range(2):  # twice is once
        visits.city.run(Follow(case_id=followed), by="union")
    visits.city.run(Follow(task_id=visits.city.task_at(other, "plan_visit").id), by="chair")

    assert [task.case_id for task in list_of_tasks(visits, "union", view="followed").items] == [followed]
    assert [task.case_id for task in list_of_tasks(visits, "chair", view="followed").items] == [other]
    assert list_of_tasks(visits, "hr", view="followed").total == 0
    assert {task.case_id: task.flags for task in list_of_tasks(visits, "union").items} == {
        followed: ("followed",),
        other: (),
    }


def test_nobody_follows_what_he_does_not_see(visits: Visits) -> None:
    case_id = visits.start()

    with pytest.raises(CaseNotFound):
        visits.city.run(Follow(case_id=case_id), by="hr2")
    with pytest.raises(TaskNotFound):
        visits.city.run(Follow(task_id=visits.city.task_at(case_id, "plan_visit").id), by="hr2")
    assert visits.city.rows(CaseFollow) == visits.city.rows(TaskFollow) == []


def test_who_may_not_see_the_case_any_more_does_not_see_it_here(visits: Visits) -> None:
    case_id = visits.start()
    visits.city.run(Follow(case_id=case_id), by="chair")

    visits.city.run(AppointParties(case_id=case_id, role="worker_chief", persons=("rep1",), reason="换人"), by="union")

    assert list_of_tasks(visits, "chair", view="followed").total == 0


@pytest.mark.parametrize("subject", [{}, {"case_id": "a", "task_id": "b"}])
def test_one_thing_is_followed(visits: Visits, subject: dict[str, str]) -> None:
    with pytest.raises(NothingToFollow):
        visits.city.run(Follow(**subject), by="hr")
