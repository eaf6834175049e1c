from dataclasses import dataclass
from typing import Any

from engine.command import Command
from engine.definitions.bundle import Bundle
from engine.definitions.check import Report, check_bundle
from engine.definitions.story_check import SCENARIOS
from engine.deploying import keep_report, revive_report, same_as_newest, store_version
from engine.draft_notices import tell_of_publication
from engine.drafting import files_of, locked_draft, record_draft
from engine.errors import NotAllowed
from engine.groups import GROUPS
from engine.model import ProcessDraft
from engine.model.process_draft import DraftState
from engine.work import Work

PLAY = "play_draft"


class DraftFourEyes(NotAllowed):
    """A process is published by another designer than the one who submitted it or changed it last."""


@dataclass(frozen=True, kw_only=True)
class PublishProcessDraft(Command[Report]):
    """Approve a submitted draft: it becomes the newest version, at once or after its scenarios were played.

    A draft that changes nothing makes no version.
    """

    draft_id: str
    comment: str = ""

    def execute(self, work: Work) -> Report:
        draft = locked_draft(work, self.draft_id)
        draft.must_be_submitted()
        if work.actor.person_id in (draft.submitted_by, draft.updated_by):
            raise DraftFourEyes()
        files = work.catalogue.with_rules(work.session, files_of(work.session, draft.id))
        report = check_bundle(files, services=work.services, groups=GROUPS)
        if report.bundle is not None:
            self._approve(work, draft, report.bundle)
        return report

    def _approve(self, work: Work, draft: ProcessDraft, bundle: Bundle) -> None:
        scenarios = sum(path.startswith(SCENARIOS) for path in bundle.files)
        draft.decide(DraftState.PUBLISHING, by=work.actor.person_id, at=work.now, reason=self.comment)
        draft.scenarios, draft.played, draft.failures = scenarios, 0, []
        record_draft(work, "process_draft_approved", draft, reason=self.comment, scenarios=scenarios)
        if scenarios and same_as_newest(work, bundle) is None:
            work.enqueue(PLAY, {"draft_id": draft.id, "revision": draft.revision})
        else:
            make_version(work, draft, bundle)

    def keep(self, result: Report) -> Any:
        return keep_report(result)

    def revive(self, kept: Any) -> Report:
        return revive_report(kept)


def make_version(work: Work, draft: ProcessDraft, bundle: Bundle) -> None:
    """What two people have agreed to: who submitted and who approved it stand beside the version."""
    deployment = store_version(
        work, bundle, comment=draft.comment, by=draft.submitted_by, submitted_by=draft.submitted_by,
        approved_by=draft.decided_by,
    )  # fmt: skip
    draft.state, draft.published_as = DraftState.PUBLISHED, deployment.id
    record_draft(work, "process_draft_published", draft, version=deployment.version)
    tell_of_publication(work, draft, version=deployment.version)
