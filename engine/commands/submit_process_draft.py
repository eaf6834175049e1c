from dataclasses import dataclass
from typing import Any

from engine.command import Command
from engine.definitions.check import Report, check_bundle
from engine.deploying import keep_report, revive_report
from engine.draft_notices import tell_reviewers
from engine.drafting import digest_of, files_of, locked_draft, record_draft
from engine.groups import GROUPS
from engine.model.case import must_give_reason
from engine.model.process_draft import DraftState
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class SubmitProcessDraft(Command[Report]):
    """Hand a draft that can run to a second person; one that cannot stays open, and the report says why."""

    draft_id: str
    comment: str

    def execute(self, work: Work) -> Report:
        draft = locked_draft(work, self.draft_id)
        draft.must_be_open()
        must_give_reason(self.comment)
        own = files_of(work.session, draft.id)
        files = work.catalogue.with_rules(work.session, own)
        report = check_bundle(files, services=work.services, groups=GROUPS)
        if report.bundle is None:
            return report
        draft.process, draft.name = report.bundle.process_key, report.bundle.name
        draft.state, draft.comment, draft.failures = DraftState.SUBMITTED, self.comment.strip(), []
        draft.submitted_by, draft.submitted_at = work.actor.person_id, work.now
        record_draft(work, "process_draft_submitted", draft, reason=self.comment, sha256=digest_of(own))
        tell_reviewers(work, draft)
        return report

    def keep(self, result: Report) -> Any:
        return keep_report(result)

    def revive(self, kept: Any) -> Report:
        return revive_report(kept)
