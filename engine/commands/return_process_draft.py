from dataclasses import dataclass

from engine.command import Command
from engine.draft_notices import tell_of_return
from engine.drafting import locked_draft, record_draft
from engine.model.case import must_give_reason
from engine.model.process_draft import DraftNotSubmitted, DraftState
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class ReturnProcessDraft(Command[None]):
    """Give a submitted draft back to be changed, with the reason; who submitted it may take it back like this."""

    draft_id: str
    reason: str

    def execute(self, work: Work) -> None:
        draft = locked_draft(work, self.draft_id)
        if draft.state not in (DraftState.SUBMITTED, DraftState.PUBLISHING):
            raise DraftNotSubmitted(state=draft.state)
        must_give_reason(self.reason)
        draft.decide(DraftState.OPEN, by=work.actor.person_id, at=work.now, reason=self.reason)
        record_draft(work, "process_draft_returned", draft, reason=self.reason)
        tell_of_return(work, draft)
