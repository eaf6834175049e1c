"""Plays a mini-process through the door, the engine and the outbox, and tells what happened, one line a step."""

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import select

from engine.actor import SYSTEM
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.deliver_message import DeliverMessage
from engine.commands.start_case import StartCase
from engine.definitions.check import report_on
from engine.definitions.inspection import inspect
from engine.definitions.lint_problem import LintProblem, has_errors
from engine.errors import EngineError
from engine.groups import GROUPS
from engine.model import Case, Clock, HistoryEntry, Incident, MessageWait, ProcessInstance, SignalWait, UserTask
from engine.model.clock import ClockState
from engine.model.incident import IncidentState
from engine.outbox.doing import do_job
from engine.outbox.ticking import tick
from engine.services import BusinessError, ServiceCall
from playing.player import duration
from services import SERVICES
from tests.city import MONDAY, PEOPLE, City, open_city
from tests.databases import Database, SqliteHost
from tests.inventory.notation import diagram

KEY = "p"
BECAME = " ⇒ "
_PLAYER, _SENDER = "hr", "admin"
_SERVICES = {*SERVICES, "test/double", "test/fail"}
_NOTES = ("escalation_not_caught", "error_not_caught")


class Refused(Exception):
    """The door does not take the mini-process."""

    def __init__(self, problems: tuple[LintProblem, ...]) -> None:
        super().__init__([(problem.code, problem.element_id) for problem in problems])
        self.problems = problems


@dataclass(frozen=True)
class Story:
    """A mini-process in the notation, the diagrams it calls, other files, and what people and time do."""

    process: str
    called: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)
    steps: tuple[str, ...] = ()

    def bundle(self) -> dict[str, bytes]:
        others = {f"{key}.bpmn": diagram(text, process=key, is_main=False) for key, text in self.called.items()}
        return {f"{KEY}.bpmn": diagram(self.process, process=KEY), **others, **self.files}


@dataclass
class Theatre:
    """One city whose database is as new for each story: people, a calendar and nothing else.

    The engine stays the same, so that its statements are put together once and not for every row.
    """

    folder: Path

    @cached_property
    def _pristine(self) -> Path:
        with SqliteHost(self.folder).fresh(PEOPLE) as database:
            return Path(shutil.copyfile(database.url.removeprefix("sqlite:///"), self.folder / "pristine.db"))

    @cached_property
    def _city(self) -> City:
        city = open_city(Database("sqlite", f"sqlite:///{self.folder / 'play.db'}"), data_dir=self.folder, is_demo=True)
        city.engine.services.update({"test/double": _double, "test/fail": _fail})
        return city

    def new_city(self) -> City:
        self._city.engine.database.dispose()
        for leftover in self.folder.glob("play.db*"):
            leftover.unlink()
        shutil.copyfile(self._pristine, self.folder / "play.db")
        self._city.clock.now = MONDAY
        return self._city

    def play(self, story: Story) -> list[str]:
        """The trace. Raises Refused."""
        refused = tuple(p for p in looked_at(story) if has_errors([p]))
        if refused:
            raise Refused(refused)
        city = self.new_city()
        city.deploy(story.bundle())
        return _Play(city).trace(story)


def looked_at(story: Story) -> tuple[LintProblem, ...]:
    """What the door says of a story; its files are read in this process, which is quicker."""
    files = story.bundle()
    xml = {path: source for path, source in files.items() if path.endswith((".bpmn", ".dmn"))}
    inspected = {path: inspect(source, is_diagram=path.endswith(".bpmn")) for path, source in xml.items()}
    return report_on(files, inspected=inspected, services=_SERVICES, groups=GROUPS).problems


def _double(call: ServiceCall) -> dict[str, Any]:
    return {"result": call.inputs["number"] * 2}


def _fail(call: ServiceCall) -> dict[str, Any]:
    raise BusinessError(str(call.inputs["code"]), "as it was told")


