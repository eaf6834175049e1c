from dataclasses import dataclass

from engine.circles import Circle, circles_of
from engine.command import Command
from engine.model import Note
from engine.model.note import NoteNotFound
from engine.work import CaseNotFound, Work


@dataclass(frozen=True, kw_only=True)
class WithdrawNote(Command[None]):
    """Withdraw a note of yours: its text is gone, that there was one stays."""

    note_id: str

    def execute(self, work: Work) -> None:
        note = work.session.get(Note, self.note_id)
        if note is None:
            raise NoteNotFound(note_id=self.note_id)
        try:
            folder = work.lock_case(note.case_id, clocks_first=False)
            circles = circles_of(work.session, folder.case, folder.bundle.process, work.actor)
        except CaseNotFound:
            raise NoteNotFound(note_id=self.note_id) from None
        if note.circle not in circles and note.author_id != work.actor.person_id:
            raise NoteNotFound(note_id=self.note_id)
        work.session.refresh(note, with_for_update=True)
        note.withdraw(by=work.actor.person_id, at=work.now)
        if note.circle == Circle.EVERYBODY:
            folder.record("note_withdrawn", task_id=note.task_id, details={"note": note.id})
