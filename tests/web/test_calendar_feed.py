"""The calendar as a calendar programme gets it: one address, no login, told when nothing has changed."""

import re
from datetime import UTC, date, datetime, timedelta

from engine.commands.open_calendar_feed import OpenCalendarFeed
from tests.city import City
from tests.web.conftest import Visit
from web.calendar_text import Entry, calendar


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def test_a_programme_without_a_login_reads_deadlines_in_the_time_of_the_city(
    visit: Visit, city: City, case_id: str
) -> None:
    token = city.run(OpenCalendarFeed(), by="boss")
    stranger = visit(None)

    answer = stranger.get(f"/calendar/{token}.ics")
    lines = unfolded(answer.text)

    assert answer.content_type == "text/calendar; charset=utf-8"
    assert lines[0] == "BEGIN:VCALENDAR"
    assert any(line.startswith("SUMMARY:截止 ") for line in lines)
    assert any(re.fullmatch(r"DTSTART(;VALUE=DATE:\d{8}|;TZID=Asia/Shanghai:\d{8}T\d{6})", line) for line in lines)
    assert lines.count("BEGIN:VALARM") == lines.count("BEGIN:VEVENT") >= 1
    assert all(len(line.encode()) <= 75 for line in answer.text.split("\r\n"))


def test_what_has_not_changed_is_not_sent_again(visit: Visit, city: City, case_id: str) -> None:
    path = f"/calendar/{city.run(OpenCalendarFeed(), by='boss')}.ics"
    tag = visit(None).get(path).headers["ETag"]
    city.clock.advance(minutes=10)

    again = visit(None).get(path, headers={"If-None-Match": tag})

    assert (again.status_code, again.data) == (304, b"")


def test_an_unknown_address_is_not_there(visit: Visit) -> None:
    assert visit(None).get("/calendar/guess.ics").status_code == 404


def test_no_text_can_add_a_line_and_no_character_is_cut() -> None:
    at = datetime(2026, 3, 6, 6, 0, tzinfo=UTC)
    hostile = Entry(
        uid="1", title="签字\r\nATTENDEE:mailto:x@y;Z,\\\x00\x0b", text="长" * 90, link="https://a.example/1", at=at,
        on=None, lasts=timedelta(hours=2), alarm=timedelta(minutes=90), since=at,
    )  # fmt: skip

    content = calendar("名", [hostile])
    lines = unfolded(content.decode())

    assert "SUMMARY:签字\\nATTENDEE:mailto:x@y\\;Z\\,\\\\" in lines
    assert "DTSTART;TZID=Asia/Shanghai:20260306T140000" in lines
    assert "TRIGGER:-PT1H30M" in lines
    assert not any(line.startswith("ATTENDEE") for line in lines)
    assert f"DESCRIPTION:{'长' * 90}" in lines
    assert {"BEGIN:VTIMEZONE", "TZOFFSETTO:+0800"} <= set(lines)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


def test_a_whole_day_ends_with_the_next() -> None:
    at = datetime(2026, 12, 31, 15, 59, tzinfo=UTC)
    day = Entry(
        uid="1", title="截止", text="", link="", at=at, on=date(2026, 12, 31), lasts=timedelta(minutes=30),
        alarm=timedelta(hours=15), since=at,
    )  # fmt: skip

    lines = unfolded(calendar("名", [day]).decode())

    assert {"DTSTART;VALUE=DATE:20261231", "DTEND;VALUE=DATE:20270101", "TRIGGER:-PT15H"} <= set(lines)
