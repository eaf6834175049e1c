import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import html

GOOD: list[tuple[str, Any]] = [
    ("side", "worker"),
    ("phone", "13812345678"),
    ("amount", "100"),
    ("mode", "onsite"),
    ("mandate", "d1"),
    ("sign", "1"),
    ("own_reps[#]", "1"),
    ("own_reps[0].person", "chair"),
    ("own_reps[0].chief", "1"),
    ("clauses[#]", "2"),
]


def page(client: FlaskClient, fields: list[tuple[str, str]] | None = None, path: str = "/") -> Any:
    answer = client.get(path) if fields is None else client.post(path, data=_data(fields))
    return html.document_fromstring(answer.get_data(as_text=True))


def _data(fields: list[tuple[str, str]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in fields:
        found.setdefault(name, []).append(value)
    return found


@pytest.mark.parametrize("fields", [None, [], [*GOOD, ("_add", "own_reps")]], ids=["fresh", "refused", "more rows"])
def test_every_control_has_a_name_people_can_see_or_hear(browser_without_scripts: FlaskClient, fields: Any) -> None:
    drawn = page(browser_without_scripts, fields)
    controls = drawn.xpath("//input[@type!='hidden'] | //select | //textarea")
    named = {label.get("for") for label in drawn.xpath("//label[@for]")}

    nameless = [c.get("id") for c in controls if c.get("id") not in named and not c.xpath("ancestor::label")]

    assert len(controls) > 12
    assert nameless == []
    assert all(b.text_content().strip() or b.get("aria-label") for b in drawn.xpath("//button"))


@pytest.mark.parametrize("fields", [None, []], ids=["fresh", "refused"])
def test_ids_are_unique_and_whatever_is_pointed_at_exists(browser_without_scripts: FlaskClient, fields: Any) -> None:
    drawn = page(browser_without_scripts, fields)
    ids = drawn.xpath("//@id")

    pointed = [i for value in drawn.xpath("//@aria-describedby | //@aria-labelledby") for i in value.split()]
    pointed += [href[1:] for href in drawn.xpath("//a/@href") if href.startswith("#")]

    assert len(ids) == len(set(ids))
    assert set(pointed) <= set(ids)


def test_nothing_needs_a_looser_content_policy(browser_without_scripts: FlaskClient) -> None:
    drawn = page(browser_without_scripts, [])

    assert drawn.xpath("//@style | //script[not(@src)] | //@onclick | //@onchange | //@hx-on") == []
    assert all("js:" not in value for value in drawn.xpath("//@hx-vals"))


def test_the_summary_leads_to_every_field_with_a_problem(browser_without_scripts: FlaskClient) -> None:
    drawn = page(browser_without_scripts, [("own_reps[#]", "1"), ("own_reps[0].outside", "1"), ("clauses[#]", "2")])

    (summary,) = drawn.xpath("//*[@id='form-problems']")
    invalid = drawn.xpath("//*[@aria-invalid='true']/@name")

    assert summary.get("role") == "alert"
    assert "本方代表名单 第 1 行 · 外聘理由：此项必填。" in " ".join(li.text_content() for li in summary.iter("li"))
    assert {"side", "phone", "mandate", "sign", "own_reps[0].person", "own_reps[0].why"} <= set(invalid)


def test_a_problem_is_said_at_its_field(browser_without_scripts: FlaskClient) -> None:
    drawn = page(browser_without_scripts, [("phone", "123")])

    (phone,) = drawn.xpath("//input[@name='phone']")
    said = drawn.xpath(f"//*[@id='{phone.get('aria-describedby').split()[0]}']")[0]

    assert said.text_content() == "手机号不正确，请填写 11 位手机号。"
    assert phone.get("value") == "123"
    assert phone.get("type") == "tel"


def test_wrong_numbers_stay_as_typed(browser_without_scripts: FlaskClient) -> None:
    drawn = page(browser_without_scripts, [("amount", "一百")])

    assert drawn.xpath("//input[@name='amount']/@value") == ["一百"]


def test_a_row_is_added_without_scripts_and_nothing_typed_is_lost(browser_without_scripts: FlaskClient) -> None:
    drawn = page(browser_without_scripts, [*GOOD, ("_add", "own_reps")])

    assert drawn.xpath("//input[@name='own_reps[#]']/@value") == ["2"]
    assert drawn.xpath("//select[@name='own_reps[0].person']/option[@selected]/@value") == ["chair"]
    assert drawn.xpath("//*[@id='form-problems']") == []


def test_good_answers_get_through(browser_without_scripts: FlaskClient) -> None:
    taken = browser_without_scripts.post("/", data=_data(GOOD)).get_json()["accepted"]

    assert taken["own_reps"] == [{"person": "chair", "chief": True, "outside": False, "why": None}]
    assert [row["head"] for row in taken["clauses"]] == ["劳动报酬", "工作时间"]
    assert taken["yearly"] == 1200


def test_fields_that_change_the_form_ask_for_it_again(browser_without_scripts: FlaskClient) -> None:
    drawn = page(browser_without_scripts)

    watching = set(drawn.xpath("//*[@hx-post and @hx-trigger='change']/@name"))

    assert {"side", "amount", "own_reps[0].outside", "mandate"} <= watching
    assert "phone" not in watching
    assert set(drawn.xpath("//*[@name='side']/@hx-sync")) == {"closest form:abort"}


def test_enter_in_a_text_field_presses_no_button_that_changes_something(browser_without_scripts: FlaskClient) -> None:
    first = page(browser_without_scripts).xpath("(//form//button[@type='submit'])[1]")[0]

    assert (first.get("name"), first.get("tabindex")) == ("_refresh", "-1")


def test_english_pages_use_the_english_labels(browser_without_scripts: FlaskClient) -> None:
    drawn = page(browser_without_scripts, path="/?lang=en")

    assert drawn.xpath("//label[@for='f-phone']")[0].text_content().startswith("Mobile")
    assert "Workers" in drawn.xpath("//select[@name='side']/option/text()")


def test_values_of_people_are_escaped(browser_without_scripts: FlaskClient) -> None:
    answer = browser_without_scripts.post("/", data={"goal": "</textarea><script>x", "phone": '"><b>'})

    text = answer.get_data(as_text=True)
    assert "<script>x" not in text
    assert not re.search(r'value="[^"]*"><b>', text)
