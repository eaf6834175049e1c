"""When those who have not taken part are reminded: hours before the closing time, from the rule pack."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self

from engine.calendar.rules import UnknownSetting
from engine.calendar.setting_file import Description

OPENING = "opening"
VOTERS_A_PART = 400


@dataclass(frozen=True)
class ReminderPlan:
    """`hours` before the closing time; between two reminders lie `pause_hours` at least."""

    hours: tuple[int, ...] = ()
    pause_hours: int = 4

    @classmethod
    def from_settings(cls, describe: Callable[[str], Description]) -> Self:
        """Rule packs from before there were reminders plan none."""
        try:
            hours, pause = describe("ballot_reminders").value, describe("ballot_reminder_pause").value
        except UnknownSetting:
            return cls()
        return cls(tuple(sorted((int(h) for h in hours), reverse=True)), int(pause))

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        return cls(tuple(kept["hours"]), kept["pause_hours"])

    def as_json(self) -> dict[str, Any]:
        return {"hours": list(self.hours), "pause_hours": self.pause_hours}

    @property
    def pause(self) -> timedelta:
        return timedelta(hours=self.pause_hours)

    def moments(self, *, opened_at: datetime, closes_at: datetime) -> dict[str, datetime]:
        """By name, `24h` first; none right after the ballot opened, when everybody was told of it."""
        planned = {f"{hours}h": closes_at - timedelta(hours=hours) for hours in self.hours}
        return {name: at for name, at in planned.items() if at >= opened_at + self.pause}

    def next_free(self, at: datetime, *, last: datetime | None, planned: Mapping[str, datetime]) -> datetime:
        """The first moment not before `at` that keeps its distance to the last and to every planned reminder."""
        free = max(at, last + self.pause) if last else at
        for moment in sorted(planned.values()):
            if free <= moment < free + self.pause:
                free = moment + self.pause
        return free


def parts(seats: int) -> int:
    """Into how many jobs the telling of so many voters is cut."""
    return max(1, -(-seats // VOTERS_A_PART))


def bounds(part: int, *, of: int) -> tuple[str, str | None]:
    """Ids of persons in this part begin at the first and end before the second; ids are random, so parts are even."""
    low, high = (f"{place * 16**8 // of:08x}" for place in (part, part + 1))
    return (low if part else "", high if part + 1 < of else None)
