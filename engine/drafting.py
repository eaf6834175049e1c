"""Drafts of processes, as commands work on them: under their lock, with their files, with what is recorded of them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from engine.definitions.content_hash import content_hash
from engine.definitions.draft_files import key_and_name, must_fit
from engine.errors import NotFound
from engine.groups import DESIGNERS
from engine.model import DraftFile, ProcessDraft
from engine.model.process_draft import DraftState
from engine.permissions import must_be_in
from engine.work import Work


class DraftNotFound(NotFound):
    """There is no such draft, or it is not for your eyes."""


def locked_draft(work: Work, draft_id: str) -> ProcessDraft:
    """For designers only. Raises NotInGroup, DraftNotFound."""
    must_be_in(work.actor, DESIGNERS)
    query = select(ProcessDraft).where(ProcessDraft.id == draft_id).with_for_update()
    found = work.session.scalars(query.execution_options(populate_existing=True)).first()
    if found is None:
        raise DraftNotFound(draft_id=draft_id)
    return found


def draft_in_publication(work: Work, draft_id: str, revision: int) -> ProcessDraft | None:
    """Locked, for the system itself; None when it was returned meanwhile or is published already."""
    draft = locked_draft(work, draft_id)
    return draft if draft.state == DraftState.PUBLISHING and draft.revision == revision else None


def files_of(session: Session, draft_id: str) -> dict[str, bytes]:
    rows = select(DraftFile.path, DraftFile.content).where(DraftFile.draft_id == draft_id).order_by(DraftFile.path)
    return dict(session.execute(rows).all())


def overlaid(files: Mapping[str, bytes], changes: Mapping[str, bytes | None]) -> dict[str, bytes]:
    """The files with some of them replaced, added or (None) taken away."""
    merged = {**files, **changes}
    return {path: content for path, content in merged.items() if content is not None}


def write_files(work: Work, draft: ProcessDraft, changes: Mapping[str, bytes | None]) -> dict[str, bytes]:
    """Gives all files of the draft, as they are then. Raises DraftFilesRefused, and nothing was written."""
    files = overlaid(files_of(work.session, draft.id), changes)
    must_fit(files)
    changed = sorted(changes)
    work.session.execute(delete(DraftFile).where(DraftFile.draft_id == draft.id, DraftFile.path.in_(changed)))
    rows = [DraftFile(draft_id=draft.id, path=path, content=files[path]) for path in changed if path in files]
    work.session.add_all(rows)
    key, name = key_and_name(files)
    draft.process, draft.name = key or draft.process, name or key or draft.name
    return files


def record_draft(work: Work, action: str, draft: ProcessDraft, *, reason: str | None = None, **facts: Any) -> None:
    said = {"draft": draft.id, "process": draft.process, "name": draft.name, "revision": draft.revision, **facts}
    work.record(action, reason=reason or None, details=said)


def digest_of(files: Mapping[str, bytes]) -> str:
    """What a revision was, so that the history can be compared with an export."""
    return content_hash(files)
