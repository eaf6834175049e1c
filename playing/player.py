"""Plays a scenario of a process: people hand in forms, time passes, and what must be true is looked at."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any

from engine.actor import SYSTEM, Actor
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.decline_task import DeclineTask
from engine.commands.sign_in import SignIn
from engine.commands.start_case import StartCase
from engine.commands.upload_document import UploadDocument
from engine.engine import Engine
from engine.errors import EngineError, Rejected
from engine.queries.initiatives import initiatives
from engine.queries.rows import TaskRow
from engine.queries.worklist import TaskFilter, worklist
from playing.agreeing import negotiate, reopen
from playing.attachments import with_uploads
from playing.expectations import Expectations, ScenarioFailed
from playing.polls import WORDS, Polls
from playing.scenario_file import Scenario
from seeds.demo_data import PASSWORD

_DURATION = re.compile(r"P(?:(?P<days>\d+)D)?(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+)S)?)?")

_NOT_OFFERED = ["not_offered_now"]


@dataclass
class Player:
    """Acts as the people of a scenario. `open_engine` gives a new engine over the same database.

    With `restores` every own step of a story is done by a new engine, with nothing in its memory, as after a restart.
    `signed_in` are those who need not sign in any more, by username.
    """

    open_engine: Callable[[], Engine]
    restores: bool = False
    signed_in: dict[str, Actor] = field(default_factory=dict)
    _engine: Engine | None = None
    _polls: Polls | None = None

    def __enter__(self) -> "Player":
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def play(self, scenario: Scenario) -> str:
        """Plays to the end and gives the case's id. Raises ScenarioFailed naming the step."""
        case_id = self.start(scenario)
        for _ in self.go_on(scenario, case_id):
            pass
        return case_id

    def start(self, scenario: Scenario) -> str:
        """Starts the case of a story and gives its id."""
        start = scenario.story["start"]
        actor = self.actor(start["as"])
        command = StartCase(
            process=scenario.process,
            answers=self._with_files(self.answers(start, scenario), actor, task_id=None),
            parties={role: tuple(people) for role, people in start.get("parties", {}).items()},
            enterprise=start.get("enterprise"),
        )
        try:
            return self.engine.run(command, actor=actor)
        except EngineError as failure:
            raise ScenarioFailed(f"{scenario.path.name}, start: {said(failure)}") from failure

    def go_on(self, scenario: Scenario, case_id: str, *, done: int = 0) -> Iterator[int]:
        """Plays what comes after `done` steps; gives after each step how many are done."""
        self._polls = Polls(lambda: self.engine, case_id, actor=self.actor)
        end = [{"expect_end": scenario.story["ends_at"]}] if "ends_at" in scenario.story else []
        steps = [*scenario.story["steps"], *end]
        for number, step in enumerate(steps[done:], done + 1):
            if self.restores and number > scenario.inherited:
                self._close()
            try:
                self.do(step, scenario, case_id)
            except (EngineError, ScenarioFailed) as failure:
                raise ScenarioFailed(
                    f"{scenario.path.name}, step {number} {_brief(step)}: {said(failure)}"
                ) from failure
            yield number

    @property
    def engine(self) -> Engine:
        if self._engine is None:
            self._engine = self.open_engine()
        return self._engine

    def actor(self, username: str) -> Actor:
        """Signs in with the demo password, once a scenario."""
        if username not in self.signed_in:
            visitor = Actor(person_id="", username=username, name=username)
            signed = self.engine.run(SignIn(username=username, password=PASSWORD, agent="scenario"), actor=visitor)
            found = self.engine.authenticate(signed.token)
            assert found is not None
            self.signed_in[username] = found
        return self.signed_in[username]

    def answers(self, step: Mapping[str, Any], scenario: Scenario) -> dict[str, Any]:
        return answers_of(step, scenario)

    def act(self, step: Mapping[str, Any], scenario: Scenario, case_id: str) -> None:
        """One step of a case that is under way. Raises ScenarioFailed and what the commands raise."""
        self._polls = Polls(lambda: self.engine, case_id, actor=self.actor)
        self.do(step, scenario, case_id)

    def do(self, step: Mapping[str, Any], scenario: Scenario, case_id: str) -> None:
        """One step. Raises ScenarioFailed and what the commands raise."""
        if "task" in step:
            self._complete(step, scenario, case_id)
        elif "decline" in step:
            self._decline(step, case_id)
        elif "initiate" in step:
            self._initiate(step, scenario, case_id)
        elif "negotiate" in step:
            negotiate(self.engine, case_id, step, texts=texts_of(step, scenario), actor=self.actor)
        elif "reopen" in step:
            reopen(self.engine, case_id, step, actor=self.actor)
        elif "advance" in step:
            self.engine.advance_training_clock(duration(step["advance"]), actor=SYSTEM)
        elif self._polls is not None and any(word in step for word in WORDS):
            self._polls.do(step)
        elif "expect" in step:
            Expectations(self.engine, case_id, actor=self.actor).check(step["expect"])
        elif "expect_end" in step:
            Expectations(self.engine, case_id, actor=self.actor).ended_at(step["expect_end"])
        else:
            raise ScenarioFailed(
                "a step is a task, a decline, an initiate, a negotiation, an advance, an expect or about votes"
            )

    def _close(self) -> None:
        if self._engine is not None:
            self._engine.database.dispose()
            self._engine = None

    def _complete(self, step: Mapping[str, Any], scenario: Scenario, case_id: str) -> None:
        actor = self.actor(step["as"])
        task = self._task(step, actor, case_id)
        if task.assignee != actor.username:
            self.engine.run(ClaimTask(task_id=task.id), actor=actor)
        self._hand_in(step, scenario, actor=actor, task_id=task.id)

    def _decline(self, step: Mapping[str, Any], case_id: str) -> None:
        """Say no to a task that one was offered by name."""
        actor = self.actor(step["as"])
        task = self._task({**step, "task": step["decline"]}, actor, case_id)
        self.engine.run(DeclineTask(task_id=task.id, reason=step["reason"]), actor=actor)

    def _initiate(self, step: Mapping[str, Any], scenario: Scenario, case_id: str) -> None:
        """Start what may be started at any time, as it is offered to this person on the case page."""
        actor, engine = self.actor(step["as"]), self.engine
        with engine.reading() as session:
            offered = initiatives(session, actor, case_id, catalogue=engine.catalogue, now=engine.now())
        found = [task for task in offered if task.element_id == step["initiate"]]
        is_expected = step.get("expect_problems") != _NOT_OFFERED
        if bool(found) != is_expected:
            may = ", ".join(sorted(task.element_id for task in offered)) or "nothing"
            raise ScenarioFailed(f"{step['as']} may {'not ' if is_expected else ''}start {step['initiate']}: {may}")
        if found:
            self._hand_in(step, scenario, actor=actor, task_id=found[0].id)

    def _hand_in(self, step: Mapping[str, Any], scenario: Scenario, *, actor: Actor, task_id: str) -> None:
        answers = self._with_files(self.answers(step, scenario), actor, task_id=task_id)
        command = CompleteTask(task_id=task_id, answers=answers)
        expected = step.get("expect_problems")
        if expected is None:
            self.engine.run(command, actor=actor)
            return
        try:
            self.engine.run(command, actor=actor)
        except Rejected as refusal:
            _compare_problems(refusal, expected)
        else:
            raise ScenarioFailed(f"these answers should have been refused for {expected}")

    def _with_files(self, answers: dict[str, Any], actor: Actor, *, task_id: str | None) -> dict[str, Any]:
        def upload(key: str, name: str, content: bytes) -> str:
            command = UploadDocument(field_key=key, filename=name, media_type="", content=content, task_id=task_id)
            return self.engine.run(command, actor=actor)

        attached: dict[str, Any] = with_uploads(answers, upload)
        return attached

    def _task(self, step: Mapping[str, Any], actor: Actor, case_id: str) -> TaskRow:
        """The task as this person finds it in the worklist; who cannot find it cannot do it."""
        engine = self.engine
        with engine.reading() as session:
            for view in ("mine", "claimable"):
                filters = TaskFilter(view=view, case_id=case_id)
                page = worklist(
                    session, actor, filters=filters, catalogue=engine.catalogue, now=engine.now(), limit=200
                )
                found = [task for task in page.items if task.element_id == step["task"]]
                if found:
                    return found[0]
        raise ScenarioFailed(f"{step['as']} has no open task {step['task']}")


