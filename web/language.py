"""Chinese first, English second: which one, and how names and dates are written in it."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from flask import g, request
from flask_babel import gettext as _
from flask_babel import ngettext

import texts
from engine.definitions.form import problem_text
from web import door

COOKIE = "tongban_locale"


def current_locale() -> str:
    if g.get("actor") is not None:
        return g.actor.locale if g.actor.locale in texts.LOCALES else "zh"
    wanted = request.cookies.get(COOKIE)
    return wanted if wanted in texts.LOCALES else "zh"


def named(thing: Any, attribute: str = "name") -> str:
    """`thing.name`, or its English twin `name_en` on English pages when there is one."""
    english = getattr(thing, f"{attribute}_en", None)
    if current_locale() == "en" and english:
        return english
    return getattr(thing, attribute, None) or ""


def sentence(topic: str, code: str, part: str | None = None, **params: Any) -> str:
    return texts.sentence(topic, code, current_locale(), part, **params)


def problem_words(problem: Any) -> str:
    """What is wrong with one thing that was handed in."""
    return problem_text(problem, current_locale())


def listed(words: Iterable[str]) -> str:
    return (", " if current_locale() == "en" else "、").join(words)


def day(value: date | datetime | str | None) -> str:
    """A date as people write it; the year only when it is not this year."""
    moment = _as_date(value)
    if moment is None:
        return "—"
    same_year = moment.year == door.today().year
    if current_locale() == "en":
        return f"{moment.day} {moment:%b}" if same_year else f"{moment.day} {moment:%b %Y}"
    return f"{moment.month}月{moment.day}日" if same_year else f"{moment.year}年{moment.month}月{moment.day}日"


def city_day(value: datetime | None) -> str:
    """The day of a moment in the city, as a date field holds it."""
    return value.astimezone(door.TIME_ZONE).date().isoformat() if value else ""


def moment(value: datetime | None) -> str:
    if value is None:
        return "—"
    return f"{day(value)} {value.astimezone(door.TIME_ZONE):%H:%M}"


def full_moment(value: datetime | None) -> str:
    """With its year, for what is kept on paper."""
    if value is None:
        return "—"
    local = value.astimezone(door.TIME_ZONE)
    if current_locale() == "en":
        return f"{local.day} {local:%b %Y %H:%M}"
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"


def since(value: datetime | None) -> str:
    """How long something has been waiting, in the coarsest unit that still says something."""
    if value is None:
        return "—"
    elapsed = max(door.now() - value, timedelta())
    if elapsed < timedelta(minutes=1):
        return _("刚刚")
    if elapsed < timedelta(hours=1):
        return ngettext("%(num)d 分钟", "%(num)d 分钟", int(elapsed.total_seconds() // 60))
    if elapsed < timedelta(days=1):
        return ngettext("%(num)d 小时", "%(num)d 小时", int(elapsed.total_seconds() // 3600))
    return ngettext("%(num)d 天", "%(num)d 天", elapsed.days)


def size(octets: int) -> str:
    if octets < 1024 * 1024:
        return f"{max(octets // 1024, 1)} KB"
    return f"{octets / 1024 / 1024:.1f} MB"


def _as_date(value: date | datetime | str | None) -> date | None:
    if isinstance(value, str):
        return date.fromisoformat(value[:10])
    if isinstance(value, datetime):
        return value.astimezone(door.TIME_ZONE).date()
    return value
