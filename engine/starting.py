"""A case comes into being: its rows, its people, the answers of its start form, its first steps."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from engine.actor import SYSTEM
from engine.automation import Automation
from engine.case_call import people_named
from engine.case_links import NEXT, SUPPORT
from engine.case_work import CaseWork
from engine.definitions.bundle import Bundle
from engine.errors import Problem, Rejected
from engine.handing_in import accept_answers, file_documents, keep_answer
from engine.model import (
    Case,
    CaseLink,
    Deployment,
    GroupMembership,
    NumberSeries,
    Organisation,
    Person,
    ProcessInstance,
)
from engine.model.base_model import new_id
from engine.parties import appoint, refresh_audience
from engine.progress import settle, specs_of
from engine.spiff.process_run import ProcessRun
from engine.work import Work

ASKING_PARTY = "asking_party"


def start(
    work: Work,
    process: str,
    *,
    answers: Mapping[str, Any],
    enterprise: Organisation | None,
    parties: Mapping[str, tuple[str, ...]] | None = None,
) -> CaseWork:
    """Open a case of the newest deployment. Raises AnswersRejected with every problem of the start form."""
    deployment, bundle = work.catalogue.latest(work.session, process)
    folder = _open(work, deployment, bundle, enterprise)
    _appoint(folder, parties or {})
    answer = _accept(folder, answers)
    folder.record("case_started", details={"process": process, "version": deployment.version} | answer)
    settle(folder, ProcessRun.start(specs_of(folder), Automation(folder), folder.trail), by_person=True)
    return folder


def open_next_case(work: Work, args: Mapping[str, Any]) -> None:
    """A case of the same enterprise, opened in the name of whoever asked for it: what goes on where a case ends.

    Of the kind "support" it stands beside a case that runs; who asked for it reads along (`asking_party`).
    """
    before = work.as_system().lock_case(args["case_id"], clocks_first=False)
    person = work.session.get_one(Person, args["person_id"], options=[selectinload(Person.memberships)])
    own = replace(work, actor=person.as_actor())
    kind = args.get("kind", NEXT)
    parties = {ASKING_PARTY: (person.username,)} if kind == SUPPORT else None
    after = start(own, args["process"], answers=args["answers"], enterprise=before.enterprise, parties=parties)
    link = CaseLink(from_case_id=before.case.id, to_case_id=after.case.id, kind=kind, created_at=work.now)
    work.session.add(link)
    _say_so(before, after, supports=kind == SUPPORT)


def _say_so(before: CaseWork, after: CaseWork, *, supports: bool) -> None:
    other, system = {"case": before.case.number}, SYSTEM.username
    before.record("case_opened_support" if supports else "case_opened_next", details={"case": after.case.number})
    after.record("case_opened_to_support" if supports else "case_opened_from", actor=system, details=other)


def _open(work: Work, deployment: Deployment, bundle: Bundle, enterprise: Organisation | None) -> CaseWork:
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
        guests=[],
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
        moves=0,
        troubled=[],
    )
    work.session.add(case)
    work.session.flush()
    work.session.add(instance)
    folder = CaseWork(work=work, case=case, instance=instance)
    folder.enterprise, folder.tasks, folder.clocks = enterprise, [], []
    return folder


def _appoint(folder: CaseWork, parties: Mapping[str, tuple[str, ...]]) -> None:
    roles = dict.fromkeys([*folder.bundle.process.party_roles, *parties])
    for role in roles:
        group = folder.bundle.process.party_roles.get(role)
        named = parties.get(role)
        people = people_named(folder.work.session, named) if named is not None else _members(folder, group)
        if people:
            appoint(folder, role=role, people=people)
    refresh_audience(folder)


def _accept(folder: CaseWork, answers: Mapping[str, Any]) -> dict[str, Any]:
    form_id = folder.bundle.process.start_form
    if form_id is None:
        if answers:
            raise Rejected(problems=[Problem(path=k, code="unknown_key") for k in answers])
        return {}
    accepted = accept_answers(folder, form_id, answers, task=None)
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
