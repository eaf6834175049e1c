from datetime import date
from decimal import Decimal

import pytest

from engine.calendar import Mark, NotYetInForce, RuleFileInvalid, RulePack, Unit, UnknownClock, UnknownSetting
from tests.engine.calendar.calendars import day
from texts import sentence

SETTING = """
settings:
  notice_days:
    name: {zh: "通知", en: "Notice"}
    unit: calendar_day
    values:
      - {valid_from: 2011-01-01, value: 20, mark: VERIFIED, law: 甲条例, article: "第一条"}
      - {valid_from: 2024-07-01, value: 10, mark: VERIFIED-2, source: "新闻"}
"""
CLOCK = """
clocks:
  notice:
    name: {zh: "通知", en: "Notice"}
    counts_from: {zh: "收到", en: "receipt"}
    limits: [{setting: notice_days}]
    effect: {zh: "提醒", en: "a reminder"}
"""


def _load(*texts: str) -> RulePack:
    return RulePack.load({f"rules/{number}.yml": text.encode() for number, text in enumerate(texts)})


def _problems(*texts: str) -> list[tuple[str, str]]:
    with pytest.raises(RuleFileInvalid) as refused:
        _load(*texts)
    return [(problem.path, problem.code) for problem in refused.value.problems]


def _values(entry: str, unit: str = "calendar_day") -> str:
    head = 'settings:\n  k1:\n    name: {zh: "甲", en: "A"}\n'
    return f"{head}    unit: {unit}\n    values:\n      - {entry}\n"


def test_a_value_is_the_one_in_force_on_the_day() -> None:
    pack = _load(SETTING)

    assert pack.setting("notice_days", day("2024-06-30")) == 20
    assert pack.setting("notice_days", day("2024-07-01")) == 10


def test_before_its_first_day_a_setting_has_no_value() -> None:
    with pytest.raises(NotYetInForce) as refused:
        _load(SETTING).setting("notice_days", day("2010-12-31"))

    assert refused.value.details == {"key": "notice_days", "on": "2010-12-31"}


def test_unknown_names_are_named() -> None:
    with pytest.raises(UnknownSetting):
        _load(SETTING).setting("notice", date.max)
    with pytest.raises(UnknownClock):
        _load(SETTING).clock("notice")


def test_a_description_carries_the_basis() -> None:
    old, new = _load(SETTING).describe("notice_days", day("2020-01-01")), _load(SETTING).describe("notice_days")

    assert (old.article, old.mark, old.source) == ("《甲条例》第一条", Mark.VERIFIED, None)
    assert (new.article, new.mark, new.source) == (None, Mark.VERIFIED_2, "新闻")


def test_a_clock_takes_its_limits_from_the_settings_of_any_file() -> None:
    rule = _load(CLOCK, SETTING).clock("notice")

    assert [(limit.amount, limit.unit, limit.mark) for limit in rule.limits] == [
        (10, Unit.CALENDAR_DAY, Mark.VERIFIED_2)
    ]
    assert rule.limits_on(day("2024-06-30"))[0].amount == 20
    assert rule.limits_on(day("2024-07-01"))[0].amount == 10
    assert rule.limits_on(day("2009-01-01"))[0].amount == 20


def test_numbers_stay_exact() -> None:
    pack = _load(_values("{valid_from: 2026-01-01, value: 0.1, mark: PROPOSAL}", unit="yuan"))

    assert pack.setting("k1", day("2026-01-01")) == Decimal("0.1")


def test_the_version_is_that_of_the_files() -> None:
    assert _load(SETTING).version == _load(SETTING).version
    assert _load(SETTING).version != _load(SETTING + "# a word\n").version
    assert _load(SETTING, CLOCK).version != _load(SETTING).version


def test_no_files_are_an_empty_pack() -> None:
    assert RulePack.load({}).clocks == {}


HOURS = "{amount: 2, unit: hour, mark: PROPOSAL}"
OWN_LIMIT = "{amount: -3, unit: workday, mark: PROPOSAL}"
OWN = "valid_from: 2026-01-01, mark: PROPOSAL"


@pytest.mark.parametrize(
    ("text", "path", "code"),
    [
        ("settings: [", "", "rule_yaml"),
        ("settings: {a: &x 1, b: *x}", "", "rule_alias"),
        ("settings: {}\nsettings: {}", "", "rule_key_twice"),
        ("settings: {k1: .nan}", "", "rule_number"),
        ("settings: !!python/object:os.system {}", "", "rule_yaml"),
        ("- 1", "#", "rule_not_mapping"),
        ("limits: {}", "#limits", "rule_key_unknown"),
        ("settings: []", "#settings", "rule_not_mapping"),
        ("settings: {K1: {}}", "#settings.K1", "rule_id_wrong"),
        ("settings: {k1: 3}", "#settings.k1", "rule_not_mapping"),
        (_values(f"{{{OWN}, value: 1}}", unit="week"), "#settings.k1.unit", "rule_value_wrong"),
        (_values(f"{{{OWN}, value: 1}}\n      - {{{OWN}, value: 2}}"), "#settings.k1.values", "rule_dates_unordered"),
    ],
)
def test_a_wrong_file_is_named_by_file_and_key(text: str, path: str, code: str) -> None:
    assert (f"rules/0.yml{path}", code) in _problems(text)


