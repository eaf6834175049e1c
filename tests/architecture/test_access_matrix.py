"""Role by route, with real requests: who may see a case, who may act on it, for whom it does not exist.

The case belongs to 星月模具 in 古山镇. `hr` is a party of it, `town_union` is in charge of that town, `town_union2`
of another one; `worker2` works in the same enterprise (`worker1` started the case), `boss2` in another.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from settings import Settings
from tests.city import PEOPLE, open_city
from tests.databases import SqliteHost
from tests.edges import open_edges
from tests.experts import enter_expert
from tests.factories import a_case

ROLES = ("nobody", "worker2", "hr", "boss2", "town_union", "town_union2", "designer", "admin", "security", "auditor")
EVERYBODY = "401 200 200 200 200 200 200 200 200 200"
THOSE_OF_THE_CASE = "401 404 200 404 200 404 404 404 404 404"
EVERYBODY_ON_PAGES = "302 200 200 200 200 200 200 200 200 200"
THOSE_OF_THE_CASE_ON_PAGES = "302 404 200 404 200 404 404 404 404 404"
KEEPERS = "401 403 403 403 403 403 403 200 200 403"
KEEPERS_ON_PAGES = "302 403 403 403 403 403 403 200 200 403"
SYSTEM_ADMINISTRATOR = "401 403 403 403 403 403 403 422 403 403"
SECURITY_ADMINISTRATOR = "401 403 403 403 403 403 403 403 422 403"
CASE_VIEWS = ("", "/clocks", "/copies", "/diagram", "/documents", "/evidence", "/history", "/notices", "/waiting")
CASE_PAGES = ("", "/ballots", "/copies", "/diagram", "/diagram.bpmn", "/documents", "/evidence", "/timeline")
LISTS = (
    "me",
    "me/copies",
    "me/mail",
    "me/notices",
    "me/stand-ins",
    "processes",
    "processes/improvement_suggestion",
    "cases",
    "tasks",
    "incidents",
)
PAGES = (
    "copies",
    "cases",
    "cases/new",
    "me",
    "me/notices",
    "me/stand-ins",
    "me/stand-ins/new",
    "notices",
    "processes",
    "processes/improvement_suggestion",
    "tasks",
)
READING = {
    **{f"/api/v1/{name}": EVERYBODY for name in LISTS},
    **{f"/api/v1/cases/{{case}}{view}": THOSE_OF_THE_CASE for view in CASE_VIEWS},
    "/api/v1/tasks/{task}": THOSE_OF_THE_CASE,
    **{f"/{name}": EVERYBODY_ON_PAGES for name in PAGES},
    **{f"/cases/{{case}}{page}": THOSE_OF_THE_CASE_ON_PAGES for page in CASE_PAGES},
    "/cases/{case}/dispatch": "302 404 403 404 200 404 404 404 404 404",
    "/tasks/{task}": THOSE_OF_THE_CASE_ON_PAGES,
    "/tasks/{task}/urge": THOSE_OF_THE_CASE_ON_PAGES,
    "/tasks/{task}/return": THOSE_OF_THE_CASE_ON_PAGES,
    "/tasks/{task}/recall": THOSE_OF_THE_CASE_ON_PAGES,
    "/tasks/{task}/cosign": THOSE_OF_THE_CASE_ON_PAGES,
    "/tasks/{task}/cosign/removal": THOSE_OF_THE_CASE_ON_PAGES,
    "/api/v1/tasks/{task}/cosigners": THOSE_OF_THE_CASE,
    **dict.fromkeys(("/organisations", "/people", "/people/{person}"), KEEPERS_ON_PAGES),
    **dict.fromkeys((f"/api/v1/{name}" for name in ("organisations", "people", "people/{person}")), KEEPERS),
    **dict.fromkeys(("/people/new", "/organisations/new/office"), "302 403 403 403 403 403 403 200 403 403"),
    **dict.fromkeys(("/audit", "/audit/chain"), "302 403 403 403 403 403 403 403 403 200"),
    "/api/v1/experts": "401 403 403 403 403 403 403 403 200 403",
    "/api/v1/experts/{expert}": "401 404 404 404 404 404 404 404 200 404",
    "/experts": "302 403 403 403 403 403 403 403 200 403",
    "/experts/{expert}": "302 404 404 404 404 404 404 404 200 404",
    "/me/expert": EVERYBODY_ON_PAGES,
    **dict.fromkeys(("/experts/new", "/experts/import"), "302 403 403 403 403 403 403 403 200 403"),
    "/api/v1/audit": "401 403 403 403 403 403 403 403 403 200",
    "/api/v1/people/{person}/stand-ins": KEEPERS,
    "/people/{person}/stand-ins": "302 403 403 403 403 403 403 403 200 403",
    "/people/{person}/memberships": "302 403 403 403 403 403 403 403 200 403",
    **dict.fromkeys(("/incidents", "/mails"), "302 403 403 403 403 403 403 200 403 403"),
    "/api/v1/mails": "401 403 403 403 403 403 403 200 403 403",
    "/designer/migrations": "302 403 403 403 403 403 200 200 403 403",
    "/api/v1/migrations": "401 403 403 403 403 403 200 200 403 403",
    "/designer/check": "302 403 403 403 403 403 200 200 403 403",
    "/healthz": "200 200 200 200 200 200 200 200 200 200",
    "/login": "200 302 302 302 302 302 302 302 302 302",
}
FILES = {"files": ("wrong.bpmn", b"<wrong/>")}
FOREIGN = {"file": ("wrong.bpmn", b"<wrong/>")}
NO_REASON = {"reason": " "}
NOBODY_STANDS_IN = {"stand_in": "nobody", "starts_on": "2026-03-02", "ends_on": "2026-03-03", "reason": "as asked"}
NO_DAYS = {"absent_from": "2026-03-02", "absent_until": "2026-03-01"}
# In this order: the last line takes the task.
WRITING: tuple[tuple[str, Any, str], ...] = (
    ("cases/{case}/cancel", {"reason": "x"}, "401 404 403 404 422 404 404 404 404 404"),
    ("cases/{case}/suspend", {"reason": "x"}, "401 404 403 404 422 404 404 404 404 404"),
    ("cases/{case}/resume", {"reason": "again"}, "401 404 403 404 409 404 404 404 404 404"),
    (
        "cases/{case}/parties",
        {"role": "enterprise_hr", "persons": ["hr"], "reason": "as before"},
        "401 404 403 404 200 404 404 404 404 404",
    ),
    ("tasks/{task}/assign", {"assignee": "nobody", "reason": "as asked"}, "401 404 403 404 422 404 404 404 404 404"),
    ("cases/{case}/copies", {"to": ["nobody"]}, "401 404 422 404 422 404 404 404 404 404"),
    ("tasks/{task}/transfer", {"assignee": "hr", "reason": "as asked"}, "401 404 409 404 409 404 404 404 404 404"),
    ("tasks/{task}/delegate", {"assignee": "hr", "reason": "as asked"}, "401 404 409 404 409 404 404 404 404 404"),
    ("tasks/{task}/hand-back", {}, "401 404 409 404 409 404 404 404 404 404"),
    ("tasks/{task}/take-back", None, "401 404 409 404 409 404 404 404 404 404"),
    ("tasks/{task}/return", {"reason": "look"}, "401 404 409 404 404 404 404 404 404 404"),
    ("tasks/{task}/recall", {}, "401 404 409 404 409 404 404 404 404 404"),
    ("tasks/{task}/cosigners", {"to": ["hr"]}, "401 404 409 404 409 404 404 404 404 404"),
    ("tasks/{task}/cosigners/removal", {"signer": "hr", "reason": "x"}, "401 404 404 404 404 404 404 404 404 404"),
    ("tasks/{task}/sign", {"verdict": "agree"}, "401 404 409 404 409 404 404 404 404 404"),
    ("tasks/{task}/take-back-hand-in", {}, "401 404 409 404 409 404 404 404 404 404"),
    ("tasks/{task}/urge", {}, "401 404 200 404 409 404 404 404 404 404"),
    ("copies/{task}/read", None, "401 404 404 404 404 404 404 404 404 404"),
    ("tasks/{task}/complete", {"answers": {}}, "401 404 409 404 409 404 404 404 404 404"),
    ("tasks/{task}/draft", {"answers": {}}, "401 404 409 404 409 404 404 404 404 404"),
    ("tasks/{task}/release", None, "401 404 409 404 409 404 404 404 404 404"),
    ("messages", {"name": "m", "key": "k", "id": "1", "payload": {}}, "401 403 403 403 403 403 403 200 403 403"),
    ("deployments/check", FILES, "401 403 403 403 403 403 200 403 403 403"),
    ("deployments", FILES, "401 403 403 403 403 403 422 403 403 403"),
    ("imports", FOREIGN, "401 403 403 403 403 403 200 403 403 403"),
    ("organisations", {"kind": "office", "answers": {}}, SYSTEM_ADMINISTRATOR),
    ("people", {"username": "X", "name": "x"}, SYSTEM_ADMINISTRATOR),
    ("people/{person}/leaving", NO_REASON, SYSTEM_ADMINISTRATOR),
    ("people/{person}/return", NO_REASON, SYSTEM_ADMINISTRATOR),
    ("people/{person}/memberships", {"group": "town_union", "reason": "x"}, SECURITY_ADMINISTRATOR),
    ("people/{person}/unlock", NO_REASON, SECURITY_ADMINISTRATOR),
    ("people/{person}/password", NO_REASON, SECURITY_ADMINISTRATOR),
    ("people/{person}/stand-ins", NOBODY_STANDS_IN, SECURITY_ADMINISTRATOR),
    ("me/stand-ins", NOBODY_STANDS_IN, "401 422 422 422 422 422 422 422 422 422"),
    ("stand-ins/none/end", NO_REASON, "401 404 404 404 404 404 404 404 404 404"),
    ("memberships/none/end", NO_REASON, SECURITY_ADMINISTRATOR),
    ("experts/{expert}/status", {"status": "active", "reason": "x"}, "401 403 403 403 403 403 403 403 422 403"),
    ("experts/{expert}/absence", NO_DAYS, "401 404 404 404 404 404 404 404 422 404"),
    ("audit/excerpts", {}, "401 403 403 403 403 403 403 403 403 200"),
    ("invitations", {"person_ids": ["none"]}, "401 403 403 403 403 403 403 403 409 403"),
    ("demo/clock", {"advance": "PT1S"}, "401 200 200 200 200 200 200 200 200 200"),
    ("tasks/{task}/claim", None, "401 404 200 404 403 404 404 404 404 404"),
)


@dataclass
class Place:
    app: Flask
    ids: dict[str, str]
    tokens: dict[str, str]

    def statuses(self, method: str, path: str, body: Any = None) -> str:
        """What each role gets, in the order of ROLES."""
        client = self.app.test_client(use_cookies=False)
        return " ".join(str(self._ask(client, role, method, path, body)) for role in ROLES)

    def _ask(self, client: FlaskClient, role: str, method: str, path: str, body: Any) -> int:
        headers = {"Authorization": f"Bearer {self.tokens[role]}"} if role in self.tokens else {}
        sent: dict[str, Any] = {} if body is None else {"json": body}
        if body is FILES or body is FOREIGN:
            sent = {"data": {name: (io.BytesIO(data), file) for name, (file, data) in body.items()}}
        return client.open(path.format(**self.ids), method=method, headers=headers, **sent).status_code


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("matrix")
    with SqliteHost(folder).fresh(PEOPLE) as database:
        city = open_city(database, data_dir=folder, is_demo=True)
        case_id = a_case(city)
        settings = Settings(database_url=database.url, data_dir=Path(folder), secret_key="test", demo=True)
        app = open_edges(settings, engine=city.engine)
        task = city.task_at(case_id, "review_suggestion").id
        ids = {"case": case_id, "task": task, "person": city.actor("guide").person_id, "expert": enter_expert(city)}
        yield Place(app, ids, {role: _token(app, role) for role in ROLES[1:]})
        city.engine.database.dispose()


def _token(app: Flask, username: str) -> str:
    answer = app.test_client(use_cookies=False).post(
        "/api/v1/sessions", json={"username": username, "password": "demo"}
    )
    token: str = answer.json["token"]  # type: ignore[index]
    return token


@pytest.mark.parametrize("path", READING)
def test_who_may_read(place: Place, path: str) -> None:
    assert place.statuses("GET", path) == READING[path]


def test_who_may_write(place: Place) -> None:
    found = {path: place.statuses("POST", f"/api/v1/{path}", body) for path, body, _ in WRITING}

    assert found == {path: expected for path, _, expected in WRITING}
