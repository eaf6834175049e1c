from dataclasses import dataclass

from engine.agreeing import sit_down
from engine.command import Command
from engine.model.clause import ClauseAct
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class AgreeToClause(Command[bool]):
    """Agree for your side to a text on the table; when both sides agree to the same text it is locked."""

    case_id: str
    clause_id: str
    step_id: str

    def execute(self, work: Work) -> bool:
        table = sit_down(work, self.case_id)
        table.must_agree_for_side()
        clause = table.clause(self.clause_id)
        is_agreed = clause.consent(self.step_id, by=table.side)
        act = ClauseAct.AGREED if is_agreed else ClauseAct.CONSENTED
        step = table.step(clause, act, about_id=self.step_id)
        table.settle(clause, f"clause_{act}", step)
        table.tell_other_side()
        return is_agreed
