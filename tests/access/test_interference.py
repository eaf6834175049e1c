"""What goes on in one enterprise changes nothing that people of another one see: no list, count, filter or feed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from engine.commands.add_note import AddNote
from engine.commands.assign_task import AssignTask
from engine.commands.cancel_case import CancelCase
from engine.commands.urge_task import UrgeTask
from settings import Settings
from tests.access.asking import APART, Asking, routes
from tests.access.two_towns import two_towns
from tests.city import PROCESSES
from tests.edges import open_edges
from tests.factories import a_case

STRANGERS = ("hr2", "chair2", "rep2_9", "town_union2", "hr3", "lawyer1", "designer")
# The same for everybody; a workbook bears the second in which it was made.
WHOLE = (*APART, "/ballots/verify.py", "/rosters/template.xlsx")


@pytest.fixture
def asking(database_hosts: Any, definitions: Any, tmp_path: Path) -> Iterator[Asking]:
    settings = Settings(database_url="sqlite:///never-opened.db", data_dir=tmp_path, secret_key="towns", demo=True)
    app: Flask = open_edges(settings)
    with (
        database_hosts.of("sqlite").fresh(PROCESSES) as database,
        two_towns(database, tmp_path, definitions=definitions) as towns,
    ):
        yield Asking(app, towns)


def test_nothing_of_it_is_counted_listed_or_offered_elsewhere(asking: Asking) -> None:
    before = {role: seen_by(asking, role) for role in STRANGERS}

    busy_day(asking)

    after = {role: seen_by(asking, role) for role in STRANGERS}
    assert min(len(seen) for seen in before.values()) > 40
    for role in STRANGERS:
        assert [path for path, content in before[role].items() if content != after[role][path]] == []


def test_the_own_people_see_it(asking: Asking) -> None:
    before = seen_by(asking, "hr")

    busy_day(asking)

    after = seen_by(asking, "hr")
    assert {"/api/v1/cases", "/cases"} <= {path for path, content in before.items() if content != after[path]}


def busy_day(asking: Asking) -> None:
    """At 星月: a new case, a cancelled one, notes and reminders, while the hour stays the same."""
    city, case_id = asking.towns.city, asking.towns.cases["star"]
    a_case(city, by="worker1")
    city.run(AddNote(case_id=case_id, text="@李卫国 请看"), by="hr")
    task_id = city.task_at(case_id, "record_meeting").id
    city.run(UrgeTask(task_id=task_id), by="hr")
    city.run(AssignTask(task_id=task_id, assignee="worker60", reason="按规定"), by="town_union")
    city.run(CancelCase(case_id=case_id, reason="不再协商"), by="town_union")


def seen_by(asking: Asking, role: str) -> dict[str, bytes]:
    """Every list as it is, byte by byte."""
    plain = [rule for rule in routes(asking.app) if "<" not in rule and rule not in WHOLE]
    return {path: asking.content(role, path) for rule in plain for path in asking.paths(rule, role)}
