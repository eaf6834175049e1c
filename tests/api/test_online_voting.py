"""Online voting over HTTP: who sees which enterprises, and who switches."""

from collections.abc import Callable

import pytest

from tests.api.conftest import Caller
from tests.city import STAR

Login = Callable[[str], Caller]


def test_the_union_finds_its_enterprises_and_switches_one(login: Login) -> None:
    town, city = login("town_union"), login("union")
    (star,) = town.get("/online-voting", q="星月").json["items"]
    assert (star["name"], star["is_off"], star["last"]) == (STAR, False, None)

    switched = town.send("PUT", f"/online-voting/{star['id']}", json={"is_off": True, "reason": "收到举报"}).json
    again = town.send("PUT", f"/online-voting/{star['id']}", json={"is_off": True, "reason": "收到举报"})

    assert (switched["is_off"], switched["last"]["reason"], switched["last"]["by"]) == (True, "收到举报", "吕秋菊")
    assert (again.status_code, again.json["code"]) == (409, "online_voting_as_before")
    assert [row["name"] for row in city.get("/online-voting", is_off="true").json["items"]] == [STAR]


def test_the_city_sees_all_page_by_page_and_a_town_its_own(login: Login) -> None:
    first = login("union").get("/online-voting", limit="1").json
    second = login("union").get("/online-voting", limit="1", cursor=first["next"]).json
    other = login("town_union2").get("/online-voting").json

    assert first["total"] > other["total"]
    assert first["items"] != second["items"]
    assert STAR not in [row["name"] for row in other["items"]]


@pytest.mark.parametrize(("who", "status"), [("town_union2", 404), ("chair", 403), ("admin", 403)])
def test_others_do_not_switch(login: Login, who: str, status: int) -> None:
    (star,) = login("union").get("/online-voting", q="星月").json["items"]

    refused = login(who).send("PUT", f"/online-voting/{star['id']}", json={"is_off": True, "reason": "收到举报"})

    assert refused.status_code == status
