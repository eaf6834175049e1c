import pytest

from engine.commands.follow import Follow, NothingToFollow
from engine.commands.unfollow import Unfollow
from tests.engine.conftest import Visits
from tests.engine.queries.lists import list_of_tasks


def test_what_is_followed_no_longer_leaves_the_queue_of_this_person_only(visits: Visits) -> None:
    case_id = visits.start()
    task_id = visits.city.task_at(case_id, "plan_visit").id
    for username in ("hr", "chair"):
        visits.city.run(Follow(case_id=case_id), by=username)
        visits.city.run(Follow(task_id=task_id), by=username)

    visits.city.run(Unfollow(case_id=case_id), by="hr")
    assert list_of_tasks(visits, "hr", view="followed").total == 1
    for _ in range(2):  # twice is once
        visits.city.run(Unfollow(task_id=task_id), by="hr")

    assert list_of_tasks(visits, "hr", view="followed").total == 0
    assert list_of_tasks(visits, "chair", view="followed").total == 1


def test_one_thing_is_named(visits: Visits) -> None:
    with pytest.raises(NothingToFollow):
        visits.city.run(Unfollow(), by="hr")
