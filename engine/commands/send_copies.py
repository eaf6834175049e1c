from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from engine.case_work import CaseWork
from engine.command import Command
from engine.errors import Problem, Rejected
from engine.model import CaseCopy, Person
from engine.model.base_model import new_id
from engine.parties import let_read, must_see_all, sees_all
from engine.permissions import is_in_charge
from engine.work import TaskNotFound, Work

MOST_READERS = 50
MOST_CHARACTERS = 500


class CopyRefused(Rejected):
    """Not everybody named may be sent this case to read."""


@dataclass(frozen=True, kw_only=True)
class SendCopies(Command[int]):
    """Send a case, or one task of it, to people to read; gives how many were sent.

    Whoever may read the case may be named. An official in charge may also name other officials of the process.
    """

    case_id: str
    to: tuple[str, ...]
    note: str = ""
    task_id: str | None = None

    def execute(self, work: Work) -> int:
        folder = work.lock_case(self.case_id, clocks_first=False)
        must_see_all(folder, work.actor)
        if self.task_id is not None and folder.task(self.task_id) is None:
            raise TaskNotFound(task_id=self.task_id)
        readers = _readers(folder, self.to, _note(self.note))
        copies = [self._copy(folder, person) for person in readers]
        work.session.add_all(copies)
        facts = {"people": [person.username for person in readers]}
        folder.record("copies_sent", task_id=self.task_id, reason=self.note.strip() or None, details=facts)
        for copy in copies:
            work.enqueue("notify_copy", {"copy_id": copy.id, "by": work.actor.name}, dedupe=f"copy:{copy.id}")
        return len(copies)

    def _copy(self, folder: CaseWork, person: Person) -> CaseCopy:
        return CaseCopy(
            id=new_id(),
            case_id=folder.case.id,
            task_id=self.task_id,
            person_id=person.id,
            sent_by_id=folder.work.actor.person_id,
            note=self.note.strip(),
            at=folder.work.now,
        )


def _note(note: str) -> list[Problem]:
    too_long = Problem(path="note", code="too_long", params={"limit": MOST_CHARACTERS})
    return [too_long] if len(note.strip()) > MOST_CHARACTERS else []


def _readers(folder: CaseWork, usernames: tuple[str, ...], problems: list[Problem]) -> list[Person]:
    """The people named, each once; those who could not read the case so far may now. Raises CopyRefused."""
    wanted = list(dict.fromkeys(usernames))
    query = select(Person).where(Person.username.in_(wanted), Person.left_at.is_(None))
    found = {p.username: p for p in folder.work.session.scalars(query.options(selectinload(Person.memberships)))}
    problems = [*problems, *_counted(wanted), *_known(folder, wanted, found)]
    if problems:
        raise CopyRefused(problems=problems)
    for person in found.values():
        if not sees_all(folder, person.as_actor()):
            let_read(folder, person)
    return [found[username] for username in wanted]


def _counted(wanted: list[str]) -> Iterator[Problem]:
    if not wanted:
        yield Problem(path="to", code="required")
    if len(wanted) > MOST_READERS:
        yield Problem(path="to", code="too_many_items", params={"limit": MOST_READERS})


def _known(folder: CaseWork, wanted: list[str], found: dict[str, Person]) -> Iterator[Problem]:
    for username in wanted:
        person = found.get(username)
        if person is None:
            yield Problem(path="to", code="unknown_person", params={"person": username})
        elif not _may_be_sent(folder, person):
            yield Problem(path="to", code="may_not_read", params={"person": person.name})


def _may_be_sent(folder: CaseWork, person: Person) -> bool:
    """Officials may show a case to colleagues; nobody can let the other side, or a stranger, read it."""
    process, reader = folder.bundle.process, person.as_actor()
    if sees_all(folder, reader):
        return True
    if not is_in_charge(folder.work.actor, process.oversight_groups, town=folder.case.town):
        return False
    return any(m.group in process.official_groups and not m.organisation_id for m in reader.memberships)
