from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from engine.actor import SYSTEM
from engine.automation import Automation
from engine.case_call import people_named
from engine.case_work import CaseWork
from engine.command import Command
from engine.definitions.bundle import Bundle
from engine.errors import Problem, Rejected
from engine.handing_in import accept_answers, file_documents, keep_answer
from engine.model import Case, Deployment, GroupMembership, NumberSeries, Organisation, Person, ProcessInstance
from engine.model.base_model import new_id
from engine.model.organisation import OrganisationKind
from engine.parties import appoint, refresh_audience
from engine.permissions import must_be_in
from engine.progress import settle
from engine.spiff.process_run import ProcessRun
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
        deployment, bundle = work.catalogue.latest(work.session, self.process)
        if bundle.process.starter_groups:
            must_be_in(work.actor, *bundle.process.starter_groups)
        folder = self._open(work, deployment, bundle, _enterprise(work, self.enterprise))
        self._appoint(folder)
        answer = self._accept(folder)
        folder.record("case_started", details={"process": self.process, "version": deployment.version} | answer)
        with work.catalogue.specs.borrow(bundle.content_hash, bundle.xml) as specs:
            settle(folder, ProcessRun.start(specs, Automation(folder)), by_person=True)
        return folder.case.id

    def about(self) -> dict[str, str]:
        return {"process": self.process}

    def _open(self, work: Work, deployment: Deployment, bundle: Bundle, enterprise: Organisation | None) -> CaseWork:
        process = bundle.process
        case = Case(
            id=new_id(),
            number=_next_number(work, process.number_prefix or process.key),
            process=process.key,
            title=f"{enterprise.name} · {process.name}" if enterprise else process.name,
            deployment_id=deployment.id,
            enterprise_id=enterprise.id if enterprise else None,
            town=enterprise.town if enterprise else None,
            created_by=work.actor.person_id,
            created_at=work.now,
            parties={},
            readers=[],
            history_seq=0,
            history_head="0" * 64,
            status="running",
        )
        instance = ProcessInstance(
            id=new_id(),
            case_id=case.id,
            deployment_id=deployment.id,
            process=process.key,
            state=b"",
            variables={},
            passed=[],
        )
        work.session.add(case)
        work.session.flush()
        work.session.add(instance)
        folder = CaseWork(work=work, case=case, instance=instance)
        folder.enterprise, folder.tasks, folder.clocks = enterprise, [], []
        return folder

    def _appoint(self, folder: CaseWork) -> None:
        roles = dict.fromkeys([*folder.bundle.process.party_roles, *self.parties])
        for role in roles:
            group = folder.bundle.process.party_roles.get(role)
            named = self.parties.get(role)
            people = people_named(folder.work.session, named) if named is not None else _members(folder, group)
            if people:
                appoint(folder, role=role, people=people)
        refresh_audience(folder)

    def _accept(self, folder: CaseWork) -> dict[str, Any]:
        form_id = folder.bundle.process.start_form
        if form_id is None:
            if self.answers:
                raise Rejected(problems=[Problem(path=k, code="unknown_key") for k in self.answers])
            return {}
        accepted = accept_answers(folder, form_id, self.answers, task=None)
        kept = keep_answer(folder, accepted.values, element_id="start", form=form_id, task=None)
        file_documents(folder, accepted.values, form_id, task=None)
        folder.remember(accepted.values)
        return {"answer": kept.id, "answers_sha256": kept.digest}


def _next_number(work: Work, prefix: str) -> str:
    name = f"{prefix}-{work.today.year}"
    series = work.session.get(NumberSeries, name, with_for_update=True)
    if series is None:
        series = NumberSeries(series=name, last=0)
        work.session.add(series)
    series.last += 1
    return f"{name}-{series.last:05d}"


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


def _members(folder: CaseWork, group: str | None) -> dict[str, str]:
    """The people of a group inside the case's enterprise."""
    if group is None or folder.case.enterprise_id is None:
        return {}
    query = (
        select(Person)
        .join(GroupMembership, GroupMembership.person_id == Person.id)
        .where(GroupMembership.group == group, GroupMembership.organisation_id == folder.case.enterprise_id)
        .where(Person.left_at.is_(None))
        .order_by(Person.username)
    )
    return {p.username: p.id for p in folder.work.session.scalars(query)}
