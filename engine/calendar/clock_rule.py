"""What the rule files say about a legal clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Unit(StrEnum):
    """What an amount counts. An hour is an hour of the day or the night: no rule says what a working hour is."""

    HOUR = "hour"
    WORKDAY = "workday"
    CALENDAR_DAY = "calendar_day"
    MONTH = "month"


class Mark(StrEnum):
    """How well a value is founded; from the strongest to the weakest."""

    VERIFIED = "VERIFIED"  # read in a copy of the text itself
    VERIFIED_2 = "VERIFIED-2"  # read in a page that quotes or digests the text
    FROM_MEMORY = "FROM-MEMORY"  # not found in any source yet
    PROPOSAL = "PROPOSAL"  # our own target, no law at all

    @property
    def zh(self) -> str:
        return _MARK_ZH[self]

    @property
    def en(self) -> str:
        return _MARK_EN[self]


_MARK_ZH = {
    Mark.VERIFIED: "法定",
    Mark.VERIFIED_2: "转引，待核对原文",
    Mark.FROM_MEMORY: "待核实",
    Mark.PROPOSAL: "内部目标",
}
_MARK_EN = {
    Mark.VERIFIED: "by law",
    Mark.VERIFIED_2: "quoted, text to be checked",
    Mark.FROM_MEMORY: "to be checked",
    Mark.PROPOSAL: "internal target",
}


@dataclass(frozen=True)
class Limit:
    """An amount of time; negative means before the start fact. Only a VERIFIED limit has an `article`."""

    amount: int
    unit: Unit
    article: str | None = None
    mark: Mark = Mark.VERIFIED


@dataclass(frozen=True)
class FormerLimits:
    """The limits for clocks that started before `until`."""

    until: date
    limits: tuple[Limit, ...]


@dataclass(frozen=True, kw_only=True)
class ClockRule:
    """One legal clock; with several limits the earliest date counts.

    `counts_from` names the start fact (收到要约). `target` is an earlier date to aim at, shown as a reminder only.
    `extension` is what a recorded decision may add once. `former` are limits of the past, oldest first. `tell` are the
    party roles and groups that hear of it when it lapses, besides those whose task it was.
    """

    id: str
    name: Mapping[str, str]
    counts_from: Mapping[str, str]
    limits: tuple[Limit, ...]
    combine: str = "earliest"
    shift_to_workday: bool = False
    remind_before: tuple[int, ...] = ()
    pausable: bool = False
    max_pause: Limit | None = None
    effect: Mapping[str, str]
    mark: Mark
    target: Limit | None = None
    extension: Limit | None = None
    former: tuple[FormerLimits, ...] = ()
    tell: tuple[str, ...] = ()

    def limits_on(self, start: date) -> tuple[Limit, ...]:
        """The limits in force on the day the clock starts."""
        return next((former.limits for former in self.former if start < former.until), self.limits)

    @property
    def article(self) -> str | None:
        """All articles of the present limits, None when no law stands behind them."""
        return joined_articles(self.limits)

    @property
    def counts_hours(self) -> bool:
        """Such a clock begins at a moment, ends at one, and is moved by nothing."""
        return any(limit.unit == Unit.HOUR for limit in self.limits)

    @property
    def counts_backwards(self) -> bool:
        return any(limit.amount < 0 for limit in self.limits)


def joined_articles(limits: tuple[Limit, ...]) -> str | None:
    """Each article once, in the order of the limits."""
    return "；".join(dict.fromkeys(limit.article for limit in limits if limit.article)) or None
