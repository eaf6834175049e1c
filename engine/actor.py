"""Who acts: a person with their memberships, or the system itself."""

from dataclasses import dataclass
from datetime import date

ANYWHERE = "*"


@dataclass(frozen=True)
class Membership:
    """A person belongs to a group, for one town, for one organisation, or for the whole city (both None)."""

    group: str
    town: str | None = None
    organisation_id: str | None = None


@dataclass(frozen=True)
class Absent:
    """Somebody who is away, and for whom an actor acts until `until` (代理).

    `memberships` are those that are passed on, `in_person` says whether what is addressed to them by name is too,
    `processes` the only ones in which that counts; none is all of them.
    """

    person_id: str
    username: str
    name: str
    until: date
    memberships: tuple[Membership, ...] = ()
    in_person: bool = True
    processes: frozenset[str] = frozenset()

    @property
    def audiences(self) -> frozenset[str]:
        own = {f"person:{self.person_id}"} if self.in_person else set()
        return frozenset(own | {_audience(m) for m in self.memberships})


@dataclass(frozen=True)
class Actor:
    """`audiences` are the keys under which tasks and cases are offered to this actor (see `engine.permissions`).

    They are the actor's own. What reaches them because they stand in for others comes through `absent`, and only
    where a rule asks for it (`engine.visibility`). `has_stood_in` says whether they ever did.
    """

    person_id: str
    username: str
    name: str
    memberships: tuple[Membership, ...] = ()
    locale: str = "zh"
    session_id: str | None = None
    absent: tuple[Absent, ...] = ()
    has_stood_in: bool = False

    def absent_of(self, person_id: str) -> Absent | None:
        return next((one for one in self.absent if one.person_id == person_id), None)

    def is_in(self, group: str) -> bool:
        return any(m.group == group for m in self.memberships)

    @property
    def groups(self) -> frozenset[str]:
        return frozenset(m.group for m in self.memberships)

    @property
    def audiences(self) -> frozenset[str]:
        return frozenset({f"person:{self.person_id}"} | {_audience(m) for m in self.memberships})


def _audience(membership: Membership) -> str:
    if membership.organisation_id:
        return f"{membership.group}@org:{membership.organisation_id}"
    return f"{membership.group}@{membership.town or ANYWHERE}"


SYSTEM = Actor(person_id="system", username="system", name="系统")
