"""The text under negotiation over HTTP: clause by clause, and what each role gets."""

from typing import Any

import pytest
from flask import Flask

from engine.actor import SYSTEM
from engine.commands.sign_in import SignIn
from tests.api.conftest import Caller
from tests.talks import Talks, talks

__all__ = ["talks"]
ROLES = ("nobody", "chair", "rep1", "boss", "worker60", "rep9", "boss2", "admin")


@pytest.fixture
def served(edges: Flask, talks: Talks) -> Flask:
    edges.extensions["tongban"] = talks.city.engine
    return edges


@pytest.fixture
def callers(served: Flask, talks: Talks) -> dict[str, Caller]:
    def caller(who: str) -> Caller:
        client = served.test_client(use_cookies=False)
        attempt = SignIn(username=who, password="demo", agent="tests")
        return Caller(client, None if who == "nobody" else talks.city.engine.run(attempt, actor=SYSTEM).token)

    return {who: caller(who) for who in ROLES}


def test_two_sides_agree_clause_by_clause(callers: dict[str, Caller], talks: Talks) -> None:
    chair, boss, rep1 = callers["chair"], callers["boss"], callers["rep1"]
    base = f"/cases/{talks.case_id}/negotiation"
    first, second, _ = chair.get(base).json["clauses"]
    at = f"{base}/clauses/{first['id']}"

    assert rep1.post(f"{at}/notes", {"text": "底线百分之六"}).json["notes"][0]["text"] == "底线百分之六"
    said = {"revision": first["revision"], "text": "上调百分之八", "reason": "物价上涨"}
    sent = rep1.post(f"{at}/proposals", said, Idempotency_Key="once")
    again = rep1.post(f"{at}/proposals", said, Idempotency_Key="once")
    assert (sent.status_code, again.json["clause"]["revision"]) == (201, sent.json["clause"]["revision"])
    stale = boss.post(f"{at}/proposals", {**said, "text": "上调百分之五"})
    assert (stale.status_code, stale.json["code"]) == (409, "clause_changed")
    assert boss.post(f"{at}/proposals", {"revision": "1", "text": "x"}).status_code == 400

    step = sent.json["clause"]["worker"]["id"]
    assert boss.post(f"{at}/agree", {"step": step}).json["clause"]["status"] == "proposed"
    chair.post(f"{base}/negotiators", {"person": "rep1", "is_entitled": True})
    assert rep1.post(f"{at}/agree", {"step": step}).json["clause"]["status"] == "agreed"
    assert boss.get(at).json["notes"] == []

    assert boss.post(f"{at}/reopening", {"reason": "回款推迟"}).status_code == 200
    reopened = chair.post(f"{at}/reopening/answer", {"agrees": True}).json
    assert [s["act"] for s in reopened["steps"]] == [
        "proposed", "consented", "agreed", "reopening_asked", "reopened",
    ]  # fmt: skip
    other = f"{base}/clauses/{second['id']}"
    boss.post(f"{other}/proposals", {"revision": second["revision"], "text": "不再另行约定", "applies": False})
    assert boss.post(f"{other}/withdraw", {"reason": "写错"}).json["clause"]["status"] == "open"
    assert boss.post(f"{other}/park", {"reason": "等指导线"}).json["clause"]["status"] == "parked"
    assert boss.post(f"{base}/clauses", {"head": "高温休息"}).status_code == 201
    assert boss.post(f"{base}/presence", {"clause": first["id"]}).status_code == 204
    here = [seat["person"] for seat in chair.get(base).json["seats"] if seat["is_here"]]
    assert here == ["boss"]


def test_what_each_role_gets(callers: dict[str, Caller], talks: Talks) -> None:
    talks.propose("工资标准", "上调百分之八", by="chair")
    base = f"/cases/{talks.case_id}/negotiation"
    at = f"{base}/clauses/{talks.clause('支付办法').id}"

    def statuses(method: str, path: str, body: Any = None) -> str:
        sent = {} if body is None else {"json": body}
        return " ".join(str(callers[who].send(method, path, **sent).status_code) for who in ROLES)

    assert statuses("GET", base) == "401 200 200 200 200 200 404 404"
    assert statuses("GET", at) == "401 200 200 200 200 200 404 404"
    assert statuses("POST", f"{at}/notes", {"text": "内部"}) == "401 201 201 201 403 404 404 404"
    assert statuses("POST", f"{at}/park", {"reason": "等"}) == "401 200 403 200 403 404 404 404"
    assert statuses("POST", f"{base}/presence", {}) == "401 204 204 204 204 404 404 404"
    shown = {who: callers[who].get(base).text for who in ROLES[1:]}
    assert [who for who, text in shown.items() if "上调百分之八" in text] == ["chair", "rep1", "boss", "worker60"]
    assert callers["boss"].get(f"{base}/clauses/nothing").status_code == 404
