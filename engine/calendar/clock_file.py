"""The `clocks` section of a rule file."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from engine.calendar import rule_schema as schema
from engine.calendar.clock_rule import ClockRule, FormerLimits, Limit, Mark, Unit
from engine.calendar.rule_schema import Faults
from engine.calendar.setting_file import Description, Setting

_CLOCK = {
    "name": schema.is_both_languages,
    "counts_from": schema.is_both_languages,
    "limits": lambda found: isinstance(found, list) and bool(found),
    "effect": schema.is_both_languages,
}
_MAY_HAVE = {
    "direction": lambda found: found in ("after", "before"),
    "shift_to_workday": schema.is_flag,
    "remind_before": schema.is_day_list,
    "pausable": schema.is_flag,
    "max_pause": schema.is_mapping,
    "target": schema.is_mapping,
    "extension": schema.is_mapping,
    "tell": schema.is_id_list,
}
_OWN_LIMIT = {"amount": schema.is_amount, "unit": schema.is_time_unit, "mark": schema.is_mark}
_LIMIT_OF_SETTING = {"setting": schema.is_id}
_STRENGTH = list(Mark)


def clocks(
    *, content: Any, settings: Mapping[str, Setting], known: Mapping[str, ClockRule], faults: Faults
) -> dict[str, ClockRule]:
    """The clocks of one file; what is wrong goes to `faults` and is left out."""
    if not isinstance(content, dict):
        faults.add("clocks", "rule_not_mapping")
        return {}
    found = {}
    for rule_id, entry in content.items():
        at = f"clocks.{rule_id}"
        if not schema.is_id(rule_id) or rule_id in known:
            faults.add(at, "rule_key_twice" if rule_id in known else "rule_id_wrong", key=str(rule_id))
        elif faults.check(at=at, entry=entry, required=_CLOCK, optional=_MAY_HAVE):
            reader = _LimitReader(settings=settings, faults=faults, backwards=entry.get("direction") == "before")
            if rule := _clock(rule_id=rule_id, at=at, entry=entry, reader=reader):
                found[rule_id] = rule
    return found


def _clock(*, rule_id: str, at: str, entry: dict[str, Any], reader: "_LimitReader") -> ClockRule | None:
    before = len(reader.faults.problems)
    limits = [reader.read(at=f"{at}.limits[{place}]", entry=limit) for place, limit in enumerate(entry["limits"])]
    single = {key: reader.read(at=f"{at}.{key}", entry=entry[key]) for key in _SINGLE if key in entry}
    _check_backwards(at=at, entry=entry, faults=reader.faults)
    _check_pause(at=at, entry=entry, pause=single.get("max_pause"), faults=reader.faults)
    _check_hours(at=at, entry=entry, limits=limits, faults=reader.faults)
    _check_extension(at=at, extension=single.get("extension"), faults=reader.faults)
    if len(reader.faults.problems) > before:
        return None
    newest, former = _by_date(limits)
    return ClockRule(
        id=rule_id,
        name=entry["name"],
        counts_from=entry["counts_from"],
        limits=newest,
        former=former,
        shift_to_workday=entry.get("shift_to_workday", False),
        remind_before=tuple(sorted(entry.get("remind_before", ()), reverse=True)),
        pausable=entry.get("pausable", False),
        max_pause=_newest(single["max_pause"]) if "max_pause" in single else None,
        effect=entry["effect"],
        mark=max((limit.mark for limit in newest), key=_STRENGTH.index),
        target=_newest(single["target"]) if "target" in single else None,
        extension=_newest(single["extension"]) if "extension" in single else None,
        tell=tuple(entry.get("tell", ())),
    )


def _is_time(dated: Description) -> bool:
    return dated.unit in schema.TIME_UNITS and schema.is_amount(dated.value)


_SINGLE = ("max_pause", "target", "extension")
_Dated = tuple[tuple[date, Limit], ...]


class _LimitReader:
    """Turns a limit entry into its dated limits, oldest first."""

    def __init__(self, *, settings: Mapping[str, Setting], faults: Faults, backwards: bool) -> None:
        self.settings = settings
        self.faults = faults
        self.sign = -1 if backwards else 1

    def read(self, *, at: str, entry: Any) -> _Dated:
        refers = isinstance(entry, dict) and "setting" in entry
        required, optional = (_LIMIT_OF_SETTING, {}) if refers else (_OWN_LIMIT, schema.BASIS)
        if not self.faults.check(at=at, entry=entry, required=required, optional=optional):
            return ()
        return self._of_setting(at=at, key=entry["setting"]) if refers else self._own(at=at, entry=entry)

    def _of_setting(self, *, at: str, key: str) -> _Dated:
        setting = self.settings.get(key)
        if setting is None or not all(_is_time(dated) for dated in setting.dated):
            self.faults.add(f"{at}.setting", "rule_setting_not_time" if setting else "rule_setting_unknown", key=key)
            return ()
        return tuple((dated.valid_from, self._limit_of(dated)) for dated in setting.dated)

    def _limit_of(self, dated: Description) -> Limit:
        return Limit(self.sign * dated.value, Unit(dated.unit), dated.article, dated.mark)

    def _own(self, *, at: str, entry: dict[str, Any]) -> _Dated:
        schema.check_basis(faults=self.faults, at=at, entry=entry)
        amount = self.sign * entry["amount"]
        if entry["amount"] < 0:
            self.faults.add(f"{at}.amount", "rule_value_wrong", value=str(entry["amount"]))
        limit = Limit(amount, Unit(entry["unit"]), schema.full_article(entry), Mark(entry["mark"]))
        return ((date.min, limit),)


def _newest(dated: _Dated) -> Limit:
    return dated[-1][1]


def _by_date(limits: list[_Dated]) -> tuple[tuple[Limit, ...], tuple[FormerLimits, ...]]:
    """The limits in force at the newest date, and those before each date on which one of them changed."""
    newest = tuple(_newest(dated) for dated in limits)
    changes = sorted({day for dated in limits for day, _ in dated[1:]})
    former = tuple(FormerLimits(day, tuple(_before(dated, day) for dated in limits)) for day in changes)
    return newest, former


def _before(dated: _Dated, day: date) -> Limit:
    return next((limit for since, limit in reversed(dated) if since < day), dated[0][1])


def _check_backwards(*, at: str, entry: dict[str, Any], faults: Faults) -> None:
    if entry.get("direction") == "before":
        for key in ("shift_to_workday", "pausable", "extension", "target"):
            if entry.get(key):
                faults.add(f"{at}.{key}", "rule_not_backwards")


def _check_pause(*, at: str, entry: dict[str, Any], pause: _Dated | None, faults: Faults) -> None:
    if bool(entry.get("pausable")) != ("max_pause" in entry):
        faults.add(f"{at}.max_pause", "rule_pause_without_limit")
    if pause and _newest(pause).unit not in (Unit.CALENDAR_DAY, Unit.WORKDAY):
        faults.add(f"{at}.max_pause", "rule_value_wrong", value=_newest(pause).unit.value)


def _check_extension(*, at: str, extension: _Dated | None, faults: Faults) -> None:
    if extension and _newest(extension).unit == Unit.HOUR:
        faults.add(f"{at}.extension", "rule_value_wrong", value=Unit.HOUR.value)


def _check_hours(*, at: str, entry: dict[str, Any], limits: list[_Dated], faults: Faults) -> None:
    """Hours stand alone: they are not compared with days, and what moves or reminds by days does not fit them."""
    if not any(limit.unit == Unit.HOUR for dated in limits for _, limit in dated):
        return
    if len(limits) > 1 or any(limit.amount < 0 for dated in limits for _, limit in dated):
        faults.add(f"{at}.limits", "rule_not_with_hours")
    for key in ("shift_to_workday", "pausable", "extension", "target", "remind_before"):
        if entry.get(key):
            faults.add(f"{at}.{key}", "rule_not_with_hours")
