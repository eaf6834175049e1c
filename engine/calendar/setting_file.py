"""The `settings` section of a rule file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from engine.calendar import rule_schema as schema
from engine.calendar.clock_rule import Mark
from engine.calendar.rule_schema import Faults


@dataclass(frozen=True, kw_only=True)
class Description:
    """One value with what it rests on; `article` is None unless it was read in the text of the law."""

    key: str
    name: Mapping[str, str]
    value: Any
    unit: str
    article: str | None
    mark: Mark
    valid_from: date
    source: str | None
    note: Mapping[str, str] | None


@dataclass(frozen=True)
class Setting:
    """All values one key has had, oldest first."""

    key: str
    dated: tuple[Description, ...]

    def describe(self, on: date | None) -> Description | None:
        """What was in force on that day, None when nothing was; without a day the newest."""
        in_force = [found for found in self.dated if on is None or found.valid_from <= on]
        return in_force[-1] if in_force else None


_ENTRY = {"name": schema.is_both_languages, "unit": schema.is_unit, "values": lambda found: isinstance(found, list)}
_DATED = {"valid_from": schema.is_day, "value": schema.is_value, "mark": schema.is_mark}


def settings(*, content: Any, known: Mapping[str, Setting], faults: Faults) -> dict[str, Setting]:
    """The settings of one file; what is wrong goes to `faults` and is left out."""
    if not isinstance(content, dict):
        faults.add("settings", "rule_not_mapping")
        return {}
    found = {}
    for key, entry in content.items():
        at = f"settings.{key}"
        if not schema.is_id(key) or key in known:
            faults.add(at, "rule_key_twice" if key in known else "rule_id_wrong", key=str(key))
        elif setting := _setting(key=key, at=at, entry=entry, faults=faults):
            found[key] = setting
    return found


def _setting(*, key: str, at: str, entry: Any, faults: Faults) -> Setting | None:
    if not faults.check(at=at, entry=entry, required=_ENTRY, optional={}):
        return None
    if not entry["values"]:
        faults.add(f"{at}.values", "rule_value_wrong", value="[]")
        return None
    before = len(faults.problems)
    dated = [
        _description(key=key, at=f"{at}.values[{place}]", setting=entry, dated=value, faults=faults)
        for place, value in enumerate(entry["values"])
    ]
    if len(faults.problems) > before:
        return None
    _check_order(dated=dated, at=at, faults=faults)
    return Setting(key, tuple(dated))


def _description(*, key: str, at: str, setting: dict[str, Any], dated: Any, faults: Faults) -> Description | None:
    if not faults.check(at=at, entry=dated, required=_DATED, optional=schema.BASIS):
        return None
    schema.check_basis(faults=faults, at=at, entry=dated)
    if not schema.fits_unit(setting["unit"], dated["value"]):
        faults.add(f"{at}.value", "rule_value_wrong", value=str(dated["value"]))
    return Description(
        key=key,
        name=setting["name"],
        value=dated["value"],
        unit=setting["unit"],
        article=schema.full_article(dated),
        mark=Mark(dated["mark"]),
        valid_from=dated["valid_from"],
        source=dated.get("source"),
        note=dated.get("note"),
    )


def _check_order(*, dated: list[Description], at: str, faults: Faults) -> None:
    days = [found.valid_from for found in dated]
    if any(later <= earlier for earlier, later in pairwise(days)):
        faults.add(f"{at}.values", "rule_dates_unordered")
