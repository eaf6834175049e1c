"""Keyset paging: every row once, in order, over ties and while rows are added."""

import base64
import json
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import event, select

from engine.model import Case
from engine.queries.cases import CaseFilter, cases
from engine.queries.history import history
from engine.queries.paging import CursorUnreadable, clamp, counted, read_cursor, write_cursor
from engine.queries.people import notices
from engine.queries.worklist import TaskFilter, ViewUnknown, worklist
from tests.engine.conftest import Visits
from tests.engine.queries.lists import all_pages, list_of_cases, list_of_tasks


def test_all_pages_give_every_row_once_in_order(visits: Visits) -> None:
    started = [visits.start() for _ in range(7)]  # all at the same moment
    visits.city.clock.advance(minutes=1)
    started += [visits.start() for _ in range(2)]

    whole = list_of_cases(visits, "hr").items
    for limit in (1, 2, 4, 9, 50):
        assert all_pages(lambda cursor, n=limit: list_of_cases(visits, "hr", cursor=cursor, limit=n)) == list(whole)
    assert {c.id for c in whole} == set(started)
    assert [c.created_at for c in whole] == sorted((c.created_at for c in whole), reverse=True)


@pytest.mark.parametrize("view", ["claimable", "group", "done"])
def test_tasks_are_paged_the_same_way(visits: Visits, view: str) -> None:
    for number in range(6):
        case_id = visits.start()
        if number % 2 or view == "done":
            visits.plan(case_id)

    whole = list_of_tasks(visits, "hr", view=view).items
    for limit in (1, 2, 5):
        pages = all_pages(lambda cursor, n=limit: list_of_tasks(visits, "hr", view=view, cursor=cursor, limit=n))
        assert pages == list(whole)
    assert len(whole) == 6


@pytest.mark.parametrize("view", ["claimable", "done"])
def test_pages_are_turned_back_to_what_was_there(visits: Visits, view: str) -> None:
    for _ in range(6):
        case_id = visits.start()
        if view == "done":
            visits.plan(case_id)

    def page(cursor: str | None) -> Any:
        return list_of_tasks(visits, "hr", view=view, cursor=cursor, limit=2)

    first = page(None)
    second = page(first.next)
    third = page(second.next)
    assert (first.previous, third.next) == (None, None)
    assert page(third.previous) == second
    assert page(second.previous) == first


def test_the_first_page_is_whole_again_when_one_comes_back_to_it(visits: Visits) -> None:
    for _ in range(4):
        visits.start()
    second = list_of_cases(visits, "hr", cursor=list_of_cases(visits, "hr", limit=2).next, limit=2)
    visits.city.clock.advance(minutes=1)
    newest = visits.start()

    first = list_of_cases(visits, "hr", cursor=second.previous, limit=3)

    assert first.items[0].id == newest
    assert (len(first.items), first.previous) == (3, None)


def test_counting_stops_where_nobody_reads_on(visits: Visits) -> None:
    for _ in range(4):
        visits.start()

    with visits.city.engine.reading() as session:
        assert counted(session, select(Case.id), most=3) == (3, False)
        assert counted(session, select(Case.id), most=4) == (4, True)


def test_rows_that_come_meanwhile_neither_hide_nor_repeat_others(visits: Visits) -> None:
    before = [visits.start() for _ in range(5)]
    seen: list[str] = []
    cursor = None
    while True:
        page = list_of_cases(visits, "hr", cursor=cursor, limit=2)
        seen += [c.id for c in page.items]
        cursor = page.next
        if cursor is None:
            break
        visits.city.clock.advance(seconds=1)
        visits.start()

    assert sorted(seen) == sorted(before)


def test_the_total_counts_all_pages(visits: Visits) -> None:
    for _ in range(3):
        visits.start()

    page = list_of_cases(visits, "hr", limit=1)

    assert (len(page.items), page.total) == (1, 3)
    assert page.next


def test_the_last_page_has_no_next_one(visits: Visits) -> None:
    for _ in range(2):
        visits.start()

    assert list_of_cases(visits, "hr", limit=2).next is None


