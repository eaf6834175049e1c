"""A case as a service sees it, without a case."""

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime
from typing import Any


class RecordedCall:
    """Keeps what the service did; `settings` answer for the rules."""

    def __init__(self, inputs: Mapping[str, Any], **settings: Any) -> None:
        self.inputs = inputs
        self.process = "wage_consultation"
        self.today = date(2026, 3, 2)
        self.now = datetime(2026, 3, 2, 1, tzinfo=UTC)
        self.settings = {"reps_min": 3, "reps_min_above_scale": 5, "reps_balance": "equal"} | settings
        self.appointed: dict[str, list[str]] = {}
        self.told: list[tuple[str, str, Mapping[str, Any]]] = []
        self.recorded: list[tuple[str, Mapping[str, Any]]] = []
        self.running, self.paused = set[str](), dict[str, tuple[date, str]]()
        self.restarted: dict[str, date] = {}
        self.kinds: list[str] = []
        self.extended: list[tuple[str, int, str]] = []
        self.opened: list[tuple[Mapping[str, Any], str | None]] = []
        self.errands: list[tuple[str, Mapping[str, Any]]] = []

    def setting(self, key: str) -> Any:
        return self.settings[key]

    def enterprise(self) -> Mapping[str, Any]:
        return {}

    def parties(self) -> Mapping[str, list[str]]:
        return {}

    def appoint(self, role: str, usernames: list[str]) -> None:
        self.appointed[role] = usernames

    def notify(self, audience: str, kind: str, params: Mapping[str, Any]) -> None:
        self.told.append((audience, kind, params))

    def record(self, action: str, details: Mapping[str, Any]) -> None:
        self.recorded.append((action, details))

    def pause_clocks(self, rules: Collection[str], *, until: date, reason: str) -> list[str]:
        stopped = sorted(self.running & set(rules))
        self.paused |= dict.fromkeys(stopped, (until, reason))
        self.running -= set(stopped)
        return stopped

    def resume_clocks(self, rules: Collection[str]) -> list[str]:
        again = sorted(self.paused.keys() & set(rules))
        self.running |= set(again)
        self.paused = {rule: why for rule, why in self.paused.items() if rule not in again}
        return again

    def extend_clocks(self, rule: str, *, by: int, reason: str) -> list[str]:
        self.extended.append((rule, by, reason))
        return ["2026-04-01"] if rule in self.running else []

    def workdays_paused(self, rules: Collection[str]) -> int:
        return 4

    def restart_clocks(self, starts: Mapping[str, date]) -> list[str]:
        self.restarted |= starts
        return sorted(starts)

    def open_next(self, answers: Mapping[str, Any], *, process: str | None = None, kind: str = "next") -> None:
        self.opened.append((answers, process))
        self.kinds.append(kind)

    def later(self, kind: str, args: Mapping[str, Any]) -> None:
        self.errands.append((kind, args))
