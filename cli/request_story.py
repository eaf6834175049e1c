"""One request of 五师助企 as it was lived: what the story says, and where it says nothing, what is usual.

A story (`seeds/stories/requests_*.yml`) says what is special; all else is done by whom it waits for, some hours later.

    enterprise  whose request, by its short name (`seeds/demo_city.py`); `by`: hr, liaison or hotline, else the manager
    ago         how many working days before now it was made
    stay        tasks that are left as they are
    hours       working hours that somebody takes for a task
    says        what is written, by field, where it needs be by profession
    plan        what happens as soon as a task waits (`when`): other answers, or something else is begun (`initiate`)
    decline, recuse, experts, lead: who says no and why, who has a conflict, who takes it, the profession of the lead
    intake, field, contact, visit: what is decided, with which field, `consult` for no visit, in how many working days
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cli.past import HOURS, WorkingHours
from cli.request_answers import Scene, answers_of, request_of
from cli.townspeople import Townspeople
from cli.visit_pictures import workshop_picture
from engine.actor import SYSTEM, Actor
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.decline_task import DeclineTask
from engine.commands.start_case import StartCase
from engine.commands.upload_document import UploadDocument
from engine.engine import Engine
from engine.errors import EngineError
from engine.queries.case_file import CaseFile, case_file
from engine.queries.initiatives import initiatives
from engine.queries.rows import TaskRow
from playing.expectations import ScenarioFailed
from playing.player import said
from seeds.demo_city import LIAISONS, SPOKEN_OF, TOWN_OFFICES

PROCESS = "expert_dispatch"
_SEED = 20261123
# How many working hours people take, where a story does not say so.
_HOURS = {
    "accept_request": 3, "confirm_triage": 2, "answer_offer": 2, "choose_lead": 2, "first_contact": 5,
    "record_visit": 18, "confirm_visit": 2, "write_advice": 14, "write_joint_report": 10, "confirm_advice": 6,
    "close_request": 6, "evaluate_service": 8, "call_back": 14, "archive_request": 6, "follow_up": 40,
    "rework_request": 16, "record_reply": 45,
}  # fmt: skip
_OF_TOWNS = {"liaison": LIAISONS, "town_office": TOWN_OFFICES}
_USUAL, _SOON = 5.0, 6.0
_WHO = ("decide_replacement", "answer_offer")
_EVERY_SO_MANY = 2  # stories: of the others nobody took photos


@dataclass(frozen=True)
class Around:
    """What all stories share; `first` are the ids of cases by enterprise and title."""

    engine: Engine
    hours: WorkingHours
    people: Townspeople
    first: dict[tuple[str, str], str] = field(default_factory=dict)


class RequestStory:
    def __init__(self, told: Mapping[str, Any], number: int, around: Around) -> None:
        self.told, self.number, self._around = told, number, around
        self.enterprise, self.speaker, self.town = SPOKEN_OF[told["enterprise"]]
        self.begins = around.hours.now - told["ago"] * HOURS
        self._engine, self._people = around.engine, around.people
        self._dice = random.Random(_SEED + number)  # noqa: S311 - the same city every time
        self._plan = list(told.get("plan", []))
        self._refusals = dict(told.get("decline", {}))
        self._recused = dict(told.get("recuse", {}))
        self._case_id = ""
        self._has_begun_something = False
        self._looked: tuple[int, CaseFile] | None = None
        self._parties: Mapping[str, tuple[str, ...]] = {}

    def go_on(self, hour: float, *, fired: int) -> float | None:
        """The next thing that happens; gives the hour of the one after it, None when the story rests.

        `fired` is how many deadlines have passed in the city: as long as it is the same, nothing else moves this case.
        """
        if self._has_begun_something:  # what came of it was not there yet when it was looked for
            self._looked, self._has_begun_something = None, False
        if not self._case_id:
            self._begin()
        else:
            task = self._next(fired)
            if task is None:
                return None
            self._try(task)
        following = self._next(fired)
        return None if following is None else hour + self._takes(following)

    def _begin(self) -> None:
        usernames = {"liaison": LIAISONS[self.town], "hotline": "federation", "hr": self.speaker.replace("boss", "hr")}
        by = usernames.get(self.told.get("by", ""), self.speaker)
        command = StartCase(process=PROCESS, answers=request_of(self._scene()), enterprise=self.enterprise)
        self._case_id = self._engine.run(command, actor=self._people.actor(by))
        self._around.first.setdefault((self.enterprise, self.told["title"]), self._case_id)

    def _next(self, fired: int) -> TaskRow | None:
        """What is to be done next of all that waits."""
        if self._looked is None or self._looked[0] != fired:
            self._looked = fired, self._file(self._case_id)
        file = self._looked[1]
        self._parties = file.case.parties
        owed = sorted(file.tasks, key=self._turn)
        return next((task for task in owed if self._is_to_be_done(task)), None)

    def _turn(self, task: TaskRow) -> tuple[Any, ...]:
        """The oldest first; before all others who is to do it."""
        return (task.element_id not in _WHO, task.created_at, task.element_id, self._profession(task) or "")

    def _is_to_be_done(self, task: TaskRow) -> bool:
        is_special = self._step_at(task) or self._who_says_no(task)
        return bool(is_special) or task.element_id not in self.told.get("stay", ())

    def _takes(self, task: TaskRow) -> float:
        if self._step_at(task):
            return _SOON
        usual = self.told.get("hours", {}).get(task.element_id, _HOURS.get(task.element_id, _USUAL))
        return float(usual) * self._dice.uniform(0.7, 1.2)

    def _try(self, task: TaskRow) -> None:
        """Raises ScenarioFailed naming the story and the task."""
        try:
            self._do(task)
        except EngineError as failure:
            where = f"{self.told['enterprise']} {self.told['title']}, {task.element_id}"
            raise ScenarioFailed(f"{where}: {said(failure)}") from failure
        self._looked = None

    def _do(self, task: TaskRow) -> None:
        step, username = self._step_at(task), self._who_says_no(task)
        if step:
            self._plan.remove(step)
        if step and "initiate" in step:
            self._initiate(step)
        elif username:
            self._say_no(task, username)
        else:
            self._complete(task, self._doer(task), step.get("answers", {}) if step else {})

    def _step_at(self, task: TaskRow) -> Mapping[str, Any] | None:
        return next((step for step in self._plan if step["when"] == task.element_id), None)

    def _complete(self, task: TaskRow, username: str, more: Mapping[str, Any]) -> None:
        actor = self._people.actor(username)
        if task.assignee != username and not task.discretionary:
            self._engine.run(ClaimTask(task_id=task.id), actor=actor)
        answers = answers_of(task.form or "", self._scene(self._people.profession_of(username)), more)
        if task.form == "visit_record" and self.number % _EVERY_SO_MANY == 0:
            answers |= self._photos(task.id, actor)
        self._engine.run(CompleteTask(task_id=task.id, answers=answers), actor=actor)

    def _photos(self, task_id: str, actor: Actor) -> dict[str, Any]:
        """What the expert took at the door, as far as there is a picture of it."""
        ids = [
            self._engine.run(
                UploadDocument(
                    task_id=task_id, field_key="visit_photos", filename=f"现场{place}.png", media_type="image/png",
                    content=workshop_picture(self.number * 10 + place),
                ),
                actor=actor,
            )
            for place in range(1, 2 + self.number % 4 // 2)
        ]  # fmt: skip
        return {"visit_photos": ids, "visit_faces_consent": True}

    def _initiate(self, step: Mapping[str, Any]) -> None:
        lead = next(iter(self._parties.get("lead_expert", ())), self.speaker)
        username = {"liaison": LIAISONS[self.town], "enterprise": self.speaker}.get(step.get("as", ""), lead)
        with self._engine.reading() as session:
            offered = initiatives(
                session, self._people.actor(username), self._case_id, catalogue=self._engine.catalogue,
                now=self._engine.now(),
            )  # fmt: skip
        (task,) = (task for task in offered if task.element_id == step["initiate"])
        self._complete(task, username, step.get("answers", {}))
        self._has_begun_something = True

    def _who_says_no(self, task: TaskRow) -> str | None:
        wanting = (*self._refusals, self._recused.get(self._profession(task)))
        return next((username for username in wanting if username in task.candidate_users), None)

    def _say_no(self, task: TaskRow, username: str) -> None:
        if username in self._refusals:
            command = DeclineTask(task_id=task.id, reason=self._refusals.pop(username))
            self._engine.run(command, actor=self._people.actor(username))
            return
        del self._recused[self._profession(task)]
        self._complete(task, username, {"own_interest": True})

    def _doer(self, task: TaskRow) -> str:
        if task.assignee:
            return task.assignee
        if task.candidate_users:
            wished = self.told.get("experts", {}).get(self._profession(task))
            return self._people.choose([wished] if wished in task.candidate_users else task.candidate_users)
        for group in task.candidate_groups:
            if self._parties.get(group):
                return self._parties[group][0]
            if group in _OF_TOWNS:
                return _OF_TOWNS[group][self.town]
            if group.startswith("enterprise_"):
                return self.speaker
        return "federation"

    def _profession(self, task: TaskRow) -> str | None:
        """Of those for whom the task is meant."""
        meant = [task.assignee] if task.assignee else [*task.candidate_users]
        return self._people.profession_of(meant[0]) if meant else None

    def _scene(self, profession: str | None = None) -> Scene:
        engine, people = self._engine, self._people
        with engine.reading() as session:
            calendar = engine.catalogue.calendar(session)
        profile, is_merged = people.profile(self.enterprise), self.told.get("intake") == "merge"
        first = self._around.first.get((self.enterprise, self.told["title"])) if is_merged else None
        return Scene(
            told=self.told,
            number=self.number,
            now=engine.now(),
            calendar=calendar,
            place=profile["address"],
            speaker=people.actor(self.speaker).name,
            phone=profile["contact_phone"],
            profession=profession,
            experts=self._experts(),
            like_it=self._file(first).case.number if first else "",
        )

    def _experts(self) -> dict[str, str]:
        """Usernames and names of the experts of the case, first of whom the story wants as lead."""
        people, parties = self._people, self._parties
        joined = dict.fromkeys((*parties.get("lead_expert", ()), *parties.get("expert", ())))
        ordered = sorted(joined, key=lambda username: people.profession_of(username) != self.told.get("lead"))
        return {username: people.actor(username).name for username in ordered}

    def _file(self, case_id: str) -> CaseFile:
        with self._engine.reading() as session:
            return case_file(session, SYSTEM, case_id, catalogue=self._engine.catalogue, now=self._engine.now())
