from dataclasses import dataclass

from engine.agreeing import read_reason, sit_down
from engine.command import Command
from engine.model.clause import ClauseAct
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class ReopenClause(Command[None]):
    """Ask the other side to open an agreed clause again, with a reason; without its consent the text stands."""

    case_id: str
    clause_id: str
    reason: str

    def execute(self, work: Work) -> None:
        table = sit_down(work, self.case_id)
        table.must_agree_for_side()
        clause, why = table.clause(self.clause_id), read_reason(self.reason)
        clause.ask_to_reopen(by=table.side)
        step = table.step(clause, ClauseAct.REOPENING_ASKED, reason=why, about_id=clause.agreed_step_id)
        table.settle(clause, "clause_reopening_asked", step)
        table.tell_other_side()


@dataclass(frozen=True, kw_only=True)
class AnswerReopening(Command[None]):
    """Consent to the other side's wish to open an agreed clause again, or decline it with a reason."""

    case_id: str
    clause_id: str
    agrees: bool
    reason: str = ""

    def execute(self, work: Work) -> None:
        table = sit_down(work, self.case_id)
        table.must_agree_for_side()
        clause = table.clause(self.clause_id)
        about, why = clause.agreed_step_id, read_reason(self.reason, is_needed=not self.agrees)
        clause.answer_reopening(by=table.side, agrees=self.agrees)
        act = ClauseAct.REOPENED if self.agrees else ClauseAct.REOPENING_DECLINED
        step = table.step(clause, act, reason=why or None, about_id=about)
        table.settle(clause, f"clause_{act}", step)
        table.tell_other_side()
