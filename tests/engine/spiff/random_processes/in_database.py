"""A process run as people have it: commands, rows and answers in a database; its diagram is deployed as it is drawn."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import select

from engine.automation import Automation
from engine.command import Command as EngineCommand
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.deliver_message import DeliverMessage
from engine.commands.fire_clock import FireClock
from engine.commands.retry_incident import RetryIncident
from engine.commands.start_case import StartCase
from engine.definitions.bundle import Bundle
from engine.model import Case, Clock, Deployment, DeploymentFile, Incident, MessageWait, ProcessInstance, UserTask
from engine.model.base_model import new_id
from engine.services import BusinessError, ServiceCall, ServiceRefused, reversible
from engine.spiff.locals import Locals
from engine.spiff.process_run import ProcessRun
from engine.spiff.step import Step
from tests.city import STAR, City
from tests.engine.definitions.tables import decision_file, table
from tests.engine.spiff.oracle import drawing
from tests.engine.spiff.oracle.observing import Seen, as_words
from tests.engine.spiff.random_processes import comparing
from tests.engine.spiff.random_processes.comparing import Command
from tests.engine.spiff.random_processes.growing import Field
from tests.faults.invariants import NoHost, broken_invariants

WORKER = "town_union"
_TO_DO = (UserTask.state.in_(("open", "claimed")), UserTask.principal_id.is_(None))


@reversible
def outcome(call: ServiceCall) -> Mapping[str, Any]:
    """The service of all random processes: it does what it is told."""
    told = call.inputs.get("outcome")
    if told == "fail":
        raise ServiceRefused()
    if told not in (None, "ok"):
        raise BusinessError(told)
    return {}


def deploy(city: City, grown: Field, *, properties: str = "") -> None:
    """Keeps the diagram without asking the door: what is random need not be good style."""
    form = {"id": drawing.FORM, "type": "default", "schemaVersion": 18, "components": [_ANSWER]}
    files = drawing.files(grown.diagram, properties=properties)
    files |= {"forms/answers.form": json.dumps(form).encode(), "decided.dmn": decision_file(table(("-", "1")))}
    bundle = Bundle.load(files)
    with city.session() as session, session.begin():
        version = 1 + len(session.scalars(select(Deployment.id)).all())
        deployment = Deployment(
            id=new_id(),
            process=bundle.process_key,
            name=bundle.name,
            version=version,
            content_hash=bundle.content_hash,
            deployed_by="",
            deployed_at=city.clock.now,
        )
        session.add(deployment)
        session.flush()
        session.add_all(DeploymentFile(deployment_id=deployment.id, path=p, content=c) for p, c in files.items())


_ANSWER = {"id": "answer", "key": "answer", "label": "answer", "type": "number"}


@contextmanager
def listening(heard: list[str]) -> Iterator[None]:
    """Notes what every process in this Python process performs and announces, failed or not."""
    perform, announce = Automation.perform, Automation.announce

    def perform_loudly(host: Automation, element_id: str, words: Locals) -> None:
        heard.append(element_id)
        perform(host, element_id, words)

    def announce_loudly(host: Automation, element_id: str, words: Locals, *, token: str) -> None:
        heard.append(element_id)
        announce(host, element_id, words, token=token)

    Automation.perform, Automation.announce = perform_loudly, announce_loudly  # type: ignore[method-assign]
    try:
        yield
    finally:
        Automation.perform, Automation.announce = perform, announce  # type: ignore[method-assign]


class InDatabase:
    """`send` runs one command for a person; a test may put something between."""

    chooses = frozenset({comparing.RETRY, "message"})
    properties = ""  # of the process, as extension elements

    def __init__(self, city: City, grown: Field) -> None:
        self.city, self.diagram = city, grown.diagram
        self.case_id = ""
        self.performed: list[str] = []
        self._name, self._sent = new_id(), 0
        city.engine.services[drawing.SERVICE] = outcome
        self.deploy(grown)

    def deploy(self, grown: Field) -> None:
        deploy(self.city, grown, properties=self.properties)

    def send(self, *commands: tuple[EngineCommand[Any], str]) -> Any:
        """Commands with who gives them, one after the other; gives the result of the last."""
        with listening(self.performed):
            return [self.city.run(command, by=by, idempotency_key=self.key()) for command, by in commands][-1]

    def key(self) -> str:
        self._sent += 1
        return f"{self._name}-{self._sent}"

    def begin(self, variables: Mapping[str, Any]) -> None:
        assert not variables, "facts come with the first command"
        self.case_id = self.send((StartCase(process="p", enterprise=STAR), WORKER))
        self.number = self.row(Case, Case.id == self.case_id).number

    def do(self, command: Command) -> None:
        self._learn(command.learned)
        self.send(*self._commands(command))
        assert self.broken() == []

    def _commands(self, command: Command) -> Iterator[tuple[EngineCommand[Any], str]]:
        here = {"case_id": self.case_id, "element_id": command.element}
        match command.kind:
            case "user":
                task = self.task_at(command)
                yield ClaimTask(task_id=task.id), WORKER
                yield CompleteTask(task_id=task.id, answers=command.written), WORKER
            case "timer":
                clock = self._at_place(Clock, command, Clock.state == "running")
                self._make_due(clock)
                yield FireClock(clock_id=clock.id), "system"
            case "message":
                name = self.diagram.nodes[command.element].name or ""
                yield DeliverMessage(name=name, key=self.number, message_id=self.key()), "admin"
            case comparing.RETRY:
                incident = self.row(Incident, *self._are(Incident, here), Incident.state == "open")
                yield RetryIncident(incident_id=incident.id), "admin"
            case other:
                raise AssertionError(other)

    def task_at(self, command: Command) -> UserTask:
        """The open task that a command completes; what asks others to sign it stands at the same place."""
        found: UserTask = self._at_place(UserTask, command, *_TO_DO)
        return found

    def _at_place(self, model: Any, command: Command, *where: Any) -> Any:
        """The row of the step with the local variables that are meant."""
        rows = self.city.rows(model, model.case_id == self.case_id, model.element_id == command.element, *where)
        steps = self._steps()
        return next(row for row in rows if command.words in (None, as_words(steps[row.step_id].words)))

    def _are(self, model: Any, facts: Mapping[str, Any]) -> list[Any]:
        return [getattr(model, name) == value for name, value in facts.items()]

    def row(self, model: Any, *where: Any) -> Any:
        return self.city.rows(model, *where)[0]

    def _learn(self, facts: Mapping[str, Any]) -> None:
        """Facts change behind the back of the process."""
        with self.city.session() as session, session.begin():
            instance = session.scalars(select(ProcessInstance).where(ProcessInstance.case_id == self.case_id)).one()
            instance.variables = {**instance.variables, **facts}

    def _make_due(self, clock: Clock) -> None:
        with self.city.session() as session, session.begin():
            session.get_one(Clock, clock.id).due_at = self.city.clock.now

    def heard(self) -> Sequence[str] | None:
        heard, self.performed = self.performed, []
        return heard

    def broken(self) -> list[str]:
        return broken_invariants(self.city.engine, case_id=self.case_id)

    def seen(self) -> Seen:
        steps = self._steps()
        rows = [(UserTask, "user"), (Clock, "timer"), (MessageWait, "message")]
        live = {UserTask: _TO_DO, Clock: (Clock.state.in_(("running", "paused")),)}
        waiting: Counter[Any] = Counter((s.element_id, s.kind, as_words(s.words)) for s in _conditions(steps))
        for model, kind in rows:
            for row in self.city.rows(model, model.case_id == self.case_id, *live.get(model, ())):
                waiting[row.element_id, kind, as_words(steps[row.step_id].words)] += 1
        return Seen(
            waiting=waiting,
            failed=Counter(row.element_id for row in self._incidents()),
            occupied=frozenset(self._run().occupied),
            is_finished=self.row(Case, Case.id == self.case_id).status == "completed",
            variables={name: value for name, value in self._instance().variables.items() if value is not None},
        )

    def _incidents(self) -> list[Incident]:
        return self.city.rows(Incident, Incident.case_id == self.case_id, Incident.state == "open")

    def _instance(self) -> ProcessInstance:
        return self.row(ProcessInstance, ProcessInstance.case_id == self.case_id)

    def _run(self) -> ProcessRun:
        """What the stored bytes say."""
        instance, catalogue = self._instance(), self.city.engine.catalogue
        with self.city.engine.reading() as session:
            bundle = catalogue.bundle(session, instance.deployment_id)
        return ProcessRun.restore(instance.state, catalogue.specs.specs(bundle.content_hash, bundle.process), NoHost())

    def _steps(self) -> dict[str, Step]:
        return {step.id: step for step in self._run().steps}


def _conditions(steps: Mapping[str, Step]) -> Iterator[Step]:
    return (step for step in steps.values() if step.kind == "condition")
