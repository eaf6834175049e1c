from dataclasses import dataclass
from typing import ClassVar

from engine.command import Command
from engine.commands.publish_process_draft import PLAY, make_version
from engine.definitions.check import check_bundle
from engine.draft_notices import tell_of_failure
from engine.drafting import draft_in_publication, files_of, record_draft
from engine.groups import GROUPS
from engine.model.process_draft import DraftState
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class FinishPublication(Command[None]):
    """Make the version when all scenarios went as they say; give it back with the places when one did not.

    While some are left, the next part of them is ordered.
    """

    is_recorded_when_refused: ClassVar[bool] = False

    draft_id: str
    revision: int

    def execute(self, work: Work) -> None:
        draft = draft_in_publication(work, self.draft_id, self.revision)
        if draft is None:
            return
        if draft.played < draft.scenarios:
            work.enqueue(PLAY, {"draft_id": draft.id, "revision": draft.revision})
            return
        files = work.catalogue.with_rules(work.session, files_of(work.session, draft.id))
        bundle = check_bundle(files, services=work.services, groups=GROUPS).bundle
        if draft.failures or bundle is None:
            draft.state = DraftState.SUBMITTED
            failed = [one["scenario"] for one in draft.failures]
            record_draft(work, "process_draft_not_published", draft, failed=failed)
            tell_of_failure(work, draft, scenarios=failed)
            return
        make_version(work, draft, bundle)
