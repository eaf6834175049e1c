"""The lists, asked as somebody."""

from collections.abc import Callable
from typing import Any

from engine.queries.cases import CaseFilter, cases
from engine.queries.paging import Page
from engine.queries.rows import CaseRow, TaskRow
from engine.queries.worklist import TaskFilter, worklist
from tests.engine.conftest import Visits


def all_pages(page: Callable[[str | None], Page[Any]]) -> list[Any]:
    first = page(None)
    rows, cursor = list(first.items), first.next
    while cursor is not None:
        following = page(cursor)
        assert following.items, "an empty page"
        rows += following.items
        cursor = following.next
    return rows


def list_of_cases(
    visits: Visits, by: str, *, cursor: str | None = None, limit: int = 50, **filters: Any
) -> Page[CaseRow]:
    engine = visits.city.engine
    with engine.reading() as session:
        return cases(
            session,
            visits.city.actor(by),
            filters=CaseFilter(**filters),
            catalogue=engine.catalogue,
            cursor=cursor,
            limit=limit,
        )


def list_of_tasks(
    visits: Visits, by: str, *, view: str = "group", cursor: str | None = None, limit: int = 50, **filters: Any
) -> Page[TaskRow]:
    engine = visits.city.engine
    with engine.reading() as session:
        return worklist(
            session,
            visits.city.actor(by),
            filters=TaskFilter(view=view, **filters),
            catalogue=engine.catalogue,
            now=engine.now(),
            cursor=cursor,
            limit=limit,
        )
