"""What asking somebody to sign, or taking somebody off, changes: rows that a person can read before it is done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from engine.audit import digest
from engine.errors import Problem

Outcome = Literal["waits", "waits_after_hand_in", "free", "completes", "goes_on"]


@dataclass(frozen=True)
class Signer:
    """Somebody who is asked or taken off. `reads_case`: they may read the case from then on, and could not before."""

    person_id: str
    username: str
    name: str
    mode: str
    reads_case: bool = False


@dataclass(frozen=True)
class RunningClock:
    """A deadline of the step; it goes on."""

    clock_id: str
    name: str
    name_en: str
    due_on: date


@dataclass(frozen=True)
class CosignPlan:
    """`signers` are those asked or taken off, `awaited` the others who are still to sign.

    `outcome` says what becomes of the task: it `waits`, `waits_after_hand_in`, is `free` to be handed in, `completes`
    at once, or `goes_on` as it was. `problems` are in the way. `shows_draft`: they see what is written so far.
    """

    kind: Literal["ask", "remove"]
    task_id: str
    signers: tuple[Signer, ...]
    outcome: Outcome
    awaited: tuple[str, ...] = ()
    clocks: tuple[RunningClock, ...] = ()
    told: Mapping[str, str] | None = None
    shows_draft: bool = False
    problems: tuple[Problem, ...] = ()

    @property
    def fingerprint(self) -> str:
        """Changes with everything that a reader of the plan agrees to."""
        parts = {
            "kind": self.kind,
            "task": self.task_id,
            "signers": sorted(f"{row.username}:{row.mode}:{row.reads_case}" for row in self.signers),
            "outcome": self.outcome,
            "awaited": sorted(self.awaited),
            "clocks": sorted(f"{row.clock_id}:{row.due_on}" for row in self.clocks),
        }
        return digest(parts)[:16]
