"""What a rule file may contain; every fault is named by file and key."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from engine.calendar.clock_rule import Mark, Unit
from engine.errors import Problem

Check = Callable[[Any], bool]

LONGEST_AMOUNT = 3660
_ID = re.compile(r"[a-z][a-z0-9_]{1,60}")
_OTHER_UNITS = ("person", "copy", "ratio", "enum", "yuan", "yuan_per_hour", "per_year", "boolean")
TIME_UNITS = tuple(unit.value for unit in Unit)
UNITS = (*TIME_UNITS, *_OTHER_UNITS)


@dataclass
class Faults:
    """Collects the problems of one file."""

    path: str
    problems: list[Problem] = field(default_factory=list)

    def add(self, at: str, code: str, /, **params: Any) -> None:
        self.problems.append(Problem(f"{self.path}#{at}", code, params))

    def check(self, *, at: str, entry: Any, required: Mapping[str, Check], optional: Mapping[str, Check]) -> bool:
        """Whether `entry` is a mapping with these keys only; adds a problem for each key that is not right."""
        before = len(self.problems)
        if not isinstance(entry, dict):
            self.add(at, "rule_not_mapping")
            return False
        for key in required.keys() - entry.keys():
            self.add(f"{at}.{key}", "rule_key_missing")
        known = {**required, **optional}
        for key, value in entry.items():
            if key not in known:
                self.add(f"{at}.{key}", "rule_key_unknown", allowed=", ".join(sorted(known)))
            elif not known[key](value):
                self.add(f"{at}.{key}", "rule_value_wrong", value=str(value))
        return len(self.problems) == before


def is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def is_mapping(value: Any) -> bool:
    return isinstance(value, dict)


def is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def is_both_languages(value: Any) -> bool:
    return isinstance(value, dict) and set(value) == {"zh", "en"} and all(map(is_text, value.values()))


def is_id(value: Any) -> bool:
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def is_id_list(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(map(is_id, value))


def is_flag(value: Any) -> bool:
    return isinstance(value, bool)


def is_mark(value: Any) -> bool:
    return value in tuple(Mark)


def is_unit(value: Any) -> bool:
    return value in UNITS


def is_time_unit(value: Any) -> bool:
    return value in TIME_UNITS


def is_day(value: Any) -> bool:
    return type(value) is date


def is_amount(value: Any) -> bool:
    return is_whole(value) and 0 < abs(value) <= LONGEST_AMOUNT


def fits_unit(unit: str, value: Any) -> bool:
    """An amount of time is one number; of hours there may be several, which no clock can use."""
    if unit == Unit.HOUR and isinstance(value, list):
        return bool(value) and all(map(is_amount, value))
    return unit not in TIME_UNITS or is_amount(value)


def is_day_list(value: Any) -> bool:
    return isinstance(value, list) and all(is_whole(item) and 0 < item <= LONGEST_AMOUNT for item in value)


def is_value(value: Any) -> bool:
    """Something FEEL can work with."""
    if isinstance(value, list):
        return bool(value) and all(map(is_value, value))
    if isinstance(value, dict):
        return bool(value) and all(isinstance(key, str) and is_value(item) for key, item in value.items())
    return isinstance(value, bool | int | Decimal | str)


BASIS: Mapping[str, Check] = {"law": is_text, "article": is_text, "source": is_text, "note": is_both_languages}


def check_basis(*, faults: Faults, at: str, entry: Mapping[str, Any]) -> None:
    """Only what was read in the text of a law may name one as its article; the rest names its `source`."""
    verified = entry["mark"] == Mark.VERIFIED
    for key in ("law", "article"):
        if verified and key not in entry:
            faults.add(f"{at}.{key}", "rule_key_missing")
        if not verified and key in entry:
            faults.add(f"{at}.{key}", "rule_article_unverified", mark=entry["mark"])


def full_article(entry: Mapping[str, Any]) -> str | None:
    """《law》article, as it is shown; None when the entry names no law."""
    return f"《{entry['law']}》{entry['article']}" if "law" in entry and "article" in entry else None
