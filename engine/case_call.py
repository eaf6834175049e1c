"""The case as a service task sees it."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.case_work import CaseWork
from engine.context import enterprise_words
from engine.errors import Problem
from engine.model import Person
from engine.parties import appoint
from engine.services import ServiceRefused


class CaseCall:
    def __init__(self, folder: CaseWork, *, inputs: Mapping[str, Any]) -> None:
        self._folder = folder
        self.inputs = inputs
        self.today: date = folder.work.today
        self.now: datetime = folder.work.now

    def setting(self, key: str) -> Any:
        return self._folder.bundle.rules.setting(key, self.today)

    def enterprise(self) -> Mapping[str, Any]:
        found = self._folder.enterprise
        return enterprise_words(found) if found else {}

    def parties(self) -> Mapping[str, list[str]]:
        return {role: list(people) for role, people in self._folder.case.parties.items()}

    def appoint(self, role: str, usernames: list[str]) -> None:
        """Replace the holders of a role. Raises ServiceRefused for an unknown person."""
        appoint(self._folder, role=role, people=people_named(self._folder.work.session, usernames))

    def notify(self, audience: str, kind: str, params: Mapping[str, Any]) -> None:
        args = {"case_id": self._folder.case.id, "audience": audience, "kind": kind, "params": dict(params)}
        self._folder.work.enqueue("notify_audience", args)

    def record(self, action: str, details: Mapping[str, Any]) -> None:
        self._folder.record(action, actor="system", details=dict(details))


def people_named(session: Session, usernames: Collection[str]) -> dict[str, str]:
    """Usernames to person ids, in the order given. Raises ServiceRefused for a name nobody has."""
    query = select(Person).where(Person.username.in_(usernames), Person.left_at.is_(None))
    found = {p.username: p.id for p in session.scalars(query)}
    missing = [u for u in usernames if u not in found]
    if missing:
        raise ServiceRefused(problems=[Problem(path="persons", code="unknown_person", params={"person": missing[0]})])
    return {u: found[u] for u in usernames}
