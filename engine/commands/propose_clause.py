from dataclasses import dataclass

from engine.agreeing import read_reason, read_text, sit_down
from engine.command import Command
from engine.model.clause import ClauseAct
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class ProposeClause(Command[str]):
    """Put your side's text of a clause on the table, with a reason; `revision` is what you saw of the clause.

    From a chief, or whoever is entitled to agree, it is the consent of that side at the same time.
    """

    case_id: str
    clause_id: str
    revision: int
    text: str
    applies: bool = True
    reason: str = ""

    def execute(self, work: Work) -> str:
        table = sit_down(work, self.case_id)
        clause = table.clause(self.clause_id)
        clause.must_be_open()
        clause.must_be_at(self.revision)
        words, why = read_text(self.text), read_reason(self.reason, is_needed=False)
        step = table.step(clause, ClauseAct.PROPOSED, applies=self.applies, text=words, reason=why or None)
        clause.propose(step.id, by=table.side, consents=table.seat.may_agree)
        table.settle(clause, "clause_proposed", step)
        table.tell_other_side()
        return step.id
