"""How a deadline was reckoned, in one line that people can check by hand."""

from dataclasses import dataclass
from datetime import date, datetime

from engine.calendar.clock_rule import ClockRule, Limit, Unit

_ZH = {Unit.HOUR: "小时", Unit.WORKDAY: "个工作日", Unit.CALENDAR_DAY: "日", Unit.MONTH: "个月"}
_EN = {Unit.HOUR: "hour", Unit.WORKDAY: "working day", Unit.CALENDAR_DAY: "day", Unit.MONTH: "month"}


@dataclass(frozen=True)
class Reckoning:
    """`counted_on` differs from `due_on` when the last day was moved to a working day."""

    rule: ClockRule
    limits: tuple[Limit, ...]
    due_on: date
    counted_on: date
    paused_days: int
    extension: Limit | None


def zh(words: Reckoning) -> str:
    start = words.rule.counts_from["zh"]
    amounts = "与 ".join(amount_zh(limit) for limit in words.limits)
    parts = [f"{start}{_forward(words, '次日起', '前')} {amounts}"]
    if words.extension:
        parts.append(f"另加延长 {amount_zh(words.extension)}")
    if words.paused_days:
        parts.append(f"另加中止 {words.paused_days} 日")
    if len(words.limits) > 1:
        parts.append("取较早")
    moved = "" if words.counted_on == words.due_on else f"（{words.counted_on} 逢休息日顺延）"
    return f"{'，'.join(parts)}：{words.due_on}{moved}"


def en(words: Reckoning) -> str:
    start = words.rule.counts_from["en"]
    amounts = " and ".join(amount_en(limit) for limit in words.limits)
    parts = [f"{amounts} {_forward(words, 'from the day after', 'before')} {start}"]
    if words.extension:
        parts.append(f"plus an extension of {amount_en(words.extension)}")
    if words.paused_days:
        parts.append(f"plus a pause of {_counted(words.paused_days, 'day')}")
    if len(words.limits) > 1:
        parts.append("whichever is earlier")
    moved = "" if words.counted_on == words.due_on else f" (moved on from {words.counted_on}, not a working day)"
    return f"{', '.join(parts)}: {words.due_on}{moved}"


def hours_zh(rule: ClockRule, limit: Limit, due_at: datetime) -> str:
    return f"{rule.counts_from['zh']}起 {amount_zh(limit)}：{due_at:%Y-%m-%d %H:%M}"


def hours_en(rule: ClockRule, limit: Limit, due_at: datetime) -> str:
    return f"{amount_en(limit)} from {rule.counts_from['en']}: {due_at:%Y-%m-%d %H:%M}"


def amount_zh(limit: Limit) -> str:
    return f"{abs(limit.amount)} {_ZH[limit.unit]}"


def amount_en(limit: Limit) -> str:
    return _counted(abs(limit.amount), _EN[limit.unit])


def _counted(amount: int, noun: str) -> str:
    return f"{amount} {noun}" if amount == 1 else f"{amount} {noun}s"


def _forward(words: Reckoning, forwards: str, backwards: str) -> str:
    return backwards if words.limits[0].amount < 0 else forwards
