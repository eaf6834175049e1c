"""Which tasks a page is about: everything stands in its address, so that a view can be sent to a colleague."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import request, url_for
from flask_babel import lazy_gettext as later

from engine.asking import NAMES, Asked, QuestionWrong, asked_in

VIEWS: Mapping[str, tuple[Any, str]] = {
    "mine": (later("我的"), "person"),
    "claimable": (later("待领取"), "inbox"),
    "group": (later("本组"), "people"),
    "followed": (later("我关注"), "star"),
    "overdue": (later("已逾期"), "clock-late"),
    "today": (later("今日到期"), "clock"),
    "paused": (later("已暂停"), "pause"),
    "done": (later("已办"), "check-circle"),
}
LONGEST = 1_000


def asked_here() -> Asked:
    """What the address of this page asks; words in it that mean nothing are passed over."""
    return asked_of(request.args)


def asked_of(words: Mapping[str, str]) -> Asked:
    told = {name: words[name] for name in NAMES if words.get(name)}
    try:
        return asked_in(told)
    except QuestionWrong as wrong:
        meaningless = {problem.path for problem in wrong.problems}
        return asked_in({name: value for name, value in told.items() if name not in meaningless})


def carried() -> Asked | None:
    """The queue that a page of one task belongs to, handed from page to page as one word."""
    words = carried_words()
    return asked_of(dict(parse_qsl(words))) if words else None


def carried_words() -> str | None:
    """The same as it stands in the address; nothing when it leads nowhere."""
    words = request.args.get("queue", "")
    return words if words and len(words) <= LONGEST else None


def words_of(asked: Asked) -> str:
    return urlencode(asked.as_words())


def address_of(asked: Asked, **more: str | None) -> str:
    """The list that asks this; `more` are a cursor, a task that is looked at, a saved view."""
    return url_for("pages.worklist.show", **asked.as_words(), **{name: word for name, word in more.items() if word})


def list_with(asked: Asked, *, sort: str | None = None, **more: str | None) -> str:
    """The same list sorted otherwise, at another page, or with a task beside it."""
    return address_of(replace(asked, sort=sort) if sort else asked, **more)


def without(asked: Asked, name: str) -> Asked:
    return replace(asked, **{name: getattr(Asked(), name)})
