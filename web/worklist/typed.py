"""What somebody types into the search field: a text, or a filter such as 企业:星月, 到期<3日, 阶段:审查."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from engine.asking import MOST_DAYS, Asked
from engine.queries.task_facets import KINDS, Facet, FacetSearch, facets
from engine.queries.task_filters import NOBODY
from web import door
from web.language import named
from web.worklist.chips import LABELS, due_words
from web.worklist.queue import address_of

KEYS = {
    "企业": "enterprise", "enterprise": "enterprise", "任务": "step", "task": "step", "阶段": "stage", "stage": "stage",
    "镇街": "town", "town": "town", "流程": "process", "process": "process", "办理人": "who", "owner": "who",
    "到期": "due", "due": "due", "等待": "since", "waiting": "since", "跟进": "follow", "follow": "follow",
}  # fmt: skip
_KEYED = re.compile(r"\s*(\w+)\s*[:：<>＜＞≤≥]\s*(.*)", re.DOTALL)
_DAYS = re.compile(r"(\d{1,4})")
_ANY_KIND = ("enterprise", "step", "stage", "who")
EACH = 3
DAYS = (0, 3, 7, 30)


@dataclass(frozen=True)
class Suggestion:
    """`typed` is put into the field for more to come; else `address` is where it leads."""

    label: str
    words: str
    count: int | None = None
    address: str = ""
    typed: str = ""


def keyed(text: str) -> tuple[str, str] | None:
    """(name of the filter, the rest) of `企业:星月`; None for a text that is only looked for."""
    found = _KEYED.match(text)
    name = KEYS.get(found[1].lower()) if found else None
    return (name, found[2].strip()) if found and name else None


def suggestions(session: Any, asked: Asked, text: str) -> tuple[Suggestion, ...]:
    parts = keyed(text)
    if parts is not None:
        return tuple(_of_key(session, asked, *parts))
    if not text.strip():
        return tuple(Suggestion(str(LABELS[name]), "", typed=f"{LABELS[name]}:") for name in LABELS if name != "q")
    return tuple(_of_text(session, asked, text.strip()))


def settled(session: Any, asked: Asked) -> Asked | None:
    """Without scripts the whole field is sent: `企业:星月` in it becomes the filter when it means one thing."""
    parts = keyed(asked.q)
    if parts is None:
        return None
    name, rest = parts
    plain = replace(asked, q="")
    if name not in KINDS:
        days = _days(rest)
        return replace(plain, **{name: days}) if days is not None else None
    if name == "who" and rest in _nobody():
        return replace(plain, who=NOBODY)
    found = _found(session, plain, name, rest)
    exact = [facet for facet in found if rest in (facet.label, facet.label_en)] or found
    return replace(plain, **{name: exact[0].value}) if len(exact) == 1 else None


def _of_text(session: Any, asked: Asked, text: str) -> Iterator[Suggestion]:
    yield Suggestion(_("搜索"), text, address=address_of(replace(asked, q=text)))
    plain = replace(asked, q="")
    for kind in _ANY_KIND:
        for facet in _found(session, plain, kind, text)[:EACH]:
            yield _offered(plain, facet)


def _of_key(session: Any, asked: Asked, name: str, rest: str) -> Iterator[Suggestion]:
    plain = replace(asked, q="")
    if name in KINDS:
        if name == "who" and (not rest or rest in _nobody()):
            yield Suggestion(str(LABELS["who"]), _("未领取"), address=address_of(replace(plain, who=NOBODY)))
        yield from (_offered(plain, facet) for facet in _found(session, plain, name, rest))
        return
    typed = _days(rest)
    for days in DAYS if typed is None else (typed,):
        words = ngettext("满 %(num)d 日", "满 %(num)d 日", days) if name == "since" else due_words(days)
        yield Suggestion(str(LABELS[name]), words, address=address_of(replace(plain, **{name: days})))


def _found(session: Any, asked: Asked, kind: str, typed: str) -> tuple[Facet, ...]:
    wanted = FacetSearch(asked, kind, typed=typed)
    return facets(session, door.actor(), wanted, catalogue=door.engine().catalogue, now=door.now())


def _offered(asked: Asked, facet: Facet) -> Suggestion:
    address = address_of(replace(asked, **{facet.kind: facet.value}))
    return Suggestion(str(LABELS[facet.kind]), named(facet, "label"), facet.count, address)


def _days(rest: str) -> int | None:
    if rest in ("今日", "今天", "today"):
        return 0
    found = _DAYS.search(rest)
    return int(found[1]) if found and int(found[1]) <= MOST_DAYS else None


def _nobody() -> tuple[str, ...]:
    return ("未领取", "nobody", "-", _("未领取"))
