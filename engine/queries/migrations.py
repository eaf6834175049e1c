"""What moving the running cases of a process to another version would mean, before anybody does it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.catalogue import Catalogue
from engine.definitions.process import Element, Process
from engine.groups import ADMINISTRATORS, DESIGNERS
from engine.migrating.judging import Judgement
from engine.migrating.matching import kind_of, places, suggestion
from engine.migrating.outlook import CaseOutlook, Fit, Group, Match, Outlook, Place, Plan, Verdict
from engine.migrating.versions import Versions, versions_of
from engine.model import Case, ProcessInstance
from engine.permissions import must_be_in
from engine.queries.paging import Page, clamp, page_of

_STATES_AT_ONCE = 1_000
_WORST = {Verdict.CHOICE: 0, Verdict.STAYS: 1, Verdict.MOVES: 2}
_MOST_PAGES = 200


def migration_outlook(session: Session, actor: Actor, plan: Plan, *, catalogue: Catalogue) -> Outlook:
    """Raises ProcessUnknown, ChoiceWrong."""
    must_be_in(actor, DESIGNERS, ADMINISTRATORS)
    versions = versions_of(session, catalogue, plan)
    groups = _groups(session, versions)
    before, after = versions.old.process, versions.new.process
    standing: Counter[str] = Counter()
    for group in groups:
        standing.update(dict.fromkeys((place.element_id for place in group.at), group.cases))
    return Outlook(
        process=plan.process,
        name=after.name,
        name_en=after.name_en or after.name,
        from_version=plan.from_version,
        to_version=plan.to_version,
        matches=tuple(_matches(versions, standing)),
        groups=groups,
        added=tuple(_place(e) for e in after.elements.values() if e.id not in before.elements and e.name),
        rules_differ=versions.rules_differ,
    )


def cases_to_migrate(
    session: Session, actor: Actor, plan: Plan, *, catalogue: Catalogue, verdict: str | None = None,
    cursor: str | None = None, limit: int = 50,
) -> Page[CaseOutlook]:  # fmt: skip
    """Those that began first come first. Raises ProcessUnknown, ChoiceWrong, CursorUnreadable."""
    must_be_in(actor, DESIGNERS, ADMINISTRATORS)
    versions = versions_of(session, catalogue, plan)
    found: list[CaseOutlook] = []
    for _ in range(_MOST_PAGES):
        page = _page(session, versions, cursor=cursor, limit=limit)
        found += [row for row in page.items if verdict in (None, row.verdict)]
        cursor = page.next
        if cursor is None or len(found) >= clamp(limit):
            break
    return Page(tuple(found), cursor, page.total)


def _page(session: Session, versions: Versions, *, cursor: str | None, limit: int) -> Page[CaseOutlook]:
    query = select(Case, ProcessInstance.state).join(ProcessInstance, ProcessInstance.case_id == Case.id)
    query = query.where(Case.deployment_id == versions.before.id, Case.closed_at.is_(None))
    page = page_of(session, query, (Case.created_at, datetime), (Case.id, str), cursor=cursor, limit=limit)
    return page.of(_case(case, versions.judge.judge(state), versions.old.process) for case, state in page.items)


def _case(case: Case, judged: Judgement, process: Process) -> CaseOutlook:
    at = tuple(_place(process.elements[id_]) for id_ in judged.at)
    return CaseOutlook(case.id, case.number, case.town, case.stage, case.status, at, judged.verdict, judged.problems)


def _judgements(session: Session, versions: Versions) -> Iterator[Judgement]:
    query = select(ProcessInstance.state).join(Case, Case.id == ProcessInstance.case_id)
    running = query.where(Case.deployment_id == versions.before.id, Case.closed_at.is_(None))
    for state in session.scalars(running.execution_options(yield_per=_STATES_AT_ONCE)):
        yield versions.judge.judge(state)


def _groups(session: Session, versions: Versions) -> tuple[Group, ...]:
    counted: Counter[tuple[object, ...]] = Counter()
    judged = {}
    for judgement in _judgements(session, versions):
        counted[judgement.key] += 1
        judged[judgement.key] = judgement
    groups = [_group(judged[key], cases, versions.old.process) for key, cases in counted.items()]
    return tuple(sorted(groups, key=lambda g: (_WORST[g.verdict], -g.cases, [place.element_id for place in g.at])))


def _group(judged: Judgement, cases: int, process: Process) -> Group:
    at = tuple(_place(process.elements[id_]) for id_ in judged.at)
    return Group(judged.verdict, cases, at, judged.problems)


def _matches(versions: Versions, standing: Mapping[str, int]) -> Iterator[Match]:
    """What somebody has to look at: where cases stand, and what is not as it was. Flows and edges follow those."""
    matching = versions.matching
    rows = [e for e in matching.before.elements.values() if standing[e.id] or matching.fits[e.id] is not Fit.SAME]
    for element in sorted(rows, key=lambda e: (matching.fits[e.id] is Fit.SAME, -standing[e.id])):
        if standing[element.id] or not element.attached_to:
            yield _match(versions, element, standing[element.id])


def _match(versions: Versions, element: Element, cases: int) -> Match:
    matching = versions.matching
    fit, target = matching.fits[element.id], matching.target(element.id)
    is_open = fit not in (Fit.SAME, Fit.NAME)
    return Match(
        element_id=element.id,
        name=element.name or element.id,
        name_en=element.name_en or element.name or element.id,
        type=element.type,
        fit=fit,
        target=matching.targets.get(element.id),
        target_name=target.name or target.id if target else "",
        target_name_en=target.name_en or target.name or target.id if target else "",
        cases=cases,
        suggested=suggestion(matching, element) if is_open else None,
        options=tuple(_options(matching.after, element)) if is_open else (),
    )


def _options(after: Process, element: Element) -> Iterator[Place]:
    """Of its own kind first: there the same token can stay."""
    found = sorted(places(after), key=lambda e: kind_of(e) != kind_of(element))
    yield from (_place(one) for one in found)


def _place(element: Element) -> Place:
    name = element.name or element.id
    return Place(element.id, name, element.name_en or name, element.type)
