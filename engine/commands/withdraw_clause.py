from dataclasses import dataclass

from engine.agreeing import read_reason, sit_down
from engine.command import Command
from engine.model.clause import ClauseAct
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class WithdrawClause(Command[None]):
    """Take your side's text of a clause off the table again, with a reason."""

    case_id: str
    clause_id: str
    reason: str

    def execute(self, work: Work) -> None:
        table = sit_down(work, self.case_id)
        table.must_agree_for_side()
        clause = table.clause(self.clause_id)
        about, why = clause.text_of(table.side), read_reason(self.reason)
        clause.withdraw(by=table.side)
        step = table.step(clause, ClauseAct.WITHDRAWN, reason=why, about_id=about)
        table.settle(clause, "clause_withdrawn", step)
