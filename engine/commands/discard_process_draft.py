from dataclasses import dataclass

from engine.command import Command
from engine.drafting import locked_draft, record_draft
from engine.model.case import must_give_reason
from engine.model.process_draft import DraftState
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class DiscardProcessDraft(Command[None]):
    """Close a draft that will not be published; its files stay and can be exported."""

    draft_id: str
    reason: str

    def execute(self, work: Work) -> None:
        draft = locked_draft(work, self.draft_id)
        draft.must_be_open()
        must_give_reason(self.reason)
        draft.decide(DraftState.DISCARDED, by=work.actor.person_id, at=work.now, reason=self.reason)
        record_draft(work, "process_draft_discarded", draft, reason=self.reason)
