"""Papers and their Word templates over HTTP, and what each role gets."""

import io
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from engine.actor import SYSTEM
from engine.commands.sign_in import SignIn
from settings import Settings
from tests.api.conftest import Caller
from tests.edges import open_edges
from tests.papers import CONTRACT, PaperCase, first_contract, paper_case, template_with, word_text

__all__ = ["paper_case"]
TEMPLATES = f"/papers/{CONTRACT}/templates"
RIGHTS = {  # list, what it says now, make it; list of templates, versions, a template, its sample, another one
    "nobody": (401, 401, 401, 401, 401, 401, 401, 401),
    "chair": (200, 200, 201, 200, 403, 403, 403, 403),
    "boss": (200, 200, 201, 200, 403, 403, 403, 403),
    "rep9": (200, 403, 403, 200, 403, 403, 403, 403),
    "boss2": (404, 404, 404, 200, 403, 403, 403, 403),
    "union": (404, 404, 404, 200, 200, 200, 200, 422),
    "hrss_leader": (404, 404, 404, 200, 403, 403, 403, 403),
}


@pytest.fixture
def served(paper_case: PaperCase, tmp_path: Path) -> Flask:
    settings = Settings(database_url=paper_case.city.database.url, data_dir=tmp_path, secret_key="test")
    return open_edges(settings, engine=paper_case.city.engine)


def caller(served: Flask, paper_case: PaperCase, who: str) -> Caller:
    client = served.test_client(use_cookies=False)
    attempt = SignIn(username=who, password="demo", agent="tests")
    return Caller(client, None if who == "nobody" else paper_case.city.engine.run(attempt, actor=SYSTEM).token)


def put(who: Caller, content: bytes, reason: str = "按市里的格式") -> Any:
    return who.upload(TEMPLATES, file=(io.BytesIO(content), "合同.docx"), reason=reason)


def test_rights(served: Flask, paper_case: PaperCase) -> None:
    at = f"/cases/{paper_case.case_id}/papers"
    for who, expected in RIGHTS.items():
        one = caller(served, paper_case, who)
        answers = (
            one.get(at), one.get(f"{at}/contract"), one.post(f"{at}/contract", {"kind": "docx"}),
            one.get("/papers"), one.get(TEMPLATES), one.get(f"{TEMPLATES}/0"), one.get(f"{TEMPLATES}/0/sample.docx"),
            put(one, b"no file"),
        )  # fmt: skip
        assert tuple(answer.status_code for answer in answers) == expected, who


def test_a_paper_from_its_facts_to_the_file(served: Flask, paper_case: PaperCase) -> None:
    chair = caller(served, paper_case, "chair")
    at = f"/cases/{paper_case.case_id}/papers"

    listed = {row["key"]: row for row in chair.get(at).json["items"]}
    assert (listed["contract"]["refused"], listed["minutes"]["refused"]) == (None, "paper_not_ready")
    says = chair.get(f"{at}/contract").json
    assert (says["facts"]["最低工资"], says["facts"]["津贴"][0]["标准"], says["template"]) == (2600, "300 元", 0)
    document = chair.post(f"{at}/contract", {"kind": "docx"}).json["id"]
    assert chair.post(f"{at}/contract", {"kind": "docx"}).json["id"] == document
    assert "工资支付办法" in word_text(chair.get(f"/documents/{document}").data)
    made = next(row for row in chair.get(at).json["items"] if row["key"] == "contract")["made"]
    assert made["docx"]["id"] == document
    assert chair.post(f"{at}/contract", {"kind": "odt"}).status_code == 400
    assert chair.get(f"{at}/minutes").json["code"] == "paper_not_ready"


def test_a_template_is_put_in_place_tried_and_taken_back(served: Flask, paper_case: PaperCase) -> None:
    union = caller(served, paper_case, "union")

    refused = put(union, template_with("{{ 工资 }}")).json
    assert (refused["code"], refused["problems"][0]["code"]) == ("template_unusable", "template_field_unknown")
    mine = template_with("{{ 企业 }}")
    assert put(union, mine).json == {"version": 1}
    assert union.get(f"{TEMPLATES}/1").data == mine
    assert word_text(union.get(f"{TEMPLATES}/1/sample.docx").data) == "永康市某某模具有限公司"
    assert union.post(f"{TEMPLATES}/0/restore", {"reason": "格式有误"}).json == {"version": 2}
    assert union.get(f"{TEMPLATES}/0").data == first_contract() == union.get(f"{TEMPLATES}/2").data
    kept = union.get(TEMPLATES).json
    assert [(row["version"], row["restores"]) for row in kept["versions"]] == [(2, 0), (1, None), (0, None)]
    assert "津贴" in kept["fields"]
    assert union.get(f"{TEMPLATES}/9").status_code == 404
