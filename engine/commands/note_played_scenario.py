from dataclasses import dataclass
from typing import ClassVar

from engine.command import Command
from engine.drafting import draft_in_publication
from engine.work import Work

MOST_SAID = 2_000
MOST_FAILURES = 50


@dataclass(frozen=True, kw_only=True)
class NotePlayedScenario(Command[bool]):
    """Remember how a scenario of a draft went that is being published; false when nobody waits for it any more."""

    is_recorded_when_refused: ClassVar[bool] = False

    draft_id: str
    revision: int
    played: int
    scenario: str
    failure: str | None = None

    def execute(self, work: Work) -> bool:
        draft = draft_in_publication(work, self.draft_id, self.revision)
        if draft is None:
            return False
        draft.played = max(draft.played, self.played)
        others = [one for one in draft.failures if one["scenario"] != self.scenario]
        if self.failure is not None and len(others) < MOST_FAILURES:
            others.append({"scenario": self.scenario, "message": self.failure[:MOST_SAID]})
        draft.failures = others
        return True
