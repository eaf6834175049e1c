"""The register over HTTP: who keeps what, what a list looks like, what is refused."""

from collections.abc import Callable

import pytest

from tests.api.conftest import Caller
from tests.registry import LIGHT

Login = Callable[[str], Caller]


@pytest.fixture
def admin(login: Login) -> Caller:
    return login("admin")


@pytest.fixture
def security(login: Login) -> Caller:
    return login("security")


def test_an_organisation_from_entry_to_history(admin: Caller, security: Caller) -> None:
    refused = admin.post("/organisations", {"kind": "enterprise", "answers": {**LIGHT, "uscc": "1"}})
    assert refused.status_code == 422
    assert [p["path"] for p in refused.json["problems"]] == ["uscc"]

    made = admin.post("/organisations", {"kind": "enterprise", "answers": LIGHT}).json["id"]
    alone = security.get(f"/organisations/{made}").json
    edited = admin.send(
        "PUT", f"/organisations/{made}", json={"answers": {**LIGHT, "staff_total": 21}, "version": alone["version"]}
    )

    assert edited.json == {"version": 2}
    late = admin.send("PUT", f"/organisations/{made}", json={"answers": LIGHT, "version": alone["version"]})
    assert (late.status_code, late.json["code"]) == (409, "organisation_changed")
    acts = security.get(f"/organisations/{made}/acts").json
    assert [act["action"] for act in acts["items"]] == ["organisation_edited", "organisation_added"]
    listed = security.get("/organisations", q="明灯").json
    assert (listed["total"], listed["items"][0]["staff"]) == (1, 21)


def test_a_person_from_entry_to_leaving(admin: Caller, security: Caller, anonymous: Caller) -> None:
    made = admin.post("/people", {"username": "zhu", "name": "朱小灯"}).json["id"]
    right = {"group": "town_union", "town": "古山镇", "reason": "分工", "ends_on": "2099-12-31"}
    granted = security.post(f"/people/{made}/memberships", right)
    assert granted.status_code == 201
    code = security.post("/invitations", {"person_ids": [made]}).json["items"][0]["code"]

    first = anonymous.post("/sessions/first", {"username": "zhu", "code": code, "password": "sunlight 42"})
    zhu = Caller(anonymous.client, first.json["token"])

    assert zhu.get("/me").json["towns"] == ["古山镇"]
    again = anonymous.post("/sessions/first", {"username": "zhu", "code": code, "password": "sunlight 42"})
    assert (again.status_code, again.json["code"]) == (401, "wrong_invitation")
    file = admin.get(f"/people/{made}").json
    assert [(m["group"], m["ends_on"]) for m in file["memberships"]] == [("town_union", "2099-12-31")]
    assert admin.post(f"/people/{made}/leaving", {"reason": "调离"}).json == {"tasks": 0, "roles": []}
    assert zhu.get("/me").status_code == 401
    assert admin.get("/people", state="left").json["total"] == 1
    assert [act["action"] for act in security.get(f"/people/{made}/acts").json["items"]] == [
        "person_left", "invitations_issued", "membership_granted", "person_added",
    ]  # fmt: skip


def test_codes_are_not_repeated_to_a_repeated_request(admin: Caller, security: Caller) -> None:
    made = admin.post("/people", {"username": "zhu", "name": "朱小灯"}).json["id"]
    security.post("/invitations", {"person_ids": [made]}, Idempotency_Key="k1")

    again = security.post("/invitations", {"person_ids": [made]}, Idempotency_Key="k1")

    assert (again.status_code, again.json["code"]) == (409, "codes_given_before")


def test_what_is_not_there_is_not_found(admin: Caller) -> None:
    for path in ("/people/none", "/people/none/acts", "/organisations/none", "/organisations/none/acts"):
        assert admin.get(path).status_code == 404
