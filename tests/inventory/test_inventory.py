"""Every element of BPMN either has its own effect or is refused by name, and the page says what really happened."""

import pytest

from tests.architecture.source_tree import ROOT
from tests.databases import SqliteHost
from tests.inventory.page import line, outcome_of
from tests.inventory.playing import Theatre
from tests.inventory.rows_reading import Row, rows

PAGE = (ROOT / "docs" / "reference" / "elements.md").read_text("utf-8").splitlines()
ROWS = rows()
EXECUTED = [row for row in ROWS if not row.refused and not row.shown]


@pytest.fixture(scope="session")
def theatre(tmp_path_factory: pytest.TempPathFactory) -> Theatre:
    folder = tmp_path_factory.mktemp("inventory")
    return Theatre(SqliteHost(folder), folder)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_row_of_the_page_is_what_happens(row: Row, theatre: Theatre) -> None:
    outcome = outcome_of(row, theatre)

    assert {problem.code for problem in outcome.problems} == set(row.refused)
    assert line(row, outcome) in PAGE, "run `make docs`"


@pytest.mark.parametrize("row", EXECUTED, ids=lambda row: row.name)
def test_without_the_element_the_process_goes_another_way(row: Row, theatre: Theatre) -> None:
    with_it = theatre.play(row.story)
    without_it = theatre.play(row.story_without)

    assert row.effect
    assert any(row.effect in step for step in with_it), with_it
    assert not any(row.effect in step for step in without_it), without_it


@pytest.mark.parametrize("row", [row for row in ROWS if row.shown], ids=lambda row: row.name)
def test_what_is_only_drawn_stays_in_the_drawing_and_changes_nothing(row: Row, theatre: Theatre) -> None:
    plain = [text for text in row.story.process.splitlines() if not text.lstrip().startswith(("<", "beside", "line"))]
    with theatre.city() as city:
        report = city.deploy(row.story.bundle())

    assert f'id="{row.shown}"'.encode() in report.bundle.xml  # type: ignore[union-attr]
    assert theatre.play(row.story) == theatre.play(row.story_of("\n".join(plain)))


def test_the_page_has_every_row_once_and_no_other() -> None:
    listed = [text.split(" | ")[0].removeprefix("| ") for text in PAGE if text.startswith("| ") and "---" not in text]

    named = [row.what + (f", {row.variant}" if row.variant else "") for row in ROWS]
    assert sorted(name for name in listed if name != "element") == sorted(named)
    assert len(set(named)) == len(named)
