"""Chinese first, English on demand, and nothing forgotten."""

import ast
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from flask import Flask

import web
from engine.definitions.form.choices import Option
from engine.definitions.form.view import FieldNode
from engine.outbox.doing import do_job
from engine.outbox.ticking import tick
from tests.city import City
from tests.web.conftest import Visit
from web.forms.form_words import shown
from web.language import day, since, size

PAGES = Path(web.__file__).parent
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "later": None}


def test_every_text_of_the_pages_has_an_english_translation() -> None:
    with (PAGES / "translations" / "en" / "LC_MESSAGES" / "messages.po").open("rb") as source:
        english = read_po(source)
    used = {
        message if isinstance(message, str) else message[0]
        for _, _, message, _, _ in extract_from_dir(str(PAGES), METHODS, keywords=KEYWORDS)
    }

    missing = {text for text in used if text and not (english.get(text) and english.get(text).string)}

    assert used
    assert missing == set()
    assert {message.id for message in english if message.id and _first(message.id) not in used} == set()


def test_no_text_hides_from_the_translators_in_an_f_string() -> None:
    """What is looked up inside braces is not extracted, so nobody would miss its translation."""
    hidden = [
        f"{path.relative_to(PAGES)}:{call.lineno}"
        for path in PAGES.rglob("*.py")
        for joined in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(joined, ast.JoinedStr)
        for call in ast.walk(joined)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in KEYWORDS
    ]

    assert hidden == []


def test_what_only_shows_speaks_the_language_of_the_page(app: Flask) -> None:
    option = Option("lawyer", "律师", "Lawyer")
    node = FieldNode(id="f", type="select", key="profession", kind="choice", options=(option,))

    def said(locale: str) -> list[str]:
        with app.test_request_context(headers={"Cookie": f"tongban_locale={locale}"}):
            return [shown("lawyer", node), *map(shown, ("2026-12-15", "2027-01-05T09:30:00+08:00", ["甲", "乙"]))]

    assert said("zh") == ["律师", "12月15日", "2027年1月5日 09:30", "甲、乙"]
    assert said("en") == ["Lawyer", "15 Dec", "5 Jan 2027 09:30", "甲, 乙"]


def test_a_notice_names_the_task_in_the_language_of_its_reader(visit: Visit, city: City, case_id: str) -> None:
    tick(city.engine, lambda job_id: do_job(city.engine, job_id))
    boss = visit("boss")

    assert "“企业方书面答复”等待您办理" in boss.get("/notices").text
    boss.get("/locale/en", headers={"Referer": "http://localhost/notices"})

    assert "企业方书面答复" not in boss.get("/notices").text


def _first(text: str | tuple[str, ...]) -> str:
    return text if isinstance(text, str) else text[0]


def test_the_choice_of_a_language_stays_with_the_person(visit: Visit) -> None:
    chair = visit("chair")

    chair.get("/locale/en", headers={"Referer": "http://localhost/cases"})

    assert '<html lang="en"' in chair.get("/cases").text
    assert '<html lang="en"' in visit("chair").get("/tasks").text
    assert '<html lang="zh-CN"' in visit("boss").get("/tasks").text


def test_a_stranger_can_read_the_login_page_in_english(visit: Visit) -> None:
    stranger = visit(None)

    answer = stranger.get("/locale/en", headers={"Referer": "http://localhost/login"})

    assert answer.location == "/login"
    assert "Log in" in stranger.get("/login").text


def test_an_unknown_language_does_not_exist(visit: Visit) -> None:
    assert visit("chair").get("/locale/fr").status_code == 404


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (date(2026, 3, 16), "3月16日"),
        (date(2027, 1, 2), "2027年1月2日"),
        ("2026-12-31", "12月31日"),
        (datetime(2026, 3, 15, 20, 0, tzinfo=UTC), "3月16日"),
        (None, "—"),
    ],
)
def test_dates_are_written_as_people_of_the_city_write_them(
    visit: Visit, value: date | str | None, written: str
) -> None:
    with visit(None).client.application.test_request_context("/"):
        assert day(value) == written


@pytest.mark.parametrize(("minutes", "written"), [(0, "刚刚"), (59, "59 分钟"), (125, "2 小时"), (3000, "2 天")])
def test_waiting_is_told_in_the_coarsest_unit(visit: Visit, city: City, minutes: int, written: str) -> None:
    with visit(None).client.application.test_request_context("/"):
        assert since(city.engine.now() - timedelta(minutes=minutes)) == written


@pytest.mark.parametrize(("octets", "written"), [(10, "1 KB"), (2048, "2 KB"), (3 * 1024 * 1024 // 2, "1.5 MB")])
def test_sizes_of_files_are_short(octets: int, written: str) -> None:
    assert size(octets) == written
