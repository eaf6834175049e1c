"""Staff rosters over HTTP: begun, watched, cancelled, refused by line; who began one is told how it ended."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from engine import rostering
from engine.model import Organisation
from engine.outbox.doing import do_job
from engine.outbox.ticking import tick
from tests.api.conftest import Caller
from tests.api.test_refusals import assert_problem
from tests.city import STAR
from tests.rosters import sheet

Login = Callable[[str], Caller]
GOOD = (("陈一", 13900000001, "", "冲压工", "", ""), ("陈二", 13900000002, "", "质检", "", ""))
WRONG = (*GOOD, ("", "12345", "", "", "昨天", ""))


@pytest.fixture
def enterprise(app: Flask) -> str:
    with app.extensions["tongban"].reading() as session:
        found: str = session.query(Organisation).filter_by(name=STAR).one().id
        return found


@pytest.fixture
def union(login: Login) -> Caller:
    return login("town_union")


def begun(caller: Caller, enterprise: str, *rows: Any, content: bytes | None = None) -> Any:
    file = (io.BytesIO(sheet(*rows) if content is None else content), "花名册.xlsx")
    return caller.upload(f"/rosters/{enterprise}/imports", file=file)


def work_off(app: Flask) -> None:
    engine = app.extensions["tongban"]
    while tick(engine, lambda job_id: do_job(engine, job_id)):
        pass


def notices(caller: Caller) -> list[dict[str, Any]]:
    return [n for n in caller.get("/me/notices").json["items"] if n["kind"] == "roster_ended"]


def test_a_roster_comes_in_and_who_sent_it_is_told(app: Flask, union: Caller, enterprise: str) -> None:
    assert enterprise in {place["id"] for place in union.get("/rosters").json["items"]}

    answer = begun(union, enterprise, *GOOD)

    assert answer.status_code == 201
    import_id = answer.json["id"]
    assert answer.headers["Location"].endswith(f"/api/v1/roster-imports/{import_id}")
    assert union.get(f"/roster-imports/{import_id}").json["state"] == "reading"
    assert notices(union) == []

    work_off(app)

    ended = union.get(f"/roster-imports/{import_id}").json
    assert (ended["state"], ended["lines"], ended["added"], ended["flaws"]) == ("done", 2, 2, 0)
    assert [run["id"] for run in union.get(f"/rosters/{enterprise}").json["runs"]] == [import_id]
    (told,) = notices(union)
    assert told["params"] | {"state": "done", "added": 2, "roster_import_id": import_id} == told["params"]


def test_what_is_wrong_stands_by_line_and_nothing_comes_in(app: Flask, union: Caller, enterprise: str) -> None:
    import_id = begun(union, enterprise, *WRONG).json["id"]

    work_off(app)

    ended = union.get(f"/roster-imports/{import_id}").json
    assert (ended["state"], ended["added"]) == ("refused", 0)
    first = union.get(f"/roster-imports/{import_id}/flaws", limit=2).json
    rest = union.get(f"/roster-imports/{import_id}/flaws", cursor=first["next"]).json
    flaws = [*first["items"], *rest["items"]]
    assert first["total"] == len(flaws) == ended["flaws"]
    assert {(flaw["line"], flaw["path"]) for flaw in flaws} == {(4, "name"), (4, "phone"), (4, "since")}
    assert all(flaw["message"] and flaw["message"] != flaw["code"] for flaw in flaws)
    assert [n["params"]["state"] for n in notices(union)] == ["refused"]


def test_an_import_is_cancelled_half_way(
    app: Flask, login: Login, union: Caller, enterprise: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rostering, "PART", 1)
    import_id = begun(union, enterprise, *GOOD).json["id"]
    engine = app.extensions["tongban"]
    tick(engine, lambda job_id: do_job(engine, job_id))
    half = union.get(f"/roster-imports/{import_id}").json
    assert (half["state"], half["read"], half["lines"]) == ("reading", 1, 2)
    assert_problem(begun(union, enterprise, *GOOD), 409, "roster_under_way")

    cancelled = login("admin").post(f"/roster-imports/{import_id}/cancel")

    assert cancelled.json["state"] == "cancelled"
    assert_problem(union.post(f"/roster-imports/{import_id}/cancel"), 409, "roster_over")
    work_off(app)
    assert union.get(f"/roster-imports/{import_id}").json["added"] == 0
    assert [n["params"]["state"] for n in notices(union)] == ["cancelled"]
    assert notices(login("admin")) == []


def test_who_cancels_the_own_import_knows_it(app: Flask, union: Caller, enterprise: str) -> None:
    import_id = begun(union, enterprise, *GOOD).json["id"]
    union.post(f"/roster-imports/{import_id}/cancel")

    work_off(app)

    assert notices(union) == []


def test_what_is_no_workbook_is_refused_at_once(union: Caller, enterprise: str) -> None:
    assert_problem(begun(union, enterprise, content=b"no sheet"), 422, "sheet_unreadable")
    assert union.get(f"/rosters/{enterprise}").json["runs"] == []


@pytest.mark.parametrize("stranger", ["boss", "boss2", "chair", "town_union2", "hrss", "security"])
def test_for_all_others_there_is_none(login: Login, union: Caller, enterprise: str, stranger: str) -> None:
    import_id = begun(union, enterprise, *GOOD).json["id"]
    other = login(stranger)

    assert enterprise not in {place["id"] for place in other.get("/rosters").json["items"]}
    assert_problem(other.get(f"/rosters/{enterprise}"), 404, "roster_place_not_found")
    assert_problem(begun(other, enterprise, *GOOD), 404, "roster_place_not_found")
    for path in (f"/roster-imports/{import_id}", f"/roster-imports/{import_id}/flaws"):
        assert_problem(other.get(path), 404, "roster_not_found")
    assert_problem(other.post(f"/roster-imports/{import_id}/cancel"), 404, "roster_not_found")
