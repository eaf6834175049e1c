"""Notes beside a case that this reader may see, newest first."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.catalogue import Catalogue
from engine.circles import Circle, circles_of, people_of
from engine.model import Note
from engine.queries.looking_up import people_by_id
from engine.queries.paging import Page, page_of
from engine.queries.seeing import readable_case


@dataclass(frozen=True)
class NoteRow:
    """`mentions` are names; a withdrawn note has no text."""

    id: str
    case_id: str
    task_id: str | None
    circle: str
    text: str
    mentions: tuple[str, ...]
    author: str
    author_name: str
    at: datetime
    is_withdrawn: bool
    on_behalf_of_name: str | None = None


@dataclass(frozen=True)
class Writing:
    """For whom this person may write here, the own circle first; `people` of each: (username, name)."""

    circles: tuple[Circle, ...]
    people: dict[Circle, tuple[tuple[str, str], ...]]


def notes(
    session: Session, actor: Actor, case_id: str, *, catalogue: Catalogue, cursor: str | None = None, limit: int = 50
) -> Page[NoteRow]:
    """Raises CaseNotFound."""
    case = readable_case(session, actor, case_id)
    circles = circles_of(session, case, catalogue.bundle(session, case.deployment_id).process, actor)
    mine = (Note.case_id == case_id, Note.circle.in_(circles))
    query, key = select(Note).where(*mine), ((Note.at, datetime), (Note.id, str))
    page = page_of(session, query, *key, cursor=cursor, limit=limit, is_descending=True)
    people = people_by_id(
        session, [i for note in page.items for i in (note.author_id, note.on_behalf_of_id, *note.mentions)]
    )
    return page.of(_row(note, people) for note in page.items)


def writing(session: Session, actor: Actor, case_id: str, *, catalogue: Catalogue) -> Writing:
    """Raises CaseNotFound."""
    case = readable_case(session, actor, case_id)
    process = catalogue.bundle(session, case.deployment_id).process
    circles = circles_of(session, case, process, actor)
    people = {circle: people_of(session, case, process, circle) for circle in circles}
    return Writing(
        circles=circles,
        people={c: tuple((u, name) for u, (_, name) in found.items()) for c, found in people.items()},
    )


def _row(note: Note, people: dict[str, tuple[str, str]]) -> NoteRow:
    username, name = people.get(note.author_id, ("", ""))
    return NoteRow(
        id=note.id,
        case_id=note.case_id,
        task_id=note.task_id,
        circle=note.circle,
        text=note.text,
        mentions=tuple(people[i][1] for i in note.mentions if i in people),
        author=username,
        author_name=name,
        at=note.at,
        is_withdrawn=note.withdrawn_at is not None,
        on_behalf_of_name=people.get(note.on_behalf_of_id or "", ("", None))[1],
    )
