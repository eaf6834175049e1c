"""The trail of a case in its table: one row for each act that moved it."""

import zlib
from collections.abc import Sequence

import simplejson
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.case_work import CaseWork
from engine.model import Movement, ProcessInstance
from engine.spiff.trail import Event
from engine.spiff.way_back import Net

MOST_EVENTS = 100_000


def keep_trail(folder: CaseWork, *, undone: Sequence[int] = ()) -> None:
    """Write down what has happened since the last time; `undone` are numbers of events that are taken back."""
    events = folder.trail.close()
    if not events and not undone:
        return
    folder.instance.moves += 1
    entries = sum(act.case is folder.case for act in folder.work.acts)
    folder.work.session.add(
        Movement(
            case_id=folder.case.id,
            number=folder.instance.moves,
            at=folder.work.now,
            first_entry=folder.case.history_seq + 1,
            last_entry=folder.case.history_seq + entries,
            events=_packed(events),
            undone=list(undone),
        )
    )
    folder.trail.events = []


def trail_of(session: Session, case_id: str) -> list[Event]:
    """What has happened in a case and was not taken back since; `Event.number` is unique in it, and grows.

    It begins where the case was moved to a version of its process in which its tokens stand otherwise.
    """
    events: list[Event] = []
    begins = select(ProcessInstance.trail_begins).where(ProcessInstance.case_id == case_id).scalar_subquery()
    query = select(Movement).where(Movement.case_id == case_id, Movement.number > begins)
    for row in session.scalars(query.order_by(Movement.number)):
        if row.undone:
            gone = set(row.undone)
            places = frozenset(place for place, event in enumerate(events) if event.number in gone)
            events = Net(events, frozenset()).what_is_left(places)
        events += _unpacked(row)
    return events


def movement_number(event: Event) -> int:
    """The number of the movement in which this event happened."""
    return event.number // MOST_EVENTS


def _packed(events: Sequence[Event]) -> bytes:
    text = simplejson.dumps([event.as_json() for event in events], use_decimal=True, separators=(",", ":"))
    return zlib.compress(text.encode(), 1)


def _unpacked(row: Movement) -> list[Event]:
    events = [Event.from_json(kept) for kept in simplejson.loads(zlib.decompress(row.events), use_decimal=True)]
    for place, event in enumerate(events):
        event.number = row.number * MOST_EVENTS + place
    return events