@dataclass
class _Play:
    city: City
    case_id: str = ""
    told: int = 0
    known: dict[str, Any] = field(default_factory=dict)

    def trace(self, story: Story) -> list[str]:
        self.case_id = self._start(story.answers)
        self._settle()
        lines = [f"start{BECAME}{self._happened()}"]
        for step in story.steps:
            try:
                self._do(step)
                self._settle()
                lines.append(f"{step}{BECAME}{self._happened()}")
            except (EngineError, LookupError) as refusal:
                said = refusal.code if isinstance(refusal, EngineError) else "nothing waits for this"
                lines.append(f"{step}{BECAME}not possible ({said})")
        return lines

    def _start(self, answers: Mapping[str, Any]) -> str:
        return self.city.run(StartCase(process=KEY, answers=dict(answers)), by=_PLAYER)

    def _settle(self) -> None:
        """What the clocks and the outbox do by themselves within moments."""
        while tick(self.city.engine, lambda job_id: do_job(self.city.engine, job_id)):
            pass

    def _do(self, step: str) -> None:
        word, _, rest = step.partition(" ")
        getattr(self, f"_{word}")(rest)

    def _done(self, rest: str) -> None:
        """`done <element> [answers]`: the first open task there."""
        element, _, answers = rest.partition(" ")
        task = self._task(element, discretionary=False)
        self.city.run(ClaimTask(task_id=task.id), by=_PLAYER)
        self.city.run(CompleteTask(task_id=task.id, answers=json.loads(answers or "{}")), by=_PLAYER)

    def _offered(self, rest: str) -> None:
        """`offered <element> [answers]`: somebody starts what may be started."""
        element, _, answers = rest.partition(" ")
        task = self._task(element, discretionary=True)
        self.city.run(CompleteTask(task_id=task.id, answers=json.loads(answers or "{}")), by=_PLAYER)

    def _later(self, rest: str) -> None:
        self.city.engine.advance_training_clock(duration(rest), actor=SYSTEM)

    def _message(self, rest: str) -> None:
        """`message <name> [payload] [to <key>]`, from outside; without a key to this case."""
        found = re.fullmatch(r"(\w+)(?: (\{.*\}))?(?: to (\S+))?", rest)
        assert found, rest
        name, payload, key = found.groups()
        to = key or self.city.rows(Case, Case.id == self.case_id)[0].number
        self.told += 1
        command = DeliverMessage(name=name, key=to, message_id=f"m{self.told}", payload=json.loads(payload or "{}"))
        self.city.run(command, by=_SENDER)

    def _another(self, rest: str) -> None:
        """`another case <answers of its first task>`: a second case of the process, which goes on to its next wait."""
        case_id = self._start({})
        element, _, answers = rest.removeprefix("case ").partition(" ")
        (task,) = [t for t in self.city.tasks(case_id) if t.element_id == element]
        self.city.run(ClaimTask(task_id=task.id), by=_PLAYER)
        self.city.run(CompleteTask(task_id=task.id, answers=json.loads(answers or "{}")), by=_PLAYER)

    def _task(self, element: str, *, discretionary: bool) -> UserTask:
        open_ones = [t for t in self.city.tasks(self.case_id) if t.element_id == element]
        found = [task for task in open_ones if task.discretionary == discretionary]
        if not found:
            raise LookupError(element)
        return found[0]

    def _happened(self) -> str:
        parts = [self._passed(), *self._waits(), *self._incidents(), *self._variables(), self._ended()]
        return "; ".join(filter(None, parts)) or "nothing"

    def _passed(self) -> str:
        where = (HistoryEntry.stream == self.case_id, HistoryEntry.seq > self.known.get("seq", 0))
        entries = sorted(self.city.rows(HistoryEntry, *where), key=lambda entry: entry.seq)
        self.known["seq"] = max([self.known.get("seq", 0), *(entry.seq for entry in entries)])
        passed = [name for e in entries if e.action == "process_moved" for name in e.details["passed"]]
        noted = [f"note {e.action} at {e.element_id}" for e in entries if e.action in _NOTES]
        return "; ".join(filter(None, [", ".join(passed), *noted]))

    def _waits(self) -> Iterator[str]:
        tasks = self.city.tasks(self.case_id)
        yield _listed("waits for people at", [_which(task) for task in tasks if not task.discretionary])
        yield _listed("may be started:", [task.element_id for task in tasks if task.discretionary])
        running = (Clock.case_id == self.case_id, Clock.state == ClockState.RUNNING, Clock.step_id.is_not(None))
        for words, rows in (
            ("waits for the time of", self.city.rows(Clock, *running)),
            ("waits for the message at", self.city.rows(MessageWait, MessageWait.case_id == self.case_id)),
            ("waits for the signal at", self.city.rows(SignalWait, SignalWait.case_id == self.case_id)),
        ):
            yield _listed(words, [row.element_id for row in rows])

    def _incidents(self) -> Iterator[str]:
        where = (Incident.case_id == self.case_id, Incident.state == IncidentState.OPEN)
        for incident in self.city.rows(Incident, *where):
            yield f"incident {incident.code} at {incident.element_id}"

    def _variables(self) -> Iterator[str]:
        with self.city.engine.reading() as session:
            now = dict(session.scalars(select(ProcessInstance.variables).filter_by(case_id=self.case_id)).one())
        changed = {name: value for name, value in now.items() if self.known.get(f"={name}", _NOTHING) != value}
        self.known |= {f"={name}": value for name, value in changed.items()}
        for name, value in sorted(changed.items()):
            yield f"{name} = {json.dumps(value, ensure_ascii=False, default=str)}"

    def _ended(self) -> str:
        status = self.city.rows(Case, Case.id == self.case_id)[0].status
        before, self.known["status"] = self.known.get("status", "running"), status
        return f"case {status}" if status != before else ""


_NOTHING = object()


def _listed(words: str, element_ids: list[str]) -> str:
    return f"{words} {', '.join(sorted(element_ids))}" if element_ids else ""


def _which(task: UserTask) -> str:
    label = task.name.removeprefix(task.element_id)
    return f"{task.element_id}{label}"
