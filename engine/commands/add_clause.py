from dataclasses import dataclass
from typing import ClassVar

from engine.agreeing import sit_down
from engine.command import Command
from engine.errors import Conflict, Problem
from engine.negotiating import LONGEST_HEAD, MOST_CLAUSES, Head, NegotiationWrong, clauses_of, new_clause
from engine.work import Work


class HeadTaken(Conflict):
    """The text has a clause of this head already."""


class TooManyClauses(Conflict):
    """The text has as many clauses as it can have."""


@dataclass(frozen=True, kw_only=True)
class AddClause(Command[str]):
    """Add a clause to what is negotiated, beside those that the law asks for; it then needs the consent of both."""

    part: ClassVar[str] = "双方增加的条款"

    case_id: str
    head: str

    def execute(self, work: Work) -> str:
        table = sit_down(work, self.case_id)
        table.must_agree_for_side()
        head = " ".join(self.head.split())
        if not 1 <= len(head) <= LONGEST_HEAD:
            raise NegotiationWrong(problems=[Problem(path="head", code="too_long", params={"limit": LONGEST_HEAD})])
        known = clauses_of(work.session, table.negotiation)
        if head in {clause.head for clause in known}:
            raise HeadTaken()
        if len(known) >= MOST_CLAUSES:
            raise TooManyClauses()
        clause = new_clause(table.negotiation, Head(head, self.part), position=len(known) + 1)
        table.negotiation.revision += 1
        clause.revision = table.negotiation.revision
        work.session.add(clause)
        table.record("clause_added", clause=clause.id, head=head)
        table.tell_process()
        table.tell_other_side()
        return clause.id