@pytest.mark.parametrize(
    ("value", "key", "code"),
    [
        ("value: 1, mark: PROPOSAL", "valid_from", "rule_key_missing"),
        ("valid_from: 1.5, value: 1, mark: PROPOSAL", "valid_from", "rule_value_wrong"),
        ("valid_from: 2026-01-01, value: 1, mark: SURE", "mark", "rule_value_wrong"),
        ("valid_from: 2026-01-01, value: 1, mark: [A]", "mark", "rule_value_wrong"),
        ("valid_from: 2026-01-01, value: 1, mark: VERIFIED", "law", "rule_key_missing"),
        (f"{OWN}, value: 0", "value", "rule_value_wrong"),
        (f"{OWN}, value: 1, law: 乙, article: 一", "law", "rule_article_unverified"),
        (f"{OWN}, value: 1, why: x", "why", "rule_key_unknown"),
    ],
)
def test_a_wrong_value_is_named_by_file_and_key(value: str, key: str, code: str) -> None:
    assert (f"rules/0.yml#settings.k1.values[0].{key}", code) in _problems(_values(f"{{{value}}}"))


@pytest.mark.parametrize(
    ("change", "path", "code"),
    [
        (("notice_days", "notice_weeks"), "limits[0].setting", "rule_setting_unknown"),
        (("[{setting: notice_days}]", "[]"), "limits", "rule_value_wrong"),
        (("{setting: notice_days}", "{amount: 3, unit: workday}"), "limits[0].mark", "rule_key_missing"),
        (("{setting: notice_days}", OWN_LIMIT), "limits[0].amount", "rule_value_wrong"),
        (("    effect:", "    speed: 1\n    effect:"), "speed", "rule_key_unknown"),
        (("    effect:", "    pausable: true\n    effect:"), "max_pause", "rule_pause_without_limit"),
        (
            ("    effect:", "    direction: before\n    shift_to_workday: true\n    effect:"),
            "shift_to_workday",
            "rule_not_backwards",
        ),
        (('effect: {zh: "提醒", en: "a reminder"}', 'effect: {zh: "提醒"}'), "effect", "rule_value_wrong"),
        (("[{setting: notice_days}]", f"[{HOURS}, {{setting: notice_days}}]"), "limits", "rule_not_with_hours"),
        (
            ("[{setting: notice_days}]", f"[{HOURS}]\n    shift_to_workday: true"),
            "shift_to_workday",
            "rule_not_with_hours",
        ),
        (
            ("[{setting: notice_days}]", f"[{HOURS}]\n    remind_before: [1]"),
            "remind_before",
            "rule_not_with_hours",
        ),
        (
            ("    effect:", f"    pausable: true\n    max_pause: {HOURS}\n    effect:"),
            "max_pause",
            "rule_value_wrong",
        ),
        (("    effect:", f"    extension: {HOURS}\n    effect:"), "extension", "rule_value_wrong"),
    ],
)
def test_a_wrong_clock_is_named_by_file_and_key(change: tuple[str, str], path: str, code: str) -> None:
    assert (f"rules/1.yml#clocks.notice.{path}", code) in _problems(SETTING, CLOCK.replace(*change))


def test_a_setting_that_is_no_time_cannot_drive_a_clock() -> None:
    people = SETTING.replace("unit: calendar_day", "unit: person")

    assert _problems(people, CLOCK) == [("rules/1.yml#clocks.notice.limits[0].setting", "rule_setting_not_time")]


def test_the_same_key_in_two_files_is_refused() -> None:
    assert _problems(SETTING, SETTING) == [("rules/1.yml#settings.notice_days", "rule_key_twice")]


def test_a_huge_file_is_refused_unread() -> None:
    assert _problems("#" * 1_000_001) == [("rules/0.yml", "rule_file_too_big")]


def test_every_problem_has_a_sentence_in_both_languages() -> None:
    with pytest.raises(RuleFileInvalid) as refused:
        _load("settings: {k1: 3}", "limits: {}", "settings: [")

    for problem in refused.value.problems:
        for locale in ("zh", "en"):
            said = sentence("problems", problem.code, locale, **problem.params)
            assert said != problem.code
            assert "…" not in said
