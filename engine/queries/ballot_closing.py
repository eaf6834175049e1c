"""A ballot as its scrutineers see it: who of them has confirmed, what may be done, whom a paper ballot is given to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.balloting import NotAScrutineer, confirmations, must_be_scrutineer, visible_ballot
from engine.ballots import roll
from engine.ballots.reminders import ReminderPlan
from engine.ballots.safe import KeySafe
from engine.catalogue import Catalogue
from engine.model import Ballot, BallotConfirmation, BallotRollEntry, Case, Person
from engine.model.ballot import BallotState
from engine.permissions import is_in_charge
from engine.queries.ballots import BallotFile, ballot_file
from engine.queries.looking_up import people_by_id
from engine.voter_reminders import planned_reminders

MOST_FOUND = 20
_ENDED = (BallotState.COUNTED, BallotState.ABORTED)


@dataclass(frozen=True)
class ScrutineerRow:
    """`state` is awaited, confirmed, or must_repeat when the confirmation does not stand any more."""

    username: str
    name: str
    state: str
    at: datetime | None


@dataclass(frozen=True)
class VoterRow:
    username: str
    name: str
    on_paper: bool


@dataclass(frozen=True, kw_only=True)
class ReminderTimes:
    """`free_at` is when scrutineers may remind again; None when the ballot ends before."""

    last_at: datetime | None
    planned: tuple[datetime, ...]
    free_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class BallotClosing:
    """`my_paper` and `doubts` are the reader's own count and where it must be made again; nobody sees another's.

    `actions` maps close, give_paper, remind, abort to None or to the error code why not.
    """

    ballot: BallotFile
    takes_votes: bool
    scrutineers: Sequence[ScrutineerRow]
    papers_given: int | None
    my_state: str | None
    my_paper: Mapping[str, Any] | None
    doubts: Sequence[str]
    reminders: ReminderTimes
    actions: Mapping[str, str | None]


def ballot_closing(
    session: Session, actor: Actor, ballot_id: str, *, catalogue: Catalogue, safe: KeySafe, now: datetime
) -> BallotClosing:
    """For the scrutineers and for those in charge of the case. Raises BallotNotFound and NotAScrutineer."""
    ballot = visible_ballot(session, actor, ballot_id)
    case = session.get_one(Case, ballot.case_id)
    groups = catalogue.bundle(session, case.deployment_id).process.oversight_groups
    mine = actor.person_id in ballot.scrutineers
    if not mine and not is_in_charge(actor, groups, town=case.town):
        raise NotAScrutineer()
    given = {row.person_id: row for row in confirmations(session, ballot.id)}
    own, reminders = given.get(actor.person_id), _reminders(ballot, now)
    papers = roll.turnout(session, ballot.id, seats=ballot.seats).papers
    return BallotClosing(
        ballot=ballot_file(session, actor, ballot_id, safe=safe),
        takes_votes=ballot.takes_votes(at=now),
        scrutineers=_scrutineers(session, ballot, given),
        papers_given=papers if mine and ballot.mode == "mixed" else None,
        my_state=_state(own) if mine else None,
        my_paper=own.paper if own else None,
        doubts=tuple(own.doubts or ()) if own else (),
        reminders=reminders,
        actions=_actions(ballot, mine=mine, reminders=reminders, now=now),
    )


def voters_named(session: Session, actor: Actor, ballot_id: str, name: str) -> tuple[VoterRow, ...]:
    """Those on the roll whose name or username begins so; whether they have a ticket is not told.

    Raises BallotNotFound and NotAScrutineer.
    """
    ballot = visible_ballot(session, actor, ballot_id)
    must_be_scrutineer(actor, ballot)
    begins = name.strip()
    if not begins:
        return ()
    named = Person.name.startswith(begins, autoescape=True) | Person.username.startswith(begins, autoescape=True)
    query = select(Person.username, Person.name, BallotRollEntry.on_paper).join(
        BallotRollEntry, BallotRollEntry.person_id == Person.id
    )
    query = query.where(BallotRollEntry.ballot_id == ballot.id, named).order_by(Person.name, Person.username)
    return tuple(VoterRow(*row) for row in session.execute(query.limit(MOST_FOUND)))


def _scrutineers(
    session: Session, ballot: Ballot, given: Mapping[str, BallotConfirmation]
) -> tuple[ScrutineerRow, ...]:
    people = people_by_id(session, ballot.scrutineers)
    rows = [(people.get(id_, (id_, id_)), given.get(id_)) for id_ in ballot.scrutineers]
    return tuple(ScrutineerRow(*names, _state(row), row.at if row else None) for names, row in rows)


def _state(row: BallotConfirmation | None) -> str:
    if row is None:
        return "awaited"
    return "confirmed" if row.doubts is None else "must_repeat"


def _reminders(ballot: Ballot, now: datetime) -> ReminderTimes:
    plan, planned = ReminderPlan.from_json(ballot.reminders), planned_reminders(ballot)
    free = plan.next_free(now, last=ballot.reminded_at, planned=planned)
    ahead = tuple(sorted(at for at in planned.values() if at > now)) if ballot.takes_votes(at=now) else ()
    return ReminderTimes(
        last_at=ballot.reminded_at, planned=ahead, free_at=free if ballot.takes_votes(at=free) else None
    )


def _actions(ballot: Ballot, *, mine: bool, reminders: ReminderTimes, now: datetime) -> dict[str, str | None]:
    denied = None if mine else "not_a_scrutineer"
    closed = None if ballot.takes_votes(at=now) else "ballot_not_open"
    ended = "ballot_has_ended" if ballot.state in _ENDED else None
    too_soon = None if reminders.free_at == now else "reminder_too_soon"
    return {
        "close": denied or ended or ("ballot_has_ended" if ballot.state == BallotState.CLOSED else None),
        "give_paper": denied or closed or (None if ballot.mode == "mixed" else "not_a_mixed_ballot"),
        "remind": denied or closed or too_soon,
        "abort": ended,
    }
