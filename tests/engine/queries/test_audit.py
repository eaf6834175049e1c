"""What the audit administrator sees and takes out; an excerpt is verified offline, and damage in it is named."""

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import update

from engine.audit import verify_evidence
from engine.commands.sign_in import SignIn, WrongPassword
from engine.model import HistoryEntry
from engine.permissions import NotInGroup
from engine.queries.audit import AuditFilter, StreamUnknown, audit, audit_evidence, audit_lines, audit_state
from tests.city import City
from tests.registry import add_person, grant

ALL = AuditFilter()


def read(city: City, question: Callable, *arguments: object, by: str = "auditor", **more: object):  # type: ignore[no-untyped-def, type-arg]
    with city.engine.reading() as session:
        found = question(session, city.actor(by), *arguments, **more)
        return list(found) if question is audit_lines else found


def three_days(city: City) -> None:
    """A person a day, entered and granted; a seal after the second day."""
    for day in range(3):
        grant(city, add_person(city, f"zhu{day}"), "city_union")
        if day == 1:
            city.engine.seal_history()
        city.clock.advance(days=1)


def bundle(city: City, folder: Path, **days: date) -> Path:
    path = folder / "audit.zip"
    filters = AuditFilter(**days)  # type: ignore[arg-type]
    path.write_bytes(read(city, audit_evidence, filters=filters, now=city.clock.now))
    return path


def test_it_is_listed_newest_first_and_filtered(people: City) -> None:
    three_days(people)

    page = read(people, audit, filters=ALL, limit=4)
    rest = read(people, audit, filters=ALL, limit=100, cursor=page.next)
    granted = read(people, audit, filters=AuditFilter(action="membership_granted", actor="security"))
    second = read(people, audit_lines, filters=AuditFilter(since=date(2026, 3, 3), until=date(2026, 3, 3)))

    assert [row.seq for row in (*page.items, *rest.items)] == list(range(page.items[0].seq, 0, -1))
    assert [row.details["person"] for row in granted.items] == ["zhu2", "zhu1", "zhu0"]
    assert [row.action for row in second] == ["person_added", "membership_granted"]


def test_logins_and_refusals_are_in_the_other_chain(people: City) -> None:
    with pytest.raises(WrongPassword):
        people.run(SignIn(username="hr", password="wrong"), by="system")

    assert read(people, audit, filters=AuditFilter(stream="system"), limit=1).items[0].action == "login_failed"
    with pytest.raises(StreamUnknown):
        read(people, audit, filters=AuditFilter(stream="a case"))


def test_only_the_audit_administrator_reads_it(people: City) -> None:
    for other in ("admin", "security", "union"):
        for question, more in ((audit, {"filters": ALL}), (audit_lines, {"filters": ALL})):
            with pytest.raises(NotInGroup):
                read(people, question, by=other, **more)
        with pytest.raises(NotInGroup):
            read(people, audit_state, "administration", by=other)


@pytest.mark.parametrize(
    "days", [{}, {"since": date(2026, 3, 3)}, {"since": date(2026, 3, 3), "until": date(2026, 3, 3)}]
)
def test_whole_or_in_part_it_is_verified_offline(people: City, tmp_path: Path, days: dict[str, date]) -> None:
    three_days(people)

    verdict = verify_evidence(bundle(people, tmp_path, **days))

    assert verdict.findings == []
    kinds = {note.kind for note in verdict.notes}
    assert ("excerpt" in kinds) == bool(days)
    assert {"sealed", "signed"} <= kinds


def test_damage_in_an_excerpt_is_named(people: City, tmp_path: Path) -> None:
    three_days(people)
    path = bundle(people, tmp_path, since=date(2026, 3, 3))
    with zipfile.ZipFile(path) as archive:
        lines = archive.read("history.jsonl").split(b"\n")[:-1]
        others = {name: archive.read(name) for name in archive.namelist() if name != "history.jsonl"}
    for damaged, kind in (
        ([lines[0].replace(b"zhu1", b"zhuX"), *lines[1:]], "changed"),
        (lines[1:], "dropped"),
        (lines[:-1], "truncated"),
        ([lines[1], lines[0], *lines[2:]], "reordered"),
    ):
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("history.jsonl", b"".join(line + b"\n" for line in damaged))
            for name, content in others.items():
                archive.writestr(name, content)
        assert kind in {found.kind for found in verify_evidence(path).findings}


def test_the_chain_in_the_database_is_hashed_again(people: City) -> None:
    three_days(people)
    assert read(people, audit_state, "administration").broken_at is None

    with people.session() as session, session.begin():
        second = (HistoryEntry.stream == "administration", HistoryEntry.seq == 2)
        session.execute(update(HistoryEntry).where(*second).values(actor="somebody"))

    assert read(people, audit_state, "administration").broken_at == 2
