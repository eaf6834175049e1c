"""The words a FEEL expression may use: process variables, `case`, 今天, 现在, and the functions of the rule pack."""

from collections.abc import Callable, Iterator, Mapping
from copy import copy
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from engine.actor import Actor
from engine.calendar import WorkCalendar, compute_deadline
from engine.calendar.rules import RulePack
from engine.date_words import date_functions
from engine.feel import HostFunction
from engine.model import Case, Organisation

CITY_TIME = ZoneInfo("Asia/Shanghai")


class CaseWords(Mapping[str, Any]):
    """Computed only when asked for: most expressions name one variable."""

    def __init__(
        self,
        *,
        variables: Mapping[str, Any],
        case: Case | None,
        enterprise: Callable[[], Organisation | None],
        rules: RulePack,
        calendar: Callable[[], WorkCalendar],
        now: datetime,
        extra: Mapping[str, Callable[[], Any]] | None = None,
    ) -> None:
        self._variables = variables
        self._enterprise = enterprise
        self._case = case
        self._rules = rules
        self._calendar = calendar
        self._now = now.astimezone(CITY_TIME)
        self._made: dict[str, Callable[[], Any]] = {
            "case": self._case_words,
            "今天": self._now.date,
            "现在": lambda: self._now,
            "期限": lambda: HostFunction("期限", ("rule", "start"), self._deadline),
            "规则": lambda: HostFunction("规则", ("key",), self._setting),
            "工作日后": lambda: HostFunction("工作日后", ("start", "days"), self._workdays_after),
            **date_functions(),
            **(extra or {}),
        }

    def __getitem__(self, name: str) -> Any:
        made = self._made.get(name)
        return made() if made else self._variables[name]

    def __iter__(self) -> Iterator[str]:
        yield from self._made
        yield from (name for name in self._variables if name not in self._made)

    def __len__(self) -> int:
        return len(self._made.keys() | self._variables.keys())

    def __contains__(self, name: object) -> bool:
        return name in self._made or name in self._variables

    def with_more(self, extra: Mapping[str, Callable[[], Any]]) -> "CaseWords":
        """The same words and more."""
        more = copy(self)
        more._made = {**self._made, **extra}
        return more

    def _case_words(self) -> dict[str, Any]:
        case, enterprise = self._case, self._enterprise()
        words: dict[str, Any] = {"enterprise": enterprise_words(enterprise) if enterprise else None}
        if case is not None:
            parties = {role: list(people) for role, people in case.parties.items()}
            words |= {"id": case.id, "number": case.number, "title": case.title, "town": case.town}
            words |= {"stage": case.stage, "parties": parties}
            words["created_on"] = case.created_at.astimezone(CITY_TIME).date() if case.created_at else None
        return words

    def _deadline(self, rule: str, start: Any) -> date:
        """The last day; of a rule that counts hours the moment, which then has to begin with one."""
        found = self._rules.clock(rule)
        if found.counts_hours:
            return compute_deadline(found, as_moment(start), self._calendar()).due_at
        return compute_deadline(found, as_date(start), self._calendar()).due_on

    def _setting(self, key: str) -> Any:
        return self._rules.setting(key, self._now.date())

    def _workdays_after(self, start: Any, days: Any) -> date:
        return self._calendar().add_workdays(as_date(start), int(days))


def actor_words(actor: Actor) -> dict[str, Callable[[], Any]]:
    """本人: who fills in a form, for the checks of that form."""
    return {"本人": lambda: {"username": actor.username, "name": actor.name, "groups": sorted(actor.groups)}}


def enterprise_words(enterprise: Organisation) -> dict[str, Any]:
    """What its file says; whether it may vote online is for its union to say, not for the file."""
    named = {"id": enterprise.id, "name": enterprise.name, "uscc": enterprise.uscc, "town": enterprise.town}
    return {**named, **enterprise.profile, "online_voting": not enterprise.online_voting_off}


def as_moment(value: Any) -> datetime:
    """A time from a time or its ISO text; without a zone it is the city's. Raises ValueError for a mere date."""
    found = datetime.fromisoformat(value) if isinstance(value, str) and "T" in value else value
    if not isinstance(found, datetime):
        raise ValueError(f"{value} is no moment")
    return found if found.tzinfo else found.replace(tzinfo=CITY_TIME)


def as_date(value: Any) -> date:
    """A date from a date, a time in the city's zone, or their ISO text. Raises ValueError."""
    if isinstance(value, datetime):
        return value.astimezone(CITY_TIME).date() if value.tzinfo else value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str) and "T" in value:
        return as_date(datetime.fromisoformat(value))
    return date.fromisoformat(value)
