"""A city after many years: a million tasks of two hundred thousand cases, as the engine would have written them."""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select

from bench.measuring import progress
from engine.actor import Actor, Membership
from engine.clockwork import NO_DEADLINE
from engine.engine import Engine
from engine.model import (
    Case,
    CaseAudience,
    Clock,
    Deployment,
    GroupMembership,
    Model,
    Organisation,
    Person,
    TaskOffer,
    UserTask,
)
from engine.model.base_model import exact_dumps
from engine.permissions import group_audiences, person_audience

TASKS_A_CASE = 5
LIVE_SHARE = 0.1
ENTERPRISES = 1_000
CASES_A_BATCH = 2_000
TOWNS = tuple(f"{name}镇" for name in "东西南北中上下前后左右内外远")
CITY_OFFICES = {"city_union": 4, "bargaining_guide": 6, "hrss_reviewer": 6, "hrss_leader": 2}
TOWN_OFFICES = {"town_union": 3}
STAFF = ("enterprise_manager", "enterprise_hr", "enterprise_union_officer", "congress_rep", "worker")
DOERS = ("hrss_reviewer", "city_union", "town_union", *STAFF[:3])
BUSY = 0.4  # of what a group does, its first member has done this share

Rows = dict[type[Model], list[dict[str, Any]]]


@dataclass(frozen=True)
class Inhabitant:
    id: str
    town: str | None
    organisation_id: str | None


@dataclass
class FullCity:
    """Who is there: people by group, enterprises as (id, name, town)."""

    people: dict[str, list[Inhabitant]] = field(default_factory=dict)
    enterprises: list[tuple[str, str, str]] = field(default_factory=list)

    def actor(self, group: str, number: int = 0) -> Actor:
        one = self.people[group][number]
        return Actor(one.id, one.id, one.id, (Membership(group, one.town, one.organisation_id),))


