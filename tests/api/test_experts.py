"""The register of experts over HTTP."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from engine.model import Person
from engine.work import CITY_TIME
from tests.api.conftest import Caller
from tests.api.test_refusals import assert_problem

Login = Callable[[str], Caller]
TODAY = datetime.now(CITY_TIME).date()  # the interface runs with the clock of this machine
ENTRY = {
    "profession": "lawyer", "licence_no": "1330799901000001", "employer": "浙江丽州律师事务所",
    "fields": ["劳动争议", "合同纠纷"],
    "towns": ["古山镇"], "max_open": 4, "licence_until": str(TODAY + timedelta(days=30)),
    "term_from": str(TODAY - timedelta(days=30)), "term_to": str(TODAY + timedelta(days=700)),
}  # fmt: skip


@pytest.fixture
def lawyer_id(app: Flask) -> str:
    with app.extensions["tongban"].reading() as session:
        found: str = session.query(Person).filter_by(username="lawyer1").one().id
        return found


def test_a_line_is_entered_listed_read_and_changed(login: Login, lawyer_id: str) -> None:
    keeper, path = login("federation"), f"/experts/{lawyer_id}"
    assert_problem(keeper.get(path), 404, "expert_not_found")

    assert keeper.send("PUT", path, json=ENTRY).json == {"version": 1}
    assert_problem(keeper.send("PUT", path, json=ENTRY), 409, "expert_changed")
    assert keeper.send("PUT", path, json={**ENTRY, "max_open": 5, "version": 1}).json == {"version": 2}

    line = keeper.get(path).json
    assert line | {"fields": ENTRY["fields"], "towns": ["古山镇"], "max_open": 5, "open": 0, "version": 2} == line
    assert (line["status"], line["why_not"], line["ends_soon"]) == ("active", None, ENTRY["licence_until"])
    listed = keeper.get("/experts", profession="lawyer", soon="true", town="古山镇", q="丽州").json
    assert [row["id"] for row in listed["items"]] == [lawyer_id]
    assert keeper.get("/experts", profession="physician").json["items"] == []


def test_what_is_wrong_is_said_by_field(login: Login, lawyer_id: str) -> None:
    wrong = {**ENTRY, "max_open": 11, "towns": ["无此镇"]}
    refused = login("security").send("PUT", f"/experts/{lawyer_id}", json=wrong)

    assert_problem(refused, 422, "answers_rejected")
    assert {error["path"].split("[")[0] for error in refused.json["problems"]} == {"max_open", "towns"}


def test_the_expert_is_away_and_back_and_is_suspended(login: Login, lawyer_id: str) -> None:
    keeper, lawyer, path = login("federation"), login("lawyer1"), f"/experts/{lawyer_id}"
    keeper.send("PUT", path, json=ENTRY)
    days: dict[str, Any] = {"absent_from": str(TODAY), "absent_until": str(TODAY + timedelta(days=3))}
    assert lawyer.post(f"{path}/absence", days).status_code == 204
    assert lawyer.get(path).json["why_not"] == "expert_absent"
    assert_problem(lawyer.post(f"{path}/absence", days), 422, "answers_rejected")
    assert lawyer.send("DELETE", f"{path}/absence").status_code == 204
    assert_problem(lawyer.send("DELETE", f"{path}/absence"), 409, "expert_not_away")

    assert keeper.post(f"{path}/status", {"status": "suspended", "reason": "进修"}).status_code == 204
    assert lawyer.get(path).json["why_not"] == "expert_suspended"
    assert_problem(lawyer.post(f"{path}/status", {"status": "active", "reason": "本人"}), 403, "not_in_group")
    assert_problem(lawyer.send("PUT", path, json={**ENTRY, "version": 2}), 403, "not_in_group")


@pytest.mark.parametrize("stranger", ["admin", "auditor", "boss", "union", "lawyer2"])
def test_for_all_others_there_is_none(login: Login, lawyer_id: str, stranger: str) -> None:
    login("federation").send("PUT", f"/experts/{lawyer_id}", json=ENTRY)
    other = login(stranger)
    days = {"absent_from": str(TODAY), "absent_until": str(TODAY)}

    assert_problem(other.get("/experts"), 403, "not_in_group")
    assert_problem(other.get(f"/experts/{lawyer_id}"), 404, "expert_not_found")
    assert_problem(other.post(f"/experts/{lawyer_id}/absence", days), 404, "expert_not_found")
    assert_problem(other.send("DELETE", f"/experts/{lawyer_id}/absence"), 404, "expert_not_found")
