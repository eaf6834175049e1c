from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.command import Command
from engine.errors import Conflict
from engine.groups import ADMINISTRATORS
from engine.organisations import accept_organisation, known_organisation
from engine.permissions import must_be_in
from engine.work import Work


class OrganisationChanged(Conflict):
    """Somebody else changed the organisation since it was read."""


@dataclass(frozen=True, kw_only=True)
class EditOrganisation(Command[int]):
    """Change what is on file about an organisation; `seen` is the version that was read, gives the new one."""

    organisation_id: str
    answers: Mapping[str, Any]
    seen: int

    def execute(self, work: Work) -> int:
        must_be_in(work.actor, ADMINISTRATORS)
        known = known_organisation(work.session, self.organisation_id, lock=True)
        if known.lock_version != self.seen:
            raise OrganisationChanged(version=known.lock_version)
        changes = known.describe(accept_organisation(work.session, known.kind, self.answers, known=known))
        if changes:
            facts = {"organisation": known.name, "changes": changes}
            work.administer("organisation_edited", known.subject, details=facts)
            work.session.flush()
        return known.lock_version
