from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from engine.actor import SYSTEM
from engine.command import Command
from engine.errors import Problem, Rejected
from engine.model import Organisation
from engine.model.organisation import OrganisationKind
from engine.permissions import must_be_in
from engine.starting import start
from engine.work import Work


class EnterpriseUnknown(Rejected):
    """The case needs an enterprise: your own, or one that you name."""


class EnterpriseNotYours(Rejected):
    """You may start this process only for your own enterprise."""


@dataclass(frozen=True, kw_only=True)
class StartCase(Command[str]):
    """Start a case of a process with the answers of its start form; gives the id of the new case."""

    process: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    parties: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    enterprise: str | None = None

    def execute(self, work: Work) -> str:
        _, bundle = work.catalogue.latest(work.session, self.process)
        if bundle.process.starter_groups:
            must_be_in(work.actor, *bundle.process.starter_groups)
        enterprise = _enterprise(work, self.enterprise)
        folder = start(work, self.process, answers=self.answers, enterprise=enterprise, parties=self.parties)
        return folder.case.id

    def about(self) -> dict[str, str]:
        return {"process": self.process}


def _enterprise(work: Work, named: str | None) -> Organisation | None:
    own = [m.organisation_id for m in work.actor.memberships if m.organisation_id]
    found = _find(work, named) if named else (work.session.get(Organisation, own[0]) if own else None)
    if found is None:
        if named or own:
            raise EnterpriseUnknown(problems=[Problem(path="enterprise", code="unknown_enterprise")])
        raise EnterpriseUnknown(problems=[Problem(path="enterprise", code="required")])
    if own and found.id not in own and work.actor is not SYSTEM:
        raise EnterpriseNotYours(problems=[Problem(path="enterprise", code="not_yours")])
    return found


def _find(work: Work, named: str) -> Organisation | None:
    query = select(Organisation).where(
        Organisation.kind == OrganisationKind.ENTERPRISE,
        (Organisation.id == named) | (Organisation.uscc == named) | (Organisation.name == named),
    )
    return work.session.scalars(query).first()
