"""The scenarios of a draft are played before it is published: in the background, a part at a time, so that a
rehearsal that was killed goes on where it was."""

import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from engine.actor import SYSTEM
from engine.commands.finish_publication import FinishPublication
from engine.commands.note_played_scenario import NotePlayedScenario
from engine.commands.publish_process_draft import PLAY
from engine.definitions.places import runs
from engine.definitions.story_check import SCENARIOS
from engine.engine import Engine
from engine.errors import EngineError
from engine.queries.publication import Publication, publication
from engine.services import Errand
from playing.city import city_with, engine_over
from playing.expectations import ScenarioFailed
from playing.player import Player
from playing.scenario_file import Scenario
from playing.stories import bring_stories

# Shorter than the lease of a job: what is left is another job.
SECONDS_A_PART = 40.0
# What a scenario raises that is written wrongly, beside a step that went another way.
_BROKEN = (EngineError, ArithmeticError, AssertionError, AttributeError, LookupError, OSError, TypeError, ValueError)


class Rehearsal:
    """A training city with the draft deployed; each scenario gets a copy of it."""

    def __init__(self, folder: Path, draft: Publication) -> None:
        self.folder, self.process = folder, draft.process
        self._prepared = folder / "prepared.db"
        bring_stories(folder, self.process, draft.files)
        _, self._definitions = city_with(self._prepared, runs(draft.files))

    def play(self, path: str) -> str | None:
        """Why a scenario did not go as it says, and at which step; None when it did."""
        place = self.folder / f"play-{Path(path).stem}"
        place.mkdir()
        shutil.copyfile(self._prepared, place / "play.db")
        try:
            with Player(lambda: self._opened(place)) as player:
                player.play(Scenario.read(self.folder / self.process / path))
        except ScenarioFailed as failure:
            return str(failure)
        except _BROKEN as broken:
            return f"{Path(path).name}: {type(broken).__name__}: {broken}"
        finally:
            shutil.rmtree(place, ignore_errors=True)
        return None

    def _opened(self, place: Path) -> Engine:
        engine = engine_over(place / "play.db", place)
        engine.catalogue = self._definitions.with_same_definitions()
        return engine


@contextmanager
def rehearsing(draft: Publication) -> Iterator[Rehearsal]:
    with tempfile.TemporaryDirectory(prefix="tongban-rehearsal-") as folder:
        yield Rehearsal(Path(folder), draft)


def play_draft(engine: Engine, args: Mapping[str, Any], *, seconds: float = SECONDS_A_PART) -> None:
    """The job: the next scenarios of a draft that is being published, then the publication or another job."""
    draft_id, revision = args["draft_id"], args["revision"]
    with engine.reading() as session:
        draft = publication(session, draft_id, revision, catalogue=engine.catalogue)
    if draft is None:
        return  # it was returned meanwhile, or published by the same job before
    paths = sorted(path for path in draft.files if path.startswith(SCENARIOS))
    if draft.played < len(paths):
        began = time.monotonic()
        with rehearsing(draft) as rehearsal:
            for number in range(draft.played, len(paths)):
                failure = rehearsal.play(paths[number])
                name = Path(paths[number]).stem
                noted = NotePlayedScenario(
                    draft_id=draft_id, revision=revision, played=number + 1, scenario=name, failure=failure
                )
                if not engine.run(noted, actor=SYSTEM):
                    return
                if time.monotonic() - began > seconds:
                    break
    engine.run(FinishPublication(draft_id=draft_id, revision=revision), actor=SYSTEM)


ERRANDS: Mapping[str, Errand] = {PLAY: play_draft}
