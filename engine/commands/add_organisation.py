from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.command import Command
from engine.groups import ADMINISTRATORS
from engine.model import Organisation
from engine.model.base_model import new_id
from engine.organisations import accept_organisation
from engine.permissions import must_be_in
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class AddOrganisation(Command[str]):
    """Enter an enterprise, a town or an office; gives its id."""

    kind: str
    answers: Mapping[str, Any]

    def execute(self, work: Work) -> str:
        must_be_in(work.actor, ADMINISTRATORS)
        values = accept_organisation(work.session, self.kind, self.answers)
        made = Organisation(id=new_id(), kind=self.kind)
        made.describe(values)
        work.session.add(made)
        facts = {"organisation": made.name, "kind": made.kind, "uscc": made.uscc, "town": made.town}
        work.administer("organisation_added", made.subject, details=facts)
        return made.id
