"""No choice of a voter can be joined with the voter: not by a form, a key, a time or the order of rows."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields
from inspect import signature
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from engine.ballots.casting import Casting
from engine.ballots.votes import Vote
from engine.database import Database
from engine.model import Model
from tests.architecture.source_tree import ROOT, project_files

FORMS = [path for path in project_files() if path.suffix == ".form"]
CHOICES = ("反对", "弃权", "废票")
CHOOSING = {"radio", "select", "checklist", "taglist", "checkbox"}


def _components(components: list[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for component in components:
        yield component
        yield from _components(component.get("components", []))


def _asks_for_a_vote(component: Mapping[str, Any]) -> bool:
    offered = [str(option.get("label", "")) for option in component.get("values", [])]
    return component.get("type") in CHOOSING and any(word in label for word in CHOICES for label in offered)


@pytest.mark.parametrize("path", FORMS, ids=str)
def test_no_form_asks_for_the_vote_of_one_person(path) -> None:
    form = json.loads((ROOT / path).read_text("utf-8"))

    assert [c.get("key") for c in _components(form["components"]) if _asks_for_a_vote(c)] == []


TABLES = Model.metadata.tables
BOX, ROLL, TICKETS = (TABLES[name] for name in ("ballot_tray", "ballot_roll_entry", "ballot_ticket"))


def test_no_table_but_the_box_has_a_column_for_a_choice() -> None:
    columns = {f"{table.name}.{column.name}" for table in TABLES.values() for column in table.columns}
    words = {"vote", "votes", "choice", "choices", "paper", "papers"}

    found = {name for name in columns if words & set(name.replace(".", "_").split("_"))}

    # How long a choice is, the totals of the paper ballots, and whether somebody was given one.
    about = {"ballot.choice_size", "ballot_confirmation.paper", "ballot_roll_entry.on_paper"}
    assert found - about == {"ballot_tray.papers"}


def test_roll_and_box_share_the_ballot_and_nothing_else() -> None:
    box = {column.name for column in BOX.columns}
    roll = {column.name for table in (ROLL, TICKETS) for column in table.columns}

    assert box == {"ballot_id", "place", "papers"}
    assert box & roll == {"ballot_id"}


@pytest.mark.parametrize("table", [BOX, ROLL, TICKETS], ids=lambda table: table.name)
def test_neither_store_knows_a_time(table: Any) -> None:
    assert [column.name for column in table.columns if "DateTime" in type(column.type).__name__] == []


def test_the_box_refers_to_the_ballot_only_and_nothing_refers_to_the_box() -> None:
    references = {(table.name, key.column.table.name) for table in TABLES.values() for key in table.foreign_keys}

    assert {target for source, target in references if source == "ballot_tray"} == {"ballot"}
    assert [source for source, target in references if target == "ballot_tray"] == []


def test_a_vote_has_no_place_for_a_person_a_time_or_an_address() -> None:
    assert [field.name for field in fields(Vote)] == ["key", "token", "sealed", "proof"]


def test_casting_takes_no_actor_and_writes_no_history() -> None:
    door = "engine/ballots/casting.py"
    code = (ROOT / door).read_text("utf-8").split('"""', 2)[2]

    assert list(signature(Casting.cast).parameters) == ["self", "ballot_id", "sent"]
    assert [word for word in ("Actor", "history", "record(", "log.", "logging") if word in code] == []


def test_an_error_of_the_database_quotes_nothing_that_was_to_be_written(tmp_path: Path) -> None:
    """It may come into the log, with its time."""
    database = Database(f"sqlite:///{tmp_path / 'box.db'}")
    with database.engine.begin() as connection, pytest.raises(DBAPIError) as error:
        connection.execute(text("UPDATE ballot_tray SET papers = :papers"), {"papers": "a vote"})
    database.dispose()

    assert "ballot_tray" in str(error.value)
    assert "a vote" not in str(error.value)