def fill(engine: Engine, *, process: str, tasks: int) -> FullCity:
    """Rows of all tables that lists read; a tenth of the cases is alive, and 6 % of the tasks are open."""
    with engine.reading() as session:
        deployment_id = session.scalars(select(Deployment.id).where(Deployment.process == process)).one()
        bundle = engine.catalogue.bundle(session, deployment_id).process
    steps = [(e.id, e.name, e.stage) for e in bundle.elements.values() if e.type == "userTask"]
    filling = _Filling(
        process=process,
        deployment_id=deployment_id,
        steps=steps,
        oversight=bundle.oversight_groups,
        cases=max(CASES_A_BATCH // 10, tasks // TASKS_A_CASE),
        now=engine.now(),
    )
    with engine.database.engine.begin() as connection:
        for rows in progress(filling.batches(), "filling a city", total=-(-filling.cases // CASES_A_BATCH) + 1):
            write(connection, rows)
    with engine.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE" if connection.dialect.name == "sqlite" else "VACUUM ANALYZE")
    return filling.city


@dataclass
class _Filling:
    process: str
    deployment_id: str
    steps: Sequence[tuple[str, str, str | None]]
    oversight: Sequence[str]
    cases: int
    now: datetime
    city: FullCity = field(default_factory=FullCity)
    dice: random.Random = field(default_factory=lambda: random.Random(20260323))

    def batches(self) -> Iterator[Rows]:
        yield self._inhabitants()
        for start in range(0, self.cases, CASES_A_BATCH):
            rows: Rows = {Case: [], CaseAudience: [], UserTask: [], TaskOffer: [], Clock: []}
            for number in range(start, min(start + CASES_A_BATCH, self.cases)):
                self._add_case(rows, number)
            yield rows

    def _inhabitants(self) -> Rows:
        rows: Rows = {Organisation: [], Person: [], GroupMembership: []}
        for group, number in CITY_OFFICES.items():
            self._settle(rows, group, number)
        for town in TOWNS:
            for group, number in TOWN_OFFICES.items():
                self._settle(rows, group, number, town=town)
        for number in range(ENTERPRISES):
            id_, name, town = self._id(), f"永康市第{number}号五金制品有限公司", TOWNS[number % len(TOWNS)]
            known = {"profile": {}, "lock_version": 1, "online_voting_off": False}
            rows[Organisation].append({"id": id_, "kind": "enterprise", "name": name, "town": town, **known})
            self.city.enterprises.append((id_, name, town))
            for group in STAFF:
                self._settle(rows, group, 1, organisation_id=id_)
        return rows

    def _settle(
        self, rows: Rows, group: str, number: int, *, town: str | None = None, organisation_id: str | None = None
    ) -> None:
        for _ in range(number):
            one = Inhabitant(self._id(), town, organisation_id)
            self.city.people.setdefault(group, []).append(one)
            known = {"id": one.id, "username": one.id, "name": f"人员{one.id[:4]}", "password_hash": "-"}
            rows[Person].append(known | {"locale": "zh", "lock_version": 1})
            belongs = {"id": self._id(), "person_id": one.id, "group": group, "town": town}
            rows[GroupMembership].append(belongs | {"organisation_id": organisation_id})

    def _add_case(self, rows: Rows, number: int) -> None:
        # The newer, the likelier alive: half of the last fifth.
        is_live = number >= self.cases * (1 - 2 * LIVE_SHARE) and self.dice.random() < 0.5
        place = self.dice.randrange(ENTERPRISES)
        case = self._case(number, place, is_live=is_live)
        rows[Case].append(case)
        staff = [self.city.people[group][place] for group in STAFF]
        keys = {person_audience(one.id) for one in staff}
        for group in self.oversight:
            keys.update(group_audiences(group, town=case["town"], organisation_id=None))
        seen = {"case_id": case["id"], "is_guest": False, "is_live": is_live}
        rows[CaseAudience] += [seen | {"audience": key} for key in sorted(keys)]
        for order in range(TASKS_A_CASE):
            self._add_task(rows, case, staff, order, is_open=is_live and order >= TASKS_A_CASE // 2)

    def _case(self, number: int, place: int, *, is_live: bool) -> dict[str, Any]:
        enterprise_id, name, town = self.city.enterprises[place]
        at = self.now - timedelta(minutes=10 * (self.cases - number))
        return {
            "id": self._id(), "number": f"XTS-{2000 + number * 26 // self.cases}-{number:06d}",
            "title": f"{name} · 工资集体协商", "process": self.process, "deployment_id": self.deployment_id,
            "stage": self.dice.choice(self.steps)[2], "enterprise_id": enterprise_id, "town": town,
            "status": ("suspended" if self.dice.random() < 0.01 else "running") if is_live else "completed",
            "parties": {}, "readers": [], "guests": [],
            "created_by": self.city.people["city_union"][0].id, "created_at": at,
            "closed_at": None if is_live else at + timedelta(days=60), "history_seq": 0, "history_head": "0" * 64,
            "lock_version": 1,
        }  # fmt: skip

    def _add_task(
        self, rows: Rows, case: Mapping[str, Any], staff: Sequence[Inhabitant], order: int, *, is_open: bool
    ) -> None:
        group = self.dice.choice(DOERS)
        who = self._doer(group, staff)
        task = self._task(case, group, who, order, is_open=is_open)
        rows[UserTask].append(task)
        if not is_open:
            return
        keys = {person_audience(who)} if group in STAFF or task["assignee_id"] else set()
        if group not in STAFF:
            keys.update(group_audiences(group, town=case["town"], organisation_id=case["enterprise_id"]))
        rows[TaskOffer] += [{"task_id": task["id"], "audience": key} for key in sorted(keys)]
        if task["due_at"] != NO_DEADLINE and self.dice.random() < 0.5:
            rows[Clock].append(self._clock(case, task))

    def _doer(self, group: str, staff: Sequence[Inhabitant]) -> str:
        if group in STAFF:
            return staff[STAFF.index(group)].id
        people = self.city.people[group]
        return people[0 if self.dice.random() < BUSY else self.dice.randrange(len(people))].id

    def _task(self, case: Mapping[str, Any], group: str, who: str, order: int, *, is_open: bool) -> dict[str, Any]:
        element, name, stage = self.dice.choice(self.steps)
        at = case["created_at"] + timedelta(days=5 * order)
        due_in = timedelta(hours=self.dice.randrange(-240, 24 * 40))
        is_claimed, is_dated = is_open and self.dice.random() < 0.4, self.dice.random() < 0.8
        return {
            "id": self._id(), "case_id": case["id"], "step_id": self._id(), "element_id": element, "name": name,
            "form": "reply", "stage": stage, "candidate_groups": [group], "priority": 50, "created_at": at,
            "due_at": (self.now + due_in if is_dated else NO_DEADLINE) if is_open else at + timedelta(days=10),
            "state": "completed" if not is_open else "claimed" if is_claimed else "open",
            "assignee_id": who if is_claimed or not is_open else None, "claimed_at": at if is_claimed else None,
            "completed_at": None if is_open else at + timedelta(days=3), "completed_by_id": None if is_open else who,
            "discretionary": False, "urged_count": 0, "lock_version": 1, "candidate_users": [],
            "taken_over": False, "signatures_awaited": {},
        }  # fmt: skip

    def _clock(self, case: Mapping[str, Any], task: Mapping[str, Any]) -> dict[str, Any]:
        is_paused = self.dice.random() < 0.03
        words = {"zh": "答复期限", "en": "Reply"}
        basis = {"name": words, "formula": words, "effect": words, "article": None, "mark": "unverified"}
        return {
            "id": self._id(), "case_id": case["id"], "element_id": task["element_id"], "task_id": task["id"],
            "rule": "reply_days", "state": "paused" if is_paused else "running", "basis": basis, "reminders": [],
            "started_on": task["created_at"].date(), "due_on": task["due_at"].date(), "due_at": task["due_at"],
            "paused_on": task["created_at"].date() if is_paused else None, "paused_days": 0, "provisional": False,
            "calendar_version": "",
        }  # fmt: skip

    def _id(self) -> str:
        return f"{self.dice.getrandbits(128):032x}"


def write(connection: Connection, rows: Rows) -> None:
    """Many rows at once; columns that they do not name have the default of the model."""
    for model, found in rows.items():
        if found and connection.dialect.name == "postgresql":
            _copy(connection, model, found)
        elif found:
            connection.execute(insert(model), found)


def _copy(connection: Connection, model: type[Model], rows: Sequence[Mapping[str, Any]]) -> None:
    rows = [{**_defaults(model, rows[0]), **row} for row in rows]
    columns = list(rows[0])
    names = ", ".join(f'"{name}"' for name in columns)
    with connection.connection.cursor().copy(f'COPY "{model.__tablename__}" ({names}) FROM STDIN') as copy:
        for row in _plain(rows, columns):
            copy.write_row(row)


def _defaults(model: type[Model], row: Mapping[str, Any]) -> dict[str, Any]:
    missing = [c for c in model.__table__.columns if c.name not in row and c.default is not None]
    return {c.name: c.default.arg(None) if c.default.is_callable else c.default.arg for c in missing}


def _plain(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> Iterator[list[Any]]:
    for row in rows:
        yield [exact_dumps(row[c]) if isinstance(row[c], dict | list) else row[c] for c in columns]
