"""A case played again from its history: the last picture is what the diagram shows now, the first is its beginning."""

from pathlib import Path

import pytest

from engine.actor import SYSTEM
from engine.queries.diagram import diagram
from engine.queries.replay import replay
from playing.player import Player
from playing.playground import open_playground
from playing.scenario_file import scenarios

FOLDER = Path("bpmn/wage_consultation")
# A loop with a boundary timer and many at once; an end; called diagrams with a rejected vote before.
STORIES = ("reply_while_urged", "offer_withdrawn", "dispute_extended_and_closed")


@pytest.mark.parametrize("name", STORIES)
def test_the_last_frame_shows_what_the_diagram_shows(name: str, tmp_path: Path) -> None:
    (story,) = [story for story in scenarios(FOLDER) if story.name == name]
    opened = open_playground(tmp_path / "play", FOLDER)
    with Player(opened) as player:
        case_id = player.play(story)
    engine = opened()
    with engine.reading() as session:
        frames = replay(session, SYSTEM, case_id, catalogue=engine.catalogue)
        drawn = diagram(session, SYSTEM, case_id, catalogue=engine.catalogue)
    engine.database.dispose()

    waits_in_place = {"message", "signal"}  # that a case began to wait for these is not an act of its history
    assert set(frames[-1].current) == {mark for mark in drawn.current if mark.kind not in waits_in_place}
    assert frames[-1].failed == drawn.failed
    passed = {element for frame in frames for element in frame.passed}
    assert set(drawn.done) == passed - {mark.element_id for mark in drawn.current}
    assert [frame.seq for frame in frames] == sorted({frame.seq for frame in frames})
    assert frames[0].action == "case_started"
