import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.circles import Circle, NotInCircle, circles_of, people_of
from engine.command import Command
from engine.errors import Problem, Rejected
from engine.model import Note
from engine.model.base_model import new_id
from engine.work import TaskNotFound, Work

LONGEST = 4_000
_MENTION = re.compile(r"@([\w·]{1,64})")


class NoteWrong(Rejected):
    """A note needs a text of at most 4,000 characters and a circle of readers."""


@dataclass(frozen=True, kw_only=True)
class AddNote(Command[str]):
    """Write a note beside a case for one circle of its readers; who is mentioned with @ is told."""

    case_id: str
    text: str = field(repr=False)
    circle: str = Circle.EVERYBODY
    task_id: str | None = None

    def execute(self, work: Work) -> str:
        folder = work.lock_case(self.case_id, clocks_first=False)
        process = folder.bundle.process
        allowed = circles_of(work.session, folder.case, process, work.actor)
        circle = self._circle()
        if circle not in allowed:
            raise NotInCircle()
        if self.task_id is not None and folder.task(self.task_id) is None:
            raise TaskNotFound(task_id=self.task_id)
        people = people_of(work.session, folder.case, process, circle)
        note = Note(
            id=new_id(),
            case_id=folder.case.id,
            task_id=self.task_id,
            circle=circle,
            text=self.text.strip(),
            mentions=self._mentioned(people, without=work.actor.person_id),
            author_id=work.actor.person_id,
            on_behalf_of_id=work.acts_for_id,
            at=work.now,
        )
        work.session.add(note)
        if circle == Circle.EVERYBODY:  # the history is read by both sides: what is internal leaves no trace in it
            digest = hashlib.sha256(note.text.encode()).hexdigest()
            folder.record("note_added", task_id=self.task_id, details={"note": note.id, "sha256": digest})
        if note.mentions:
            work.enqueue("notify_mentioned", {"note_id": note.id}, dedupe=f"mentioned:{note.id}")
        return note.id

    def _circle(self) -> Circle:
        """Raises NoteWrong when text or circle are none."""
        problems = []
        if not self.text.strip() or len(self.text) > LONGEST:
            problems.append(Problem(path="text", code="note_text"))
        if self.circle not in set(Circle):
            problems.append(Problem(path="circle", code="invalid"))
        if problems:
            raise NoteWrong(problems=problems)
        return Circle(self.circle)

    def _mentioned(self, people: Mapping[str, tuple[str, str]], *, without: str) -> list[str]:
        """By username, or by a name that only one of them has; anything else after an @ is plain text."""
        by_word = {username: id_ for username, (id_, _) in people.items()}
        names = [name for _, name in people.values()]
        by_word |= {name: id_ for id_, name in people.values() if names.count(name) == 1}
        found = (by_word.get(word) for word in _MENTION.findall(self.text))
        return [id_ for id_ in dict.fromkeys(found) if id_ and id_ != without]
