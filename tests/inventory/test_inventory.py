"""Every element of BPMN either has its own effect or is refused by name, and the page says what really happened."""

import re

import pytest

from tests.architecture.source_tree import ROOT
from tests.inventory.page import line, outcome_of
from tests.inventory.playing import Theatre
from tests.inventory.rows_reading import Row, rows

PAGE = (ROOT / "docs" / "reference" / "elements.md").read_text("utf-8").splitlines()
ROWS = rows()
REFUSED = [row for row in ROWS if row.refused]
SHOWN = [row for row in ROWS if row.shown]
EXECUTED = [row for row in ROWS if not row.refused and not row.shown]


@pytest.fixture(scope="session")
def theatre(tmp_path_factory: pytest.TempPathFactory) -> Theatre:
    return Theatre(tmp_path_factory.mktemp("inventory"))


@pytest.mark.parametrize("row", REFUSED, ids=lambda row: row.name)
def test_what_is_refused_is_refused_by_name(row: Row, theatre: Theatre) -> None:
    outcome = outcome_of(row, theatre)

    assert {problem.code for problem in outcome.problems} == set(row.refused)
    assert line(row, outcome) in PAGE, "run `make docs`"


@pytest.mark.parametrize("row", EXECUTED, ids=lambda row: row.name)
def test_what_executes_does_something_of_its_own(row: Row, theatre: Theatre) -> None:
    with_it = outcome_of(row, theatre)
    without_it = theatre.play(row.story_without)

    assert not with_it.problems
    assert row.effect
    assert any(row.effect in step for step in with_it.trace), with_it
    assert not any(row.effect in step for step in without_it), without_it
    assert line(row, with_it) in PAGE, "run `make docs`"


@pytest.mark.parametrize("row", SHOWN, ids=lambda row: row.name)
def test_what_is_only_drawn_stays_in_the_drawing_and_changes_nothing(row: Row, theatre: Theatre) -> None:
    written = re.sub(r": raw <.*", "", row.story.process).splitlines()
    plain = [text for text in written if not text.lstrip().startswith(("<", "beside", "line"))]
    outcome = outcome_of(row, theatre)

    report = theatre.new_city().deploy(row.story.bundle())

    assert f'id="{row.shown}"'.encode() in report.bundle.xml  # type: ignore[union-attr]
    assert outcome.trace == tuple(theatre.play(row.story_of("\n".join(plain))))
    assert line(row, outcome) in PAGE, "run `make docs`"


def test_the_page_has_every_row_once_and_no_other() -> None:
    listed = [text.split(" | ")[0].removeprefix("| ") for text in PAGE if text.startswith("| ") and "---" not in text]

    named = [row.what + (f", {row.variant}" if row.variant else "") for row in ROWS]
    assert sorted(name for name in listed if name != "element") == sorted(named)
    assert len(set(named)) == len(named)
