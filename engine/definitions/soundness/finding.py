"""What an exploration gives: findings with the shortest way to them, or the word that nothing was found or proven."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Property = Literal["option_to_complete", "proper_completion", "safe", "no_dead_element"]
Verdict = Literal["sound", "unsound", "not_proven"]


@dataclass(frozen=True)
class Step:
    """`element` did something (`kind`), tokens went along `flows`; `tokens` is where they are afterwards.

    A token is counted at the element where it stays, or on the flow by which it has come to a join.
    """

    element: str
    kind: str
    flows: tuple[str, ...]
    tokens: Mapping[str, int]


@dataclass(frozen=True)
class Fix:
    """A change for a machine to make: `change_gateway` of `element` to the type `to`. It was tried and helps."""

    action: str
    element: str
    to: str


@dataclass(frozen=True)
class Finding:
    """`element` is where people should look, `stuck` where tokens are that can go no further.

    `is_certain` is False when it needs two conditions of an inclusive gateway, or an event beside the way, to coincide.
    """

    property: Property
    element: str
    level: str
    steps: tuple[Step, ...] = ()
    stuck: tuple[str, ...] = ()
    is_certain: bool = True
    fixes: tuple[Fix, ...] = ()


@dataclass(frozen=True)
class Proof:
    verdict: Verdict
    findings: tuple[Finding, ...] = field(default=())
    states: int = 0
