"""What a scenario says must be true between its steps."""

import json
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from engine.actor import SYSTEM, Actor
from engine.engine import Engine
from engine.errors import NotFound
from engine.queries.case_file import case_file
from engine.queries.case_variables import case_variables
from engine.queries.diagram import diagram
from engine.queries.history import history
from engine.queries.initiatives import initiatives
from engine.queries.rows import TaskRow


class ScenarioFailed(Exception):
    """The story went another way than it was written."""


class Expectations:
    """Looks at one case with the eyes of the system, once: make a new one for another moment. `actor` signs in."""

    def __init__(self, engine: Engine, case_id: str, *, actor: Callable[[str], Actor]) -> None:
        self.engine, self.case_id, self.actor = engine, case_id, actor
        self._checks: Mapping[str, Callable[[Any], None]] = {
            "open": self._open,
            "stage": self._stage,
            "case": self._case,
            "variables": self._variables,
            "history": self._history,
            "clocks": self._clocks,
            "passed": self._passed,
            "offered": self._offered,
        }

    def check(self, expected: Mapping[str, Any]) -> None:
        """Raises ScenarioFailed."""
        for word, value in expected.items():
            if word not in self._checks:
                raise ScenarioFailed(f"unknown expectation {word}; there are {', '.join(self._checks)}")
            self._checks[word](value)

    def seen(self) -> dict[str, Any]:
        """What is true now, in the words of a scenario."""
        case = self._file.case
        if case.status != "running":
            return {"case": case.status}
        return {"stage": case.stage, "open": sorted(task.element_id for task in self.open_tasks())}

    def ended_at(self, element_id: str) -> None:
        """The case is over and its token passed this end event."""
        self._case("completed")
        with self.engine.reading() as session:
            passed = diagram(session, SYSTEM, self.case_id, catalogue=self.engine.catalogue).done
        if element_id not in passed:
            raise ScenarioFailed(f"the case did not end at {element_id}")

    def _passed(self, expected: list[str]) -> None:
        """Tokens went through these elements, in the diagram of the case or in one that it calls."""
        moves = [entry.details for entry in self._entries() if entry.action == "process_moved"]
        passed = {name for details in moves for name in details["passed"]}
        missing = [name for name in expected if name not in passed]
        if missing:
            raise ScenarioFailed(f"no token passed {missing}")

    def _offered(self, expected: Mapping[str, list[str]]) -> None:
        """{person: what they may start}; who may not see the case may start nothing."""
        for username, wanted in expected.items():
            with self.engine.reading() as session:
                actor = self.actor(username)
                try:
                    found = initiatives(
                        session, actor, self.case_id, catalogue=self.engine.catalogue, now=self.engine.now()
                    )
                except NotFound:
                    found = ()
            _same(f"what {username} may start", sorted(wanted), sorted({task.element_id for task in found}))

    def _open(self, expected: list[str]) -> None:
        _same("open tasks", sorted(expected), sorted(task.element_id for task in self.open_tasks()))

    def _stage(self, expected: str) -> None:
        _same("stage", expected, self._file.case.stage)

    def _case(self, expected: str) -> None:
        file = self._file
        if expected == "completed" and file.case.status != expected:
            waiting = [f"{w.code} {w.element_id or ''}".strip() for w in file.waiting]
            raise ScenarioFailed(f"the case is {file.case.status} and waits for {waiting}")
        _same("case", expected, file.case.status)

    def _variables(self, expected: Mapping[str, Any]) -> None:
        with self.engine.reading() as session:
            found = case_variables(session, SYSTEM, self.case_id)
        for name, value in expected.items():
            _same(f"variable {name}", _text(value), _text(found.get(name)))

    def _history(self, expected: list[str]) -> None:
        """These acts happened; each word is an action, or `action element_id`."""
        happened = set()
        for entry in self._entries():
            happened |= {entry.action, f"{entry.action} {entry.element_id}"}
        missing = [act for act in expected if act not in happened]
        if missing:
            raise ScenarioFailed(f"not in the history: {missing}")

    def _clocks(self, expected: Mapping[str, str]) -> None:
        """{rule: state}; the newest clock of a rule counts."""
        found = {clock.rule: clock.state for clock in sorted(self._file.clocks, key=lambda clock: clock.due_at)}
        for rule, state in expected.items():
            _same(f"clock {rule}", state, found.get(rule))

    def open_tasks(self) -> list[TaskRow]:
        return [task for task in self._file.tasks if task.state in ("open", "claimed")]

    @cached_property
    def _file(self) -> Any:
        with self.engine.reading() as session:
            return case_file(session, SYSTEM, self.case_id, catalogue=self.engine.catalogue, now=self.engine.now())

    def _entries(self) -> list[Any]:
        entries, cursor = [], None
        while True:
            with self.engine.reading() as session:
                page = history(session, SYSTEM, self.case_id, catalogue=self.engine.catalogue, cursor=cursor, limit=200)
            entries += page.items
            if page.next is None:
                return entries
            cursor = page.next


def _same(what: str, expected: Any, found: Any) -> None:
    if expected != found:
        raise ScenarioFailed(f"{what}: expected {expected}, found {found}")


def _text(value: Any) -> str:
    """Values as JSON text, so that 5 and 5.0 are told apart only where it matters and dates compare as ISO."""
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
