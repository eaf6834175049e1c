"""What the tests of the worklist's pages look at."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from engine.model import UserTask
from tests.city import City


def owed(city: City, case_id: str) -> UserTask:
    """The one task that has to be done."""
    (task,) = [task for task in city.tasks(case_id) if not task.discretionary]
    return task


@contextmanager
def statements(city: City) -> Iterator[list[str]]:
    """The SELECTs that are sent meanwhile; production has no training clock to read."""
    sent: list[str] = []

    def note(_c: Any, _cur: Any, statement: str, *_more: Any) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")) and "FROM training_clock" not in statement:
            sent.append(statement)

    engine = city.engine.database.engine  # what only reads is the same engine with other options
    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)
