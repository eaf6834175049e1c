"""Acts on a clause: who may do them, what they leave behind, and what the process is told afterwards."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from engine.audit import digest
from engine.case_work import CaseWork
from engine.errors import NotAllowed, NotFound, Problem, Rejected
from engine.model import Clause, ClauseStep, Job, Negotiation
from engine.model.clause import ClauseAct
from engine.model.negotiation import Side
from engine.negotiating import LONGEST_TEXT, Seat, add_step, keep_variable, negotiation_of, seat_of
from engine.progress import look_again
from engine.work import Work

LONGEST_REASON = 1000


class NegotiationNotFound(NotFound):
    """The case has no negotiation, or it is not for your eyes."""


class ClauseNotFound(NotFound):
    """There is no such clause in this negotiation."""


class NotANegotiator(NotAllowed):
    """Only the representatives of the two sides negotiate."""


class NotEntitledToAgree(NotAllowed):
    """For a side only its chief agrees, or a negotiator whom the chief has entitled to it."""


class WordsMissing(Rejected):
    """A text or a reason is missing, or too long."""


@dataclass
class Table:
    """The negotiation of one locked case, with one of the negotiators at it."""

    folder: CaseWork
    negotiation: Negotiation
    seat: Seat

    @property
    def side(self) -> Side:
        if self.seat.side is None:
            raise NotANegotiator()
        return self.seat.side

    def clause(self, clause_id: str) -> Clause:
        clause = self.folder.work.session.get(Clause, clause_id)
        if clause is None or clause.negotiation_id != self.negotiation.id:
            raise ClauseNotFound(clause_id=clause_id)
        return clause

    def must_agree_for_side(self) -> None:
        if not self.seat.may_agree:
            raise NotEntitledToAgree()

    def step(self, clause: Clause, act: ClauseAct, **said: Any) -> ClauseStep:
        return add_step(self.folder, self.negotiation, clause, act=act, side=self.side, **said)

    def settle(self, clause: Clause, action: str, step: ClauseStep) -> None:
        """History, the number of the change, the variable of the process; conditions that wait for it are asked."""
        self.negotiation.revision += 1
        clause.revision = self.negotiation.revision
        self.record(action, clause=clause.id, head=clause.head, step=step.id, **_words(step))
        self.tell_process()

    def tell_process(self) -> None:
        keep_variable(self.folder, self.negotiation)
        look_again(self.folder)

    def record(self, action: str, **facts: Any) -> None:
        """The history names the act; the words themselves are for those who sit at the table."""
        self.folder.record(action, details={"side": self.side, "round": self.negotiation.round, **facts})

    def tell_other_side(self) -> None:
        """At most once an hour: a dozen clauses are one piece of news."""
        hour = self.folder.work.now.strftime("%Y%m%d%H")
        for role in self.negotiation.sides[self.side.other]:
            args = {"case_id": self.folder.case.id, "audience": role, "kind": "clause_news", "params": {}}
            key = f"clause_news:{self.negotiation.id}:{role}:{hour}"[:140]
            if self.folder.work.session.scalar(select(Job.id).where(Job.dedupe == key)) is None:
                self.folder.work.enqueue("notify_audience", args, dedupe=key)


def sit_down(work: Work, case_id: str) -> Table:
    """The table of a running case, for a member of one of the sides. Raises NegotiationNotFound, NotANegotiator."""
    folder = work.lock_case(case_id)
    negotiation = negotiation_of(work.session, folder.case.id)
    if negotiation is None:
        raise NegotiationNotFound()
    seat = seat_of(work.session, work.actor, folder.case, negotiation, oversight=folder.bundle.process.oversight_groups)
    table = Table(folder, negotiation, seat)
    if seat.side is None:
        raise NotANegotiator() if seat.sees_all else NegotiationNotFound()
    folder.case.must_be_running()
    negotiation.must_be_open()
    return table


def read_text(text: str) -> str:
    return _read(text, path="text", longest=LONGEST_TEXT, is_needed=True)


def read_reason(reason: str, *, is_needed: bool = True) -> str:
    return _read(reason, path="reason", longest=LONGEST_REASON, is_needed=is_needed)


def _read(given: str, *, path: str, longest: int, is_needed: bool) -> str:
    """One kind of line break, nothing around it. Raises WordsMissing."""
    words = given.replace("\r\n", "\n").replace("\r", "\n").strip()
    if is_needed and not words:
        raise WordsMissing(problems=[Problem(path=path, code="required")])
    if len(words) > longest:
        raise WordsMissing(problems=[Problem(path=path, code="too_long", params={"limit": longest})])
    return words


def _words(step: ClauseStep) -> dict[str, str]:
    """What was said, as a digest: it can be compared with the words, and does not give them away."""
    said = {"applies": step.applies, "text": step.text, "reason": step.reason, "about": step.about_id}
    return {"words_sha256": digest({k: v for k, v in said.items() if v is not None})}
