"""What a draft would change, and for how many running cases: everything the second person looks at."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.catalogue import Catalogue
from engine.definitions.bundle import Bundle
from engine.definitions.check import Report
from engine.definitions.comparing.bundles import compare
from engine.definitions.comparing.change import Change
from engine.drafting import files_of
from engine.queries.checking import check_files
from engine.queries.drafts import BaseVersion, known_draft
from engine.queries.standing import Effect, effect_on_cases


@dataclass(frozen=True)
class DraftChanges:
    """`against` is the version that runs now, None for a new process; then nothing is compared.

    Without `after` the draft cannot run, and `report` says why.
    """

    report: Report
    against: BaseVersion | None = None
    before: Bundle | None = None
    after: Bundle | None = None
    changes: tuple[Change, ...] = ()
    effect: Effect | None = None


def draft_changes(
    session: Session, actor: Actor, draft_id: str, *, catalogue: Catalogue, services: Collection[str]
) -> DraftChanges:
    """Raises DraftNotFound."""
    draft = known_draft(session, actor, draft_id)
    report = check_files(session, files_of(session, draft.id), catalogue=catalogue, services=services)
    after = report.bundle
    if after is None:
        return DraftChanges(report)
    newest = catalogue.newest(session, after.process_key)
    if newest is None:
        return DraftChanges(report, after=after)
    before = catalogue.bundle(session, newest.id)
    effect = effect_on_cases(session, newest.process, before=before.process, after=after.process)
    against = BaseVersion(newest.id, newest.version)
    return DraftChanges(report, against, before, after, compare(before, after), effect)
