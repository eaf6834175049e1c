"""Moves one locked case to another version: tokens first, then every row that names an element of the diagram."""

from collections.abc import Mapping

from sqlalchemy import delete, select

from engine.automation import Automation
from engine.case_work import CaseWork
from engine.clock_dates import recompute
from engine.clockwork import rule_of, stop_clock
from engine.errors import Conflict, Rejected
from engine.migrating.outlook import Change
from engine.migrating.tasks import bring_up_to_date
from engine.migrating.trail import still_leads_here
from engine.migrating.versions import Versions, specs
from engine.model import Incident, MessageWait, SignalWait
from engine.parties import refresh_audience
from engine.progress import settle
from engine.spiff import token_state
from engine.spiff.carrying_over import CarriedOver
from engine.spiff.process_run import ProcessRun
from engine.spiff.scope import Tokens


class CaseMustStay(Conflict):
    """In the new version this case could not come to its end from where it stands."""


class MigrationNeedsChoice(Rejected):
    """A step at which this case stands is not in the new version: choose where it goes on."""


def move(folder: CaseWork, versions: Versions, *, keeps_rules: bool) -> Change:
    """Raises MigrationNeedsChoice, CaseMustStay."""
    was = _rows(folder)
    first = len(folder.work.acts)
    _pin(folder, versions, keeps_rules=keeps_rules)
    carried = _carried(folder, versions)
    old, new = (specs(folder.work.catalogue, bundle) for bundle in (versions.old, versions.new))
    if not (carried.is_same and still_leads_here(folder, old, new)):
        folder.instance.trail_begins = folder.instance.moves
    _rename(folder, versions, carried.tokens)
    bring_up_to_date(folder)
    if not keeps_rules:
        _count_anew(folder)
    run = ProcessRun(carried.tokens)
    run.settle_down()
    settle(folder, run, by_person=False)
    refresh_audience(folder)
    return _change(folder, was, first)


def _pin(folder: CaseWork, versions: Versions, *, keeps_rules: bool) -> None:
    instance = folder.instance
    if not keeps_rules:
        instance.rules_id = None
    elif instance.rules_id is None and versions.rules_differ:
        instance.rules_id = versions.before.id
    folder.pin(versions.after.id)


def _carried(folder: CaseWork, versions: Versions) -> CarriedOver:
    host = Automation(folder)
    old = token_state.load(folder.instance.state, specs(folder.work.catalogue, versions.old), host, folder.trail)
    carried = versions.judge.carry(old, host, folder.trail)
    problems = versions.judge.faults(old, carried)
    if carried.homeless or carried.misplaced:
        raise MigrationNeedsChoice(problems=problems)
    if problems:
        raise CaseMustStay(problems=problems)
    return carried


def _rename(folder: CaseWork, versions: Versions, tokens: Tokens) -> None:
    """Tasks, clocks and incidents that go on belong to the new element; waits are made again from what it says."""
    targets = versions.matching.targets
    here = {token.id.hex: token.task_spec.element.id for token in tokens.each()}
    for row in (*folder.tasks, *(c for c in folder.clocks if c.step_id), *_incidents(folder)):
        row.element_id = here.get(row.step_id or "", row.element_id)
    for clock in (clock for clock in folder.clocks if clock.task_id):
        clock.element_id = next((t.element_id for t in folder.tasks if t.id == clock.task_id), clock.element_id)
    for waits in (MessageWait, SignalWait):
        folder.work.session.execute(delete(waits).where(waits.case_id == folder.case.id))
    folder.case.stage = targets.get(folder.case.stage or "") or None
    passed = (targets.get(element, element) for element in folder.instance.passed)
    folder.instance.passed = [e for e in dict.fromkeys(passed) if e in versions.new.process.elements]


def _incidents(folder: CaseWork) -> list[Incident]:
    if not folder.instance.troubled:
        return []
    query = select(Incident).where(Incident.case_id == folder.case.id, Incident.step_id.in_(folder.instance.troubled))
    return list(folder.work.session.scalars(query))


def _count_anew(folder: CaseWork) -> None:
    """The new rules hold from the beginning: running deadlines are counted by them, from the same day."""
    elements = folder.bundle.process.elements
    for clock in list(folder.clocks):
        element = elements.get(clock.element_id)
        if element is None or clock.rule is None:
            continue
        rule = rule_of(folder, element)
        if rule == clock.rule:
            recompute(folder, clock)
        elif rule is not None:
            stop_clock(folder, clock, met=False)  # it begins again as the new element says


def _rows(folder: CaseWork) -> Mapping[str, Mapping[str, str]]:
    return {
        "tasks": {t.id: t.element_id for t in folder.tasks if not t.discretionary and t.principal_id is None},
        "clocks": {clock.id: clock.element_id for clock in folder.clocks},
    }


def _change(folder: CaseWork, was: Mapping[str, Mapping[str, str]], first: int) -> Change:
    now, acts = _rows(folder), folder.work.acts[first:]

    kept = tuple(element for id_, element in now["tasks"].items() if id_ in was["tasks"])
    passed = (e for act in acts if act.action == "process_moved" for e in (act.details or {})["passed"])
    return Change(
        kept=kept,
        opened=_without(now["tasks"], was["tasks"]),
        ended=_without(was["tasks"], now["tasks"]),
        passed=tuple(dict.fromkeys(passed)),
        clocks_started=_without(now["clocks"], was["clocks"]),
        clocks_stopped=_without(was["clocks"], now["clocks"]),
        incidents=tuple(act.element_id or "" for act in acts if act.action == "incident_opened"),
    )


def _without(rows: Mapping[str, str], others: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(element for id_, element in rows.items() if id_ not in others)
