"""A demand that workers sign, as one person may see it: the number while it runs, then the names for the union."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.actor import SYSTEM, Actor
from engine.balloting import visible_ballot
from engine.ballots import signatures
from engine.errors import NotAllowed
from engine.groups import UNIONS
from engine.model import Ballot, BallotRollEntry, BallotSignature, Case, Person
from engine.model.ballot import BallotKind
from engine.permissions import group_audiences
from engine.queries.paging import Page, clamp, read_cursor, write_cursor
from engine.queries.surveys import about

OFFICER = "enterprise_union_officer"


class NamesHidden(NotAllowed):
    """Who has signed is told to the union only, and only when enough have signed."""


@dataclass(frozen=True, kw_only=True)
class DemandFile:
    """`signed` is None when it ended without enough. `i_signed` and `on_roll` are this person's own."""

    id: str
    case_number: str
    enterprise: str | None
    title: str
    text: str
    state: str
    closes_at: datetime
    asked: int
    needed: int
    signed: int | None
    reached: bool
    on_roll: bool
    i_signed: bool
    sees_names: bool
    abort_reason: str | None


@dataclass(frozen=True, kw_only=True)
class SignatoryRow:
    name: str
    username: str


def demand_file(session: Session, actor: Actor, demand_id: str) -> DemandFile:
    """Raises BallotNotFound."""
    demand = visible_ballot(session, actor, demand_id, kinds=(BallotKind.DEMAND,))
    result = demand.result or {"reached": False, "signed": signatures.number_of(session, demand.id)}
    return DemandFile(
        id=demand.id,
        title=demand.title,
        text=demand.motions[0]["title"],
        state=demand.state,
        closes_at=demand.closes_at,
        asked=demand.seats,
        needed=demand.rule["needed"],
        signed=None if demand.abort_reason else result["signed"],
        reached=result["reached"],
        on_roll=session.get(BallotRollEntry, (demand.id, actor.person_id)) is not None,
        i_signed=signatures.has_signed(session, demand.id, actor.person_id),
        sees_names=_sees_names(session, actor, demand),
        abort_reason=demand.abort_reason,
        **about(session, demand),
    )


def signatories(
    session: Session, actor: Actor, demand_id: str, *, cursor: str | None = None, limit: int = 50
) -> Page[SignatoryRow]:
    """By username. Raises BallotNotFound and NamesHidden."""
    demand = visible_ballot(session, actor, demand_id, kinds=(BallotKind.DEMAND,))
    if not _sees_names(session, actor, demand):
        raise NamesHidden()
    query = (
        select(Person.name, Person.username)
        .join(BallotSignature, BallotSignature.person_id == Person.id)
        .where(BallotSignature.ballot_id == demand.id)
        .order_by(Person.username)
        .limit(clamp(limit) + 1)
    )
    if cursor:
        (after,) = read_cursor(cursor, str)
        query = query.where(Person.username > after)
    found = [SignatoryRow(name=name, username=username) for name, username in session.execute(query)]
    shown = found[: clamp(limit)]
    more = write_cursor(shown[-1].username) if len(found) > len(shown) else None
    return Page(tuple(shown), more, signatures.number_of(session, demand.id))


def _sees_names(session: Session, actor: Actor, demand: Ballot) -> bool:
    """The union officers of the enterprise and the unions above it, once enough have signed."""
    if not (demand.result or {}).get("reached"):
        return False
    case = session.get_one(Case, demand.case_id)
    keys = set(group_audiences(OFFICER, town=None, organisation_id=case.enterprise_id))
    for group in UNIONS:
        keys |= set(group_audiences(group, town=case.town, organisation_id=None))
    return actor is SYSTEM or bool(actor.audiences & keys)
