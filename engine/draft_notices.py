"""Who hears of a draft: the other designers that it waits for one of them, and those behind it what became of it."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from engine.groups import DESIGNERS
from engine.model import GroupMembership, ProcessDraft
from engine.telling import tell
from engine.work import Work


def tell_reviewers(work: Work, draft: ProcessDraft) -> None:
    """Everybody who may be the second person."""
    members = select(GroupMembership.person_id).where(GroupMembership.group == DESIGNERS).distinct()
    others = set(work.session.scalars(members)) - {draft.submitted_by, draft.updated_by}
    _tell(work, others, draft, kind="draft_submitted", note=draft.comment, since=draft.submitted_at)


def tell_of_return(work: Work, draft: ProcessDraft) -> None:
    authors = {draft.submitted_by, draft.updated_by} - {draft.decided_by}
    _tell(work, authors, draft, kind="draft_returned", note=draft.reason, since=draft.decided_at)


def tell_of_publication(work: Work, draft: ProcessDraft, *, version: int) -> None:
    """Who approved it hears of it too: between the approval and the version scenarios may have been played."""
    facts = {"version": version}
    _tell(work, _all_behind(work, draft), draft, kind="draft_published", since=draft.decided_at, facts=facts)


def tell_of_failure(work: Work, draft: ProcessDraft, *, scenarios: list[str]) -> None:
    facts = {"failed": len(scenarios)}
    _tell(work, _all_behind(work, draft), draft, kind="draft_not_published", since=draft.decided_at, facts=facts)


def _all_behind(work: Work, draft: ProcessDraft) -> set[str | None]:
    return {draft.submitted_by, draft.updated_by, draft.decided_by} - {work.actor.person_id}


def _tell(
    work: Work,
    people: Iterable[str | None],
    draft: ProcessDraft,
    *,
    kind: str,
    since: datetime | None,
    note: str = "",
    facts: dict[str, int] | None = None,
) -> None:
    """Once for each time that the draft came to this point: `since` tells one time from the next."""
    named = {"draft_id": draft.id, "process": draft.name, "by": work.actor.name, "note": note}
    about = f"{draft.id}:{since.isoformat() if since else ''}"
    tell(work, sorted(filter(None, people)), kind=kind, params=named | (facts or {}), about=about)
