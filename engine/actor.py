"""Who acts: a person with their memberships, or the system itself."""

from dataclasses import dataclass

ANYWHERE = "*"


@dataclass(frozen=True)
class Membership:
    """A person belongs to a group, for one town, for one organisation, or for the whole city (both None)."""

    group: str
    town: str | None = None
    organisation_id: str | None = None


@dataclass(frozen=True)
class Actor:
    """`audiences` are the keys under which tasks and cases are offered to this actor (see `engine.permissions`)."""

    person_id: str
    username: str
    name: str
    memberships: tuple[Membership, ...] = ()
    locale: str = "zh"
    session_id: str | None = None

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
