from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.command import Command
from engine.drafting import digest_of, locked_draft, record_draft, write_files
from engine.errors import Conflict
from engine.model import Person, ProcessDraft
from engine.work import CITY_TIME, Work


class DraftMovedOn(Conflict):
    """Somebody else saved this draft meanwhile; nothing of yours was overwritten or lost."""


@dataclass(frozen=True, kw_only=True)
class SaveProcessDraft(Command[int]):
    """Keep changed files of a draft, None takes one away; gives the new revision.

    `revision` is the one that was changed: who worked on an older one is told who saved meanwhile.
    """

    draft_id: str
    revision: int
    files: Mapping[str, bytes | None] = field(repr=False)

    def uploads(self) -> tuple[bytes, ...]:
        return tuple(content for content in self.files.values() if content)

    def execute(self, work: Work) -> int:
        draft = locked_draft(work, self.draft_id)
        draft.must_be_open()
        _must_be_current(work, draft, self.revision)
        if not self.files:
            return draft.revision
        files = write_files(work, draft, self.files)
        draft.revision += 1
        draft.updated_by, draft.updated_at = work.actor.person_id, work.now
        record_draft(work, "process_draft_saved", draft, files=sorted(self.files)[:50], sha256=digest_of(files))
        return draft.revision


def _must_be_current(work: Work, draft: ProcessDraft, revision: int) -> None:
    """Raises DraftMovedOn with who saved when."""
    if revision == draft.revision:
        return
    person = work.session.get(Person, draft.updated_by)
    raise DraftMovedOn(
        by=person.name if person else draft.updated_by,
        at=draft.updated_at.astimezone(CITY_TIME).strftime("%H:%M"),
        saved_at=draft.updated_at.astimezone(CITY_TIME).isoformat(),
        revision=draft.revision,
    )
