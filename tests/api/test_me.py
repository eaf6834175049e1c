"""The person who is logged in."""

from tests.api.conftest import Caller


def test_a_person_sees_their_groups_and_organisations(chair: Caller) -> None:
    me = chair.get("/me").json

    assert "enterprise_union_officer" in me["groups"]
    assert [o["name"] for o in me["organisations"]] == ["永康市星月模具有限公司"]
    assert me["locale"] == "zh"


def test_the_language_is_kept_and_speaks_in_refusals(chair: Caller) -> None:
    assert chair.send("PUT", "/me/locale", json={"locale": "en"}).status_code == 204

    assert chair.get("/me").json["locale"] == "en"
    refusal = chair.get("/tasks/unknown")
    assert refusal.headers["Content-Language"] == "en"
    assert refusal.json["title"] == "Not found"


def test_notices_are_listed_and_marked_as_read(chair: Caller, case_id: str, town_union: Caller) -> None:
    page = town_union.get("/me/notices").json
    ids = [notice["id"] for notice in page["items"]]

    assert page["total"] == len(ids)
    answer = town_union.post("/me/notices/read", {"ids": ids or ["none"]})
    assert answer.status_code == 204
    assert town_union.get("/me").json["unread_notices"] == 0