def duration(text: str) -> timedelta:
    """An ISO 8601 duration of days and times. Raises ScenarioFailed."""
    found = _DURATION.fullmatch(text)
    if not found:
        raise ScenarioFailed(f"{text} is not an ISO 8601 duration")
    return timedelta(**{unit: int(amount) for unit, amount in found.groupdict().items() if amount})


def answers_of(step: Mapping[str, Any], scenario: Scenario) -> dict[str, Any]:
    """`answers_from` an example of the form, with `answers` on top."""
    answers: dict[str, Any] = {}
    if "answers_from" in step:
        path = scenario.examples / f"{step['answers_from'].removesuffix('.json')}.json"
        example = json.loads(path.read_text("utf-8"), parse_float=Decimal)
        answers = dict(example.get("answers", example))
    return answers | _plain(step.get("answers", {}))


def texts_of(step: Mapping[str, Any], scenario: Scenario) -> Any:
    """Texts by head, or the clauses that the examples of a form take as agreed (in its context)."""
    named = step["negotiate"]
    if not isinstance(named, str):
        return named
    around = json.loads((scenario.examples / f"{named}.context.json").read_text("utf-8"))
    return around["variables"][step.get("variable", "协商")]["条款"]


def _plain(value: Any) -> Any:
    """What YAML read, as a form hands it in: dates as ISO text, decimals exact."""
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, float):
        return Decimal(str(value))
    return value.isoformat() if hasattr(value, "isoformat") else value


def _compare_problems(refusal: Rejected, expected: list[str]) -> None:
    """`expected` holds codes, or paths, or `path: code`."""
    found = {name for p in refusal.problems for name in (p.code, p.path, f"{p.path}: {p.code}")}
    missing = [name for name in expected if name not in found]
    if missing:
        raise ScenarioFailed(f"expected the problems {missing}, found {sorted(found)}")


def _brief(step: Mapping[str, Any]) -> str:
    return " ".join(
        f"{key}={step[key]}"
        for key in ("task", "decline", "initiate", "negotiate", "reopen", "as", "advance", *WORDS, "expect_end")
        if key in step
    )


def said(failure: Exception) -> str:
    if not isinstance(failure, EngineError):
        return str(failure)
    problems = "; ".join(f"{p.path}: {p.text or p.code} {dict(p.params)}" for p in failure.problems)
    return f"{failure.code} {failure.details or ''} {problems}".strip()
