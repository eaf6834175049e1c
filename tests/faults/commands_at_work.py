"""Runs commands in a process of its own that kills itself at a chosen moment of its talk with the database.

`python -m tests.faults.commands_at_work URL FOLDER` reads orders from its input, one a line, and forks a child for
each. The answer is one line, the report of the child, then "ended"; see `orders`.
"""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.engine import Engine as SqlEngine
from sqlalchemy.orm import Session

from engine.commands.start_case import StartCase
from engine.model import Deployment
from tests.city import City, SharedDefinitions, open_city
from tests.databases import Database
from tests.engine.spiff.oracle import drawing
from tests.engine.spiff.random_processes.in_database import listening, outcome
from tests.faults.orders import Order, Report, packed, unpacked


def tell(line: str) -> None:
    os.write(1, f"{line}\n".encode())


class _Life:
    """Counts the moments of one child and ends it at the chosen one."""

    def __init__(self, die_at: int | None) -> None:
        self.left, self.report, self.performed = die_at, Report(), list[str]()

    def moment(self, *_: Any, **__: Any) -> None:
        if self.left is None:
            return
        self.left -= 1
        if self.left == 0:
            self.report.died = True
            tell(packed(self.report))
            os.kill(os.getpid(), signal.SIGKILL)

    def committed(self, session: Session) -> None:
        if not session.in_nested_transaction():  # a savepoint, such as the one around a service
            self.report.heard += self.performed
            self.performed.clear()
        self.moment()

    def rolled_back(self, session: Session) -> None:
        if not session.in_nested_transaction():
            self.performed.clear()

    @contextmanager
    def lived(self) -> Iterator[None]:
        for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
            event.listen(SqlEngine, name, self.moment)
        event.listen(Session, "after_commit", self.committed)
        event.listen(Session, "after_rollback", self.rolled_back)
        with listening(self.performed):
            yield


def obey(city: City, order: Order) -> None:
    life = _Life(order.die_at)
    with life.lived():
        for sent in order.sent:
            life.report.result = city.run(sent.command, by=sent.by, idempotency_key=sent.key)
    tell(packed(life.report))


def read_newest(url: str, folder: str, definitions: SharedDefinitions) -> None:
    """So that not every child has to read the diagram; nothing stays connected."""
    city = open_city(Database("", url), data_dir=Path(folder), definitions=definitions)
    with city.engine.reading() as session:
        newest = session.scalars(select(Deployment.id).order_by(Deployment.version.desc()).limit(1)).one()
        bundle = city.engine.catalogue.bundle(session, newest)
        city.engine.catalogue.specs.specs(bundle.content_hash, bundle.process)
    city.engine.database.dispose()


def main(url: str, folder: str) -> None:
    definitions = SharedDefinitions()
    for line in sys.stdin:
        if any(isinstance(sent.command, StartCase) for sent in unpacked(line).sent):
            read_newest(url, folder, definitions)
        pid = os.fork()
        if pid == 0:
            try:
                city = open_city(Database("", url), data_dir=Path(folder), definitions=definitions)
                city.engine.services[drawing.SERVICE] = outcome
                obey(city, unpacked(line))
            finally:
                os._exit(0)
        os.waitpid(pid, 0)
        tell("ended")


if __name__ == "__main__":
    main(*sys.argv[1:])
