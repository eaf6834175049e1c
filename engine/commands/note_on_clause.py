from dataclasses import dataclass

from engine.agreeing import read_text, sit_down
from engine.command import Command
from engine.model import ClauseNote
from engine.model.base_model import new_id
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class NoteOnClause(Command[str]):
    """Write a note on a clause for your own side; the other side never sees it, nor that there is one."""

    case_id: str
    clause_id: str
    text: str

    def execute(self, work: Work) -> str:
        table = sit_down(work, self.case_id)
        clause = table.clause(self.clause_id)
        note = ClauseNote(
            id=new_id(),
            clause_id=clause.id,
            side=table.side,
            person_id=work.actor.person_id,
            at=work.now,
            text=read_text(self.text),
        )
        work.session.add(note)
        return note.id
