"""`tongban demo --vote`: a wage consultation that stands at an open secret ballot, for rep1 … rep40 to vote at once.

The story of the scenario `happy_path` is played into the days before today, up to the congress; this one votes online.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import takewhile
from typing import Any
from zoneinfo import ZoneInfo

from cli.past import engine_behind
from engine.actor import SYSTEM, Actor
from engine.commands.sign_out import SignOut
from engine.engine import Engine
from engine.queries.ballots import BallotFile, ballot_file
from engine.queries.case_ballots import case_ballots
from playing.player import Player, answers_of, duration
from playing.scenario_file import Scenario
from seeds.seeding import PROCESSES

STORY, CONGRESS = "happy_path", "convene_congress"
STORY_BEGINS, STORY_HOUR = date(2026, 3, 2), 9
DAYS = 16  # from the offer to the congress
OPEN_FOR, CLOSING_HOUR = timedelta(days=7), 18
MOTIONS = ("工资专项集体合同（草案）", "能级工资标准表")
_CITY = ZoneInfo("Asia/Shanghai")
_DATE = re.compile(r"20\d\d-\d\d-\d\d")


class PastPlayer(Player):
    """Plays into the past: its engine is `behind` the time of the `present` one, and all dates are moved along."""

    def __init__(self, present: Engine, *, clock: Callable[[], datetime], days: int = DAYS) -> None:
        super().__init__(open_engine=lambda: self._past)
        now = present.now().astimezone(_CITY)
        begins = datetime.combine(now.date() - timedelta(days=days), datetime.min.time(), _CITY)
        self.behind = now - begins - timedelta(hours=STORY_HOUR)
        self.moved = begins.date() - STORY_BEGINS
        self._present = present
        self._past = engine_behind(present, clock=lambda: clock() - self.behind)

    def actor(self, username: str) -> Actor:
        """Signs in today, not in the past."""
        self._engine = self._present
        try:
            return super().actor(username)
        finally:
            self._engine = self._past

    def answers(self, step: Mapping[str, Any], scenario: Scenario) -> dict[str, Any]:
        moved: dict[str, Any] = _moved(answers_of(step, scenario), by=self.moved)
        return moved

    def advance(self, time: timedelta) -> None:
        self.behind = max(timedelta(0), self.behind - time)
        self._past.fire_due_clocks()

    def sign_out(self) -> None:
        for actor in self.signed_in.values():
            self._present.run(SignOut(session_id=actor.session_id or ""), actor=actor)


def open_demo_vote(engine: Engine, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> BallotFile:
    """`clock` is the real time of the engine. Raises ScenarioFailed when the story does not go that way any more."""
    story = Scenario.read(PROCESSES / "wage_consultation" / "scenarios" / f"{STORY}.yml")
    player = PastPlayer(engine, clock=clock)
    case_id = player.start(story)
    for step in takewhile(lambda step: step.get("task") != CONGRESS, story.story["steps"]):
        if "task" in step or "negotiate" in step:
            player.do(step, story, case_id)
        elif "advance" in step:
            player.advance(duration(step["advance"]))
    congress = next(step for step in story.story["steps"] if step.get("task") == CONGRESS)
    player.do({**congress, "answers": _online(player)}, story, case_id)
    player.advance(player.behind)
    player.sign_out()
    with engine.reading() as session:
        ballot = case_ballots(session, SYSTEM, case_id)[0]
        return ballot_file(session, SYSTEM, ballot.id, safe=engine.safe)


def _online(player: PastPlayer) -> dict[str, Any]:
    """Answers that are moved with all others, so that the vote begins now."""
    opens = player.engine.now().astimezone(_CITY) + player.behind
    closes = (opens + OPEN_FOR).replace(hour=CLOSING_HOUR, minute=0)
    back = -player.moved
    return {
        "session_mode": "online",
        "held_at": None,
        "notice_at": (opens - timedelta(hours=1) + back).isoformat(timespec="minutes"),
        "vote_opens_at": (opens + back).isoformat(timespec="minutes"),
        "vote_closes_at": (closes + back).isoformat(timespec="minutes"),
        "motions": [{"motion": motion} for motion in MOTIONS],
    }


def _moved(value: Any, *, by: timedelta) -> Any:
    """Every date, and every time, so many days later."""
    if isinstance(value, Mapping):
        return {key: _moved(part, by=by) for key, part in value.items()}
    if isinstance(value, list):
        return [_moved(part, by=by) for part in value]
    if isinstance(value, str) and _DATE.match(value):
        return (date.fromisoformat(value[:10]) + by).isoformat() + value[10:]
    return value