def test_history_is_paged_from_the_newest_down(visits: Visits) -> None:
    case_id = visits.start()
    visits.plan(case_id)
    engine = visits.city.engine

    def page(cursor: str | None) -> Any:
        with engine.reading() as session:
            return history(
                session, visits.city.actor("hr"), case_id, catalogue=engine.catalogue, cursor=cursor, limit=3
            )

    rows = all_pages(page)
    assert [row.seq for row in rows] == list(range(visits.case(case_id).history_seq, 0, -1))
    assert all(newer.prev == older.hash for newer, older in pairwise(rows))
    assert rows[0].hash == visits.case(case_id).history_head


def test_notices_are_mine_and_paged(visits: Visits) -> None:
    from engine.outbox.doing import do_job
    from engine.outbox.ticking import tick

    for _ in range(5):
        visits.start()
    tick(visits.city.engine, lambda job_id: do_job(visits.city.engine, job_id))

    def page(cursor: str | None) -> Any:
        with visits.city.engine.reading() as session:
            return notices(session, visits.city.actor("hr"), cursor=cursor, limit=2)

    rows = all_pages(page)
    assert len({row.id for row in rows}) == len(rows) == page(None).total == 5
    assert all(row.case_number for row in rows)


@pytest.mark.parametrize(("asked", "given"), [(-5, 1), (0, 1), (1, 1), (200, 200), (201, 200), (10**9, 200)])
def test_a_page_has_one_to_two_hundred_rows(asked: int, given: int) -> None:
    assert clamp(asked) == given


def _written(*parts: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode()


@pytest.mark.parametrize(
    "cursor",
    [
        "x", "%%%", "中", "", _written(), _written("2026-03-02T00:00:00+00:00"), _written("2026-03-02", "a"),
        _written("2026-03-02T00:00:00", "a"), _written("0001-01-01T00:00:00+23:59", "a"), _written(1, 2),
        _written("9999-12-31T23:59:59-23:59", "a"), _written("2026-03-02T00:00:00+00:00", "a\0"),
        base64.urlsafe_b64encode(b"[" * 5000).decode(), base64.urlsafe_b64encode(b'{"a":1}').decode(),
    ],
)  # fmt: skip
def test_a_cursor_that_no_list_wrote_is_refused(visits: Visits, cursor: str) -> None:
    if cursor == "":
        return
    for ask in (list_of_cases, list_of_tasks):
        with pytest.raises(CursorUnreadable):
            ask(visits, "hr", cursor=cursor)


@pytest.mark.parametrize("number", [10**30, -(10**30), True, 1.5, None, "1"])
def test_a_number_that_no_list_wrote_is_refused(number: Any) -> None:
    with pytest.raises(CursorUnreadable):
        read_cursor(_written(number), int)


def test_a_cursor_comes_back_as_it_was_written(visits: Visits) -> None:
    now = visits.city.clock.now
    from datetime import datetime

    assert read_cursor(write_cursor(now, "a"), datetime, str) == (now, "a")
    assert read_cursor(write_cursor(7), int) == (7,)


def test_an_unknown_view_is_refused(visits: Visits) -> None:
    with pytest.raises(ViewUnknown):
        list_of_tasks(visits, "hr", view="all")
    with pytest.raises(ViewUnknown):
        list_of_tasks(visits, "hr", sort="colour")


def test_a_list_costs_the_same_number_of_statements_for_one_row_and_for_many(visits: Visits) -> None:
    visits.start()
    engine = visits.city.engine
    actor = visits.city.actor("hr")
    statements: list[str] = []

    def note(_c: Any, _cur: Any, statement: str, *_more: Any) -> None:
        statements.append(statement)

    def cost() -> list[int]:
        counts = []
        for ask in (
            lambda s: worklist(
                s, actor, filters=TaskFilter(view="group"), catalogue=engine.catalogue, now=engine.now()
            ),
            lambda s: cases(s, actor, filters=CaseFilter(), catalogue=engine.catalogue),
            lambda s: notices(s, actor),
        ):
            with engine.reading() as session:
                statements.clear()
                ask(session)
                counts.append(len([s for s in statements if s.lstrip().upper().startswith("SELECT")]))
        return counts

    event.listen(engine.database.engine, "before_cursor_execute", note)
    cost()  # reads bundles once
    one = cost()
    for _ in range(12):
        visits.take(visits.start(), "plan_visit", "hr")
    many = cost()
    event.remove(engine.database.engine, "before_cursor_execute", note)

    assert many == [one[0] + 1, *one[1:]]  # one more for the names of assignees
    assert max(many) <= 7
