"""The filters of a queue as people read them."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as later
from flask_babel import ngettext

from engine.asking import Asked
from engine.queries.task_facets import KINDS, FacetSearch, facets
from engine.queries.task_filters import NOBODY
from web import door
from web.language import named
from web.worklist.queue import address_of, without

LABELS = {
    "q": later("搜索"),
    "enterprise": later("企业"),
    "step": later("任务"),
    "stage": later("阶段"),
    "town": later("镇街"),
    "process": later("流程"),
    "who": later("办理人"),
    "stead": later("代理"),
    "due": later("到期"),
    "since": later("等待"),
    "follow": later("跟进"),
}


@dataclass(frozen=True)
class Chip:
    """One filter; `without` is the address of the list without it."""

    name: str
    label: str
    words: str
    without: str


def chips(session: Any, asked: Asked, saved: str | None = None) -> tuple[Chip, ...]:
    told = asked.as_words()
    return tuple(
        Chip(name, str(LABELS[name]), _words(session, asked, name), address_of(without(asked, name), saved=saved))
        for name in LABELS
        if name in told
    )


def _words(session: Any, asked: Asked, name: str) -> str:
    value = getattr(asked, name)
    if name == "due":
        return due_words(value)
    if name == "since":
        return ngettext("满 %(num)d 日", "满 %(num)d 日", value)
    if name == "follow":
        return _("今日") if value == 0 else ngettext("%(num)d 日内", "%(num)d 日内", value)
    if name == "stead":
        return next((one.name for one in door.actor().absent if one.username == value), str(value))
    if name == "who" and value == NOBODY:
        return _("未领取")
    return _label(session, asked, name) if name in KINDS else str(value)


def due_words(days: int) -> str:
    return _("今日") if days == 0 else ngettext("%(num)d 日内", "%(num)d 日内", days)


def _label(session: Any, asked: Asked, kind: str) -> str:
    """The name behind an id, as far as tasks of the queue show it to this reader anyway."""
    wanted = FacetSearch(asked, kind, only=getattr(asked, kind))
    found = facets(session, door.actor(), wanted, catalogue=door.engine().catalogue, now=door.now())
    return named(found[0], "label") if found else str(getattr(asked, kind))
