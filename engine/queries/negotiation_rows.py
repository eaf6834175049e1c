"""The rows of a negotiation that edges get, and what somebody may do with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.model import Case, Clause, Negotiation
from engine.model.case import CaseStatus
from engine.model.clause import ClauseAct, ClauseStatus
from engine.model.negotiation import NegotiationState, Side
from engine.negotiating import Seat
from engine.wording import Piece


@dataclass(frozen=True)
class StepRow:
    """`changes` are those from the side's own text before this one; `about_id` is the text a consent names."""

    id: str
    seq: int
    round: int
    side: str | None
    person: str
    person_name: str
    at: datetime
    act: str
    applies: bool | None
    text: str | None
    reason: str | None
    about_id: str | None
    changes: tuple[Piece, ...] = ()


@dataclass(frozen=True)
class ClauseRow:
    """`consents` names the sides that agree to what is on the table, by side the id of the text.

    `awaits` are the sides that have to move next; `editors` are the people writing on it now; `differences` lead from
    the older to the newer of the two texts on the table.
    """

    id: str
    position: int
    head: str
    part: str
    status: str
    revision: int
    worker: StepRow | None
    employer: StepRow | None
    agreed: StepRow | None
    consents: Mapping[str, str]
    reopening_asked_by: str | None
    awaits: tuple[str, ...]
    editors: tuple[str, ...] = ()
    differences: tuple[Piece, ...] = ()

    @property
    def newer(self) -> str | None:
        """The side whose text came last, where both have one."""
        if self.worker is None or self.employer is None:
            return None
        return Side.WORKER if self.worker.seq > self.employer.seq else Side.EMPLOYER


@dataclass(frozen=True)
class SeatRow:
    """One negotiator; `is_here` tells whether the text is open on their screen, `clause_id` what they write on."""

    person: str
    name: str
    side: str | None
    is_chief: bool
    is_entitled: bool
    is_here: bool
    clause_id: str | None = None


@dataclass(frozen=True)
class NegotiationRow:
    """`actions` maps add and entitle to None or to the error code why not.

    `is_due` tells that the reader's presence has to be shown again, `my_clause_id` what it says so far.
    """

    id: str
    case_id: str
    state: str
    round: int
    revision: int
    side: str | None
    is_chief: bool
    may_agree: bool
    sees_all: bool
    clauses: tuple[ClauseRow, ...]
    seats: tuple[SeatRow, ...]
    actions: Mapping[str, str | None]
    is_due: bool
    my_clause_id: str | None

    @property
    def shown(self) -> tuple[Any, ...]:
        """Everything that a page shows of it."""
        return (self.revision, self.state, self.clauses, self.seats)

    @property
    def agreed(self) -> int:
        return sum(clause.status == ClauseStatus.AGREED for clause in self.clauses)

    @property
    def mine(self) -> tuple[ClauseRow, ...]:
        """The clauses that wait for the reader's side."""
        return tuple(clause for clause in self.clauses if self.side in clause.awaits)


@dataclass(frozen=True)
class NegotiationMark:
    """How far the text of a case is; `mine` counts the clauses that wait for the reader's side."""

    total: int
    agreed: int
    mine: int
    is_open: bool


@dataclass(frozen=True)
class NoteRow:
    person_name: str
    at: datetime
    text: str


@dataclass(frozen=True)
class ClauseFile:
    """`actions` maps propose, agree, withdraw, park, reopen, answer, note to None or to the error code why not."""

    clause: ClauseRow
    steps: tuple[StepRow, ...]
    notes: tuple[NoteRow, ...]
    actions: Mapping[str, str | None]

    @property
    def texts(self) -> tuple[StepRow, ...]:
        return tuple(step for step in self.steps if step.act == ClauseAct.PROPOSED)


def awaited_sides(clause: Clause) -> tuple[str, ...]:
    """Who has to move: whoever has not agreed to the other's text, or has not confirmed the own one."""
    if clause.reopening_asked_by is not None:
        return (Side(clause.reopening_asked_by).other,)
    if clause.status != ClauseStatus.PROPOSED:
        return ()
    silent = [side for side in Side if clause.consent_of(side) is None]
    if len(silent) == 1:
        return tuple(silent)
    return tuple(side for side in Side if clause.text_of(side) is not None)


def table_actions(case: Case, negotiation: Negotiation, seat: Seat) -> dict[str, str | None]:
    blocked = _blocked(case, negotiation, seat)
    return {
        "add": blocked or (None if seat.may_agree else "not_entitled_to_agree"),
        "entitle": blocked or (None if seat.is_chief else "only_the_chief"),
    }


def clause_actions(case: Case, negotiation: Negotiation, clause: Clause, seat: Seat) -> dict[str, str | None]:
    blocked = _blocked(case, negotiation, seat)
    if blocked or seat.side is None:
        return dict.fromkeys(("propose", "agree", "withdraw", "park", "reopen", "answer", "note"), blocked)
    locked = "clause_agreed" if clause.status == ClauseStatus.AGREED else None
    entitled = None if seat.may_agree else "not_entitled_to_agree"
    asked = clause.reopening_asked_by
    return {
        "propose": locked,
        "agree": locked or entitled,
        "withdraw": locked or entitled or (None if clause.text_of(seat.side) else "nothing_to_withdraw"),
        "park": locked or entitled,
        "reopen": ("clause_not_agreed" if not locked else None) or ("reopening_asked" if asked else None) or entitled,
        "answer": (None if asked == seat.side.other else "no_reopening_asked") or entitled,
        "note": None,
    }


def _blocked(case: Case, negotiation: Negotiation, seat: Seat) -> str | None:
    if case.status != CaseStatus.RUNNING:
        return "case_not_running"
    if negotiation.state != NegotiationState.OPEN:
        return "negotiation_closed"
    return None if seat.side is not None else "not_a_negotiator"
