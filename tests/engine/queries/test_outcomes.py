import pytest

from engine.commands.claim_task import ClaimTask
from engine.commands.urge_task import UrgeTask
from engine.queries.outcomes import ActUnknown, TooManyTasks, outcomes
from engine.queries.place import Place
from tests.engine.conftest import Visits


def codes(visits: Visits, act: str, ids: list[str], *, by: str, **more: str) -> list[str | None]:
    engine = visits.city.engine
    with engine.reading() as session:
        place = Place(session, engine.catalogue, engine.now())
        return [o.code for o in outcomes(place, visits.city.actor(by), act, ids, **more)]


def four_tasks(visits: Visits) -> list[str]:
    """To plan, to check (nobody has it), to check (the town union has it), and one that was handed in."""
    cases = [visits.start() for _ in range(3)]
    visits.plan(cases[1])
    planned = visits.plan(cases[2])
    visits.take(cases[2], "check_plan", "town_union")
    return [*[visits.city.tasks(case)[0].id for case in cases], planned.id]


def test_each_row_says_whether_it_will_change(visits: Visits) -> None:
    ids = four_tasks(visits)

    claimed = codes(visits, "claim", ids, by="town_union")
    released = codes(visits, "release", ids, by="town_union")
    urged = codes(visits, "urge", ids, by="chair")
    given = codes(visits, "assign", ids, by="town_union", assignee="hr")

    assert claimed == ["not_a_candidate", None, "task_already_claimed", "task_not_open"]
    assert released == ["task_not_claimed", "task_not_claimed", None, "task_not_open"]
    assert urged == [None, None, None, "task_not_open"]
    assert given == [None, "four_eyes", "four_eyes", "task_not_open"]
    assert codes(visits, "assign", ids[:1], by="town_union", assignee="x") == ["assignee_unknown"]
    assert codes(visits, "assign", ids[:1], by="chair", assignee="hr") == ["not_in_charge"]


def test_it_foretells_what_the_commands_then_do(visits: Visits) -> None:
    ids = four_tasks(visits)
    visits.city.run(ClaimTask(task_id=ids[1]), by="town_union")
    visits.city.run(UrgeTask(task_id=ids[0]), by="chair")

    assert codes(visits, "claim", ids[1:2], by="town_union") == ["task_already_claimed"]
    assert codes(visits, "urge", ids[:2], by="chair") == ["urged_recently", None]


def test_what_one_cannot_see_is_not_there(visits: Visits) -> None:
    assert codes(visits, "claim", four_tasks(visits), by="boss2") == []


def test_many_rows_cost_as_many_statements_as_few(visits: Visits) -> None:
    from sqlalchemy import event

    ids = four_tasks(visits) + [visits.city.tasks(visits.start())[0].id for _ in range(4)]
    counts = []
    for asked in (ids[4:6], ids[4:]):
        said: list[str] = []
        listen = lambda *args, said=said: said.append(args[2])  # noqa: E731
        event.listen(visits.city.engine.database.engine, "before_cursor_execute", listen)
        codes(visits, "claim", asked, by="hr")
        event.remove(visits.city.engine.database.engine, "before_cursor_execute", listen)
        counts.append(len(said))

    assert counts[0] == counts[1]


def test_odd_questions_are_refused(visits: Visits) -> None:
    with pytest.raises(ActUnknown):
        codes(visits, "complete", [], by="hr")
    with pytest.raises(TooManyTasks):
        codes(visits, "claim", ["x"] * 501, by="hr")
