"""A clock in one word: colour, icon and text, and the basis behind it."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from engine.moments import SOON_DAYS
from web import door
from web.language import day, named

_END_OF_DAY = time(23, 59, 59)


@dataclass(frozen=True)
class Pill:
    """`tone` is one of ok, soon, late, paused, done; `facts` are the lines shown on hover and focus."""

    tone: str
    icon: str
    text: str
    facts: tuple[tuple[str, str], ...] = ()


def clock_pill(clock: Any, due_at: datetime | None = None) -> Pill | None:
    """The pill of a clock, else of a plain due date, else nothing."""
    if clock is not None:
        return _of_clock(clock, still_open=due_at is not None)
    if due_at is None:
        return None
    due_on = due_at.astimezone(door.TIME_ZONE).date()
    tone, icon, text = _remaining(due_on)
    return Pill(tone=tone, icon=icon, text=text, facts=((_("到期"), day(due_on)),))


def _of_clock(clock: Any, *, still_open: bool) -> Pill:
    """A clock that has run out counts on for a task that is still to be done."""
    facts = tuple(_facts(clock))
    if clock.state == "paused":
        return Pill(tone="paused", icon="pause", text=_("暂停"), facts=facts)
    if clock.state == "met":
        return Pill(tone="done", icon="check-circle", text=_("已按期"), facts=facts)
    if clock.state == "cancelled":
        return Pill(tone="done", icon="cross", text=_("已停止"), facts=facts)
    if clock.state == "fired" and not still_open:
        return Pill(tone="late", icon="clock-late", text=_("已届满"), facts=facts)
    tone, icon, text = _remaining_hours(clock) if due_time(clock) else _remaining(clock.due_on)
    return Pill(tone=tone, icon=icon, text=text, facts=facts)


def _remaining(due_on: date) -> tuple[str, str, str]:
    days = (due_on - door.today()).days
    if days < 0:
        return "late", "clock-late", ngettext("逾期 %(num)d 日", "逾期 %(num)d 日", -days)
    if days == 0:
        return "soon", "clock", _("今日到期")
    return "soon" if days <= SOON_DAYS else "ok", "clock", ngettext("剩 %(num)d 日", "剩 %(num)d 日", days)


def _remaining_hours(clock: Any) -> tuple[str, str, str]:
    """A deadline that ends at a moment: how far it is, in hours, and in minutes when it is near."""
    minutes = int((clock.due_at - door.now()).total_seconds() // 60)
    if minutes < 0:
        return "late", "clock-late", ngettext("逾期 %(num)d 小时", "逾期 %(num)d 小时", max(1, -minutes // 60))
    if minutes < 60:
        return "soon", "clock", ngettext("剩 %(num)d 分钟", "剩 %(num)d 分钟", minutes)
    return "soon", "clock", ngettext("剩 %(num)d 小时", "剩 %(num)d 小时", minutes // 60)


def due_time(clock: Any) -> str:
    """The time of day of a deadline that is counted in hours; of the others the day is enough."""
    local = clock.due_at.astimezone(door.TIME_ZONE)
    return "" if not clock.rule or local.time() == _END_OF_DAY else f"{local:%H:%M}"


def time_taken(clock: Any) -> str:
    """Gross and net, of a clock that stood still."""
    net = clock.days_taken - clock.days_stood_still
    words = {"gross": clock.days_taken, "still": clock.days_stood_still, "net": net}
    return _("用时 %(gross)d 天（扣除暂停 %(still)d 天：%(net)d 天）", **words)


def basis(clock: Any) -> str:
    """The article; else what stands in its place: a goal of our own, or only the process itself."""
    return str(clock.article or (_("内部目标") if clock.rule else _("流程约定")))


def _facts(clock: Any):
    yield _("期限"), named(clock)
    yield (
        _("截止"),
        f"{day(clock.due_on)} {due_time(clock)}".rstrip()
        + (_("（暂定，当年放假安排未公布）") if clock.provisional else ""),
    )
    if named(clock, "formula"):
        yield _("算法"), named(clock, "formula")
    yield _("依据"), basis(clock)
    if clock.state == "paused" and clock.paused_reason:
        yield _("暂停原因"), clock.paused_reason
    if clock.days_stood_still:
        yield _("用时"), time_taken(clock)
    if named(clock, "effect"):
        yield _("届满后果"), named(clock, "effect")
