from dataclasses import dataclass

from engine.agreeing import read_reason, sit_down
from engine.command import Command
from engine.model.clause import ClauseAct
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class ParkClause(Command[None]):
    """Put a clause aside for now, with a reason; the next proposal or consent takes it up again."""

    case_id: str
    clause_id: str
    reason: str

    def execute(self, work: Work) -> None:
        table = sit_down(work, self.case_id)
        table.must_agree_for_side()
        clause, why = table.clause(self.clause_id), read_reason(self.reason)
        clause.park()
        table.settle(clause, "clause_parked", table.step(clause, ClauseAct.PARKED, reason=why))
        table.tell_other_side()
