from typing import Any

import pytest
from sqlalchemy import update

from engine.model import Case, Organisation, UserTask
from engine.queries.worklist import SORTS
from tests.city import STAR
from tests.engine.conftest import Visits
from tests.engine.queries.lists import list_of_cases, list_of_tasks


def titled(visits: Visits, *titles: str) -> list[str]:
    ids = [visits.start() for _ in titles]
    with visits.city.session() as session, session.begin():
        for case_id, title in zip(ids, titles, strict=True):
            session.execute(update(Case).where(Case.id == case_id).values(title=title))
    return ids


@pytest.mark.parametrize(("text", "found"), [
    ("100%", ["涨薪 100%"]), ("%", ["涨薪 100%"]), ("_", ["a_b"]), ("a_b", ["a_b"]), ("\\", ["c\\d"]),
    ("  涨薪  ", ["涨薪 100%", "涨薪 1000"]), ("A_B", ["a_b"]), ("'", []), ("没有", []),
])  # fmt: skip
def test_text_is_looked_for_as_it_is_written(visits: Visits, text: str, found: list[str]) -> None:
    titled(visits, "涨薪 100%", "涨薪 1000", "a_b", "axb", "c\\d")

    assert sorted(c.title for c in list_of_cases(visits, "hr", text=text).items) == sorted(found)
    assert sorted(t.case_title for t in list_of_tasks(visits, "hr", text=text).items) == sorted(found)


def test_text_is_looked_for_in_number_enterprise_and_task_name(visits: Visits) -> None:
    case_id = visits.start()
    visits.plan(visits.start())
    number = visits.case(case_id).number

    assert [c.id for c in list_of_cases(visits, "hr", text=number).items] == [case_id]
    assert [t.case_id for t in list_of_tasks(visits, "hr", text=number).items] == [case_id]
    assert list_of_cases(visits, "hr", text=STAR[2:6]).total == 2
    assert list_of_tasks(visits, "hr", text=STAR[2:6]).total == 2
    assert [t.element_id for t in list_of_tasks(visits, "hr", text="核对").items] == ["check_plan"]


@pytest.mark.parametrize(("filters", "count"), [
    ({"process": "site_visit"}, 2), ({"process": "none"}, 0), ({"stage": "visiting"}, 2), ({"stage": "none"}, 0),
    ({"town": "古山镇"}, 2), ({"town": "东城街道"}, 0),
])  # fmt: skip
def test_both_lists_filter_alike(visits: Visits, filters: dict[str, str], count: int) -> None:
    for _ in range(2):
        visits.start()

    for found in (list_of_cases(visits, "hr", **filters), list_of_tasks(visits, "hr", **filters)):
        assert (len(found.items), found.total) == (count, count)


def test_a_filter_shows_nothing_that_may_not_be_seen(visits: Visits) -> None:
    visits.start()

    assert list_of_cases(visits, "hr2", town="古山镇").total == 0
    assert list_of_tasks(visits, "town_union2", text="制定").total == 0


def test_cases_by_status_and_tasks_by_case_and_date(visits: Visits) -> None:
    first, second = visits.start(), visits.start()
    visits.plan(second)
    visits.city.clock.advance(days=40)
    visits.city.engine.fire_due_clocks()

    assert [c.id for c in list_of_cases(visits, "hr", status="running").items] == [first]
    assert [c.id for c in list_of_cases(visits, "hr", status="completed").items] == [second]
    assert [t.case_id for t in list_of_tasks(visits, "hr", case_id=first).items] == [first]
    due = visits.city.task_at(first, "plan_visit").due_at
    assert list_of_tasks(visits, "hr", due_before=due).total == 1
    assert list_of_tasks(visits, "hr", due_before=due.replace(year=2025)).total == 0


def test_tasks_by_step_enterprise_person_and_age(visits: Visits) -> None:
    early = visits.start()
    visits.city.clock.advance(days=2)
    late = visits.take(visits.start(), "plan_visit", "hr")
    (enterprise,) = visits.city.rows(Organisation, Organisation.name == STAR)

    def cases_of(**filters: Any) -> list[str]:
        return [task.case_id for task in list_of_tasks(visits, "hr", **filters).items]

    assert cases_of(assignee="hr") == [late.case_id]
    assert cases_of(assignee="-") == [early]
    assert cases_of(assignee="nobody") == []
    assert cases_of(created_before=visits.city.clock.now.replace(day=3)) == [early]
    assert (
        sorted(cases_of(element="plan_visit"))
        == sorted(cases_of(enterprise=enterprise.id))
        == sorted([early, late.case_id])
    )
    assert (
        cases_of(element="check_plan")
        == cases_of(enterprise="none")
        == cases_of(follow_up_before=visits.city.clock.now)
        == []
    )


def test_three_orders(visits: Visits) -> None:
    first = visits.start()
    visits.city.clock.advance(days=1)
    second = visits.start()
    with visits.city.session() as session, session.begin():
        session.execute(
            update(UserTask).where(UserTask.case_id == first).values(due_at=visits.city.clock.now.replace(year=2030))
        )

    listed = {sort: [task.case_id for task in list_of_tasks(visits, "hr", sort=sort).items] for sort in SORTS}

    assert listed == {"due": [second, first], "waiting": [first, second], "newest": [second, first]}
