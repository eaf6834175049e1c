"""A question for tasks as people write it into an address or save it: words and days that stay true tomorrow."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from engine.errors import Problem, Rejected

VIEWS = ("mine", "claimable", "group", "followed", "overdue", "today", "paused", "done")
SORTS = ("due", "waiting", "newest")
LONGEST = 100
MOST_DAYS = 3_660
_DAYS = ("due", "since", "follow")


class QuestionWrong(Rejected):
    """A question for tasks names a view, filters and an order of the list."""


@dataclass(frozen=True)
class Asked:
    """`due`: within so many days; `since`: waiting for so many days; `follow`: to be looked at again by then.

    `enterprise` is an organisation id, `step` the element, `who` a username or "-" for nobody.
    `stead`: what reaches the reader because this person is away.
    """

    view: str = "mine"
    q: str = ""
    process: str = ""
    stage: str = ""
    step: str = ""
    town: str = ""
    enterprise: str = ""
    who: str = ""
    stead: str = ""
    due: int | None = None
    since: int | None = None
    follow: int | None = None
    sort: str = "due"

    def as_words(self) -> dict[str, str]:
        """What differs from asking nothing, in a fixed order; always the view."""
        plain = Asked()
        told = {f.name: getattr(self, f.name) for f in fields(self)}
        return {name: str(value) for name, value in told.items() if name == "view" or value != getattr(plain, name)}

    @property
    def is_narrowed(self) -> bool:
        return bool(self.as_words().keys() - {"view", "sort"})


NAMES = tuple(f.name for f in fields(Asked))


def asked_in(words: Mapping[str, Any]) -> Asked:
    """Raises QuestionWrong with a problem for every word that means nothing."""
    problems = [Problem(path=name, code="unknown_key") for name in words if name not in NAMES]
    read: dict[str, Any] = {}
    for name in NAMES:
        text = str(words.get(name) or "").strip()
        if text and not _is_meant(name, text):
            problems.append(Problem(path=name, code="not_an_option"))
        elif text:
            read[name] = int(text) if name in _DAYS else text
    if problems:
        raise QuestionWrong(problems=problems)
    return Asked(**read)


def _is_meant(name: str, text: str) -> bool:
    if name == "view":
        return text in VIEWS
    if name == "sort":
        return text in SORTS
    if name in _DAYS:
        return text.isascii() and text.isdecimal() and len(text) <= 4 and int(text) <= MOST_DAYS
    return len(text) <= LONGEST and text.isprintable()
