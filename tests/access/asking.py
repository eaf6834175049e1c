"""Every address of the application that can be asked for, with every id of the two towns, asked by one person."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from urllib.parse import urlencode

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from engine.model import (
    Batch,
    Clause,
    Document,
    Negotiation,
    Organisation,
    Person,
    RosterImport,
    SavedView,
    UserTask,
)
from tests.access.canaries import Canary
from tests.access.people import EVERYBODY, NOBODY, PLACES, has_part
from tests.access.two_towns import TwoTowns
from tests.access.unpacking import text_of

# What is the same for everybody, or has no ids that a stranger could know.
APART = (
    "/assets/", "/locale/", "/unsubscribe/", "/login", "/metrics", "/healthz", "/readyz", "/api/v1/openapi.json",
    "/papers/", "/api/v1/papers/",
)  # fmt: skip
# The beginning of every word of ours, and of the name of every enterprise.
STEMS = ("qz", "永康市")
ASKED_WITH = {
    "/tasks": [{"view": view, "q": stem} for view in ("group", "done") for stem in STEMS],
    "/tasks/suggest": [{"typed": f"{word}{stem}"} for word in ("", "企业:") for stem in STEMS],
    "/tasks/news": [{"view": "group", "counts": "1", "since": "2026-01-01T00:00:00+00:00"}],
    "/cases": [{"q": stem} for stem in STEMS],
    "/api/v1/cases": [{"text": stem} for stem in STEMS],
    "/api/v1/tasks": [{"view": view, "text": stem} for view in ("group", "done") for stem in STEMS],
    **{
        path: [{"q": stem} for stem in STEMS]
        for path in (
            "/people", "/organisations", "/rosters", "/online-voting", "/api/v1/people", "/api/v1/organisations",
            "/api/v1/rosters", "/experts", "/api/v1/experts",
        )
    },
    "/audit": [{"stream": stream} for stream in ("administration", "system")],
    "/api/v1/audit": [{"stream": stream} for stream in ("administration", "system")],
    "/cases/<case_id>/diagram": [{"step": "2"}],
}  # fmt: skip
# Routes that are asked once more for each of the two enterprises.
FOR_AN_ENTERPRISE = ("/cases/new/<process>", "/api/v1/processes/<key>/start-form", "/tasks", "/api/v1/tasks")
# What was handed in stands in one place only; the other pages of a task are asked for a few of them.
EVERY_TASK = "/api/v1/tasks/<task_id>"
# The dialogs of a task, and what belongs to ballots, of which these towns have none.
ONE_IS_ENOUGH = ("/tasks/<task_id>/", "/ballots/")
_ONE_OF = re.compile(r"<any\(([^)]*)\):(\w+)>")
_ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Asked:
    """One answer: to whom, for what, how it ended and what of ours was in it."""

    role: str
    path: str
    status: int
    found: frozenset[Canary] = frozenset()
    secrets: frozenset[str] = frozenset()


@dataclass
class Asking:
    """Of a case of which somebody sees nothing, they are given one id of each kind: another one for everybody."""

    app: Flask
    towns: TwoTowns
    pools: dict[str, list[str]] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.app.extensions["tongban"] = self.towns.city.engine
        self.pools = pools_of(self.towns)
        self.places = places_of(self.towns)
        self._client: FlaskClient = self.app.test_client(use_cookies=False)

    def content(self, role: str, path: str) -> bytes:
        """The answer as it is."""
        content: bytes = self._get(role, path).data
        return content

    def _get(self, role: str, path: str) -> TestResponse:
        token = self.towns.tokens.get(role)
        headers = {"Authorization": f"Bearer {token}"} if token and role != NOBODY else {}
        return self._client.get(path, headers=headers)

    def ask(self, role: str, path: str) -> Asked:
        answer = self._get(role, path)
        text = text_of(answer.data + str(answer.headers).encode())
        found = frozenset(self.towns.canaries.found_in(text))
        shown = frozenset(secret for secret in self.towns.secrets if secret in text)
        return Asked(role, path, answer.status_code, found, shown)

    def everything(self, role: str, *, below: str = "/") -> Iterator[Asked]:
        """All that may be asked for below an address."""
        for rule in routes(self.app):
            if rule.startswith(below):
                for path in self.paths(rule, role):
                    yield self.ask(role, path)

    def paths(self, rule: str, role: str) -> Iterator[str]:
        """The addresses of a route for this person. Raises KeyError for an argument that has no ids yet."""
        names = _ARGUMENT.findall(rule)
        choices = [self._of(name, rule, role) for name in names]
        for values in product(*choices):
            given = dict(zip(names, values, strict=True))
            if self._belong_together(given):
                plain = _ARGUMENT.sub(lambda found, given=given: given[found[1]], rule)  # type: ignore[misc]
                yield plain
                yield from (f"{plain}?{urlencode(query)}" for query in ASKED_WITH.get(rule, ()))
                if rule in FOR_AN_ENTERPRISE:
                    yield from (f"{plain}?enterprise={id_}" for id_ in self.pools["enterprise_id"])

    def _of(self, name: str, rule: str, role: str) -> list[str]:
        """The address of a calendar is a secret: everybody knows their own."""
        if name == "token":
            return [self.towns.feeds.get(role, "none")]
        ids = self.pools["every task"] if rule == EVERY_TASK else self.pools[name]
        own = [id_ for id_ in ids if id_ not in self.places or has_part(role, self.places[id_])]
        if any(part in rule for part in ONE_IS_ENOUGH):
            own = self._of_each_place(own, turn=0)
        foreign = [id_ for id_ in ids if id_ in self.places and not has_part(role, self.places[id_])]
        return own + self._of_each_place(foreign, turn=EVERYBODY.index(role))

    def _of_each_place(self, ids: list[str], *, turn: int) -> list[str]:
        found = [[id_ for id_ in ids if self.places.get(id_) == place] for place in PLACES]
        return [of_place[turn % len(of_place)] for of_place in found if of_place]

    def strange(self, role: str) -> Iterator[tuple[str, str]]:
        """(address of something in a case of which they see nothing, the same address with an id that nobody has)."""
        for rule in routes(self.app):
            if set(_ARGUMENT.findall(rule)) & {"case_id", "task_id", "document_id"} and "ballot_id" not in rule:
                none = _ARGUMENT.sub("none", rule)
                for path in self.paths(rule, role):
                    ids = [part for part in path.split("/") if part in self.places]
                    if ids and not any(has_part(role, self.places[id_]) for id_ in ids):
                        yield path, none

    def _belong_together(self, given: Mapping[str, str]) -> bool:
        """A clause is asked for in its own case, and once in another."""
        case_id, clause_id = given.get("case_id"), given.get("clause_id")
        return clause_id is None or clause_id in self.pools[f"clauses of {case_id}"]


def routes(app: Flask) -> list[str]:
    """The routes that answer to GET, each of its alternatives written out."""
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    return sorted(path for rule in rules for path in _written_out(rule) if not path.startswith(APART))


def _written_out(rule: Rule) -> list[str]:
    choice = _ONE_OF.search(rule.rule)
    if choice is None:
        return [rule.rule]
    return [rule.rule.replace(choice[0], one.strip()) for one in choice[1].split(",")]


def pools_of(towns: TwoTowns) -> dict[str, list[str]]:
    """Ids of both towns by the name of the argument; what a route takes and is not here fails the test."""
    rows, cases = towns.city.rows, list(towns.cases.values())
    people = [p.id for p in rows(Person, Person.username.in_(("rep1", "rep12", "rep2_1", "rep2_12", "rep40")))]
    places = [o.id for o in rows(Organisation, Organisation.uscc.is_not(None))]
    kept: dict[str, list[str]] = {
        "case_id": cases,
        "every task": [task.id for task in rows(UserTask, UserTask.discretionary.is_(False))],
        "task_id": [id_ for case_id in cases for id_ in _some_tasks(towns, case_id)],
        "document_id": [d.id for d in rows(Document) if d.name.startswith("qz")],
        "clause_id": [],
        "view_id": [view.id for view in rows(SavedView)],
        "batch_id": [batch.id for batch in rows(Batch)],
        "import_id": [run.id for run in rows(RosterImport)],
        "person_id": people,
        "organisation_id": places,
        "enterprise_id": places,
        "process": ["wage_consultation"],
        "key": ["wage_consultation", "contract", "minutes"],
        "version": ["1"],
        "kind": ["enterprise", "docx"],
        **{name: ["none"] for name in ("ballot_id", "demand_id", "survey_id", "draft_id", "trial_id", "run_id")},
        "spot_code": ["none"],
    }
    for talks in rows(Negotiation):
        clauses = sorted(rows(Clause, Clause.negotiation_id == talks.id), key=lambda clause: clause.position)
        written = [clause.id for clause in (*clauses[:4], clauses[-1])]
        kept[f"clauses of {talks.case_id}"] = written
        kept["clause_id"] += written
    for case_id in cases:
        kept.setdefault(f"clauses of {case_id}", kept["clause_id"][:1])
    return kept


def _some_tasks(towns: TwoTowns, case_id: str) -> list[str]:
    """Those that are open, and of those done the first and the last ones."""
    tasks = sorted(towns.city.rows(UserTask, UserTask.case_id == case_id), key=lambda task: task.created_at)
    alive = [task.id for task in tasks if task.state in ("open", "claimed") and not task.discretionary]
    done = [task.id for task in tasks if task.state == "completed"]
    return [*alive, *done[:1], *done[-1:]]


def places_of(towns: TwoTowns) -> dict[str, str]:
    """In which case everything is that belongs to one, by id."""
    found = {case_id: place for place, case_id in towns.cases.items()}
    talks = {talk.id: talk.case_id for talk in towns.city.rows(Negotiation)}
    owned = [(task.id, task.case_id) for task in towns.city.rows(UserTask)]
    owned += [(document.id, document.case_id) for document in towns.city.rows(Document) if document.case_id]
    owned += [(clause.id, talks[clause.negotiation_id]) for clause in towns.city.rows(Clause)]
    return found | {id_: found[case_id] for id_, case_id in owned}
