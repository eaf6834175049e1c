"""What a change of version means, in rows that a person can read before it is done."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from engine.errors import Problem


@dataclass(frozen=True, kw_only=True)
class Plan:
    """From which version to which. `choices`: old element → new one, or "" to take the token away."""

    process: str
    from_version: int
    to_version: int
    choices: Mapping[str, str] = field(default_factory=dict)


class Verdict(StrEnum):
    """Whether a case moves cleanly, somebody has to choose first, or it must stay on its version."""

    MOVES = "moves"
    CHOICE = "choice"
    STAYS = "stays"


class Fit(StrEnum):
    """How an element of the old diagram was found in the new one: by its id, by its name, by choice, or not at all.

    `OTHER_KIND`: the id is there, but it is another kind of element.
    """

    SAME = "same"
    NAME = "name"
    CHOSEN = "chosen"
    OTHER_KIND = "other_kind"
    GONE = "gone"


@dataclass(frozen=True)
class Place:
    """An element of the new diagram to which a token can be put."""

    element_id: str
    name: str
    name_en: str
    type: str


@dataclass(frozen=True)
class Match:
    """An element of the old diagram at which cases stand, or that is not the same in the new one.

    `target` is the element of the new diagram; "" when the token was chosen to be taken away, None when there is none
    yet. `suggested` is the likeliest of `options`.
    """

    element_id: str
    name: str
    name_en: str
    type: str
    fit: Fit
    target: str | None
    target_name: str
    target_name_en: str
    cases: int
    suggested: str | None = None
    options: tuple[Place, ...] = ()


@dataclass(frozen=True)
class Group:
    """Cases that stand alike: at the same elements, with the same verdict. `problems` say why they do not just move."""

    verdict: Verdict
    cases: int
    at: tuple[Place, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Outlook:
    """`added` are the elements that only the new diagram has. `rules_differ`: the numbers of the law are others."""

    process: str
    name: str
    name_en: str
    from_version: int
    to_version: int
    matches: tuple[Match, ...]
    groups: tuple[Group, ...]
    added: tuple[Place, ...]
    rules_differ: bool

    @property
    def cases(self) -> int:
        return sum(group.cases for group in self.groups)

    def count(self, verdict: Verdict) -> int:
        return sum(group.cases for group in self.groups if group.verdict is verdict)


@dataclass(frozen=True)
class CaseOutlook:
    """One running case. What people wrote in it is not for designers: number, town and where it stands."""

    case_id: str
    number: str
    town: str | None
    stage: str | None
    status: str
    at: tuple[Place, ...]
    verdict: Verdict
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Change:
    """What moving changed in one case, as ids of elements in the new diagram; `ended`: tasks that were given up.

    `kept`: open tasks that go on. `passed`: what happened by itself afterwards. Clocks by the elements they belong to.
    """

    kept: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    clocks_started: tuple[str, ...] = ()
    clocks_stopped: tuple[str, ...] = ()
    incidents: tuple[str, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)
