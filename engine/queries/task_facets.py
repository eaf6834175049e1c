"""What a queue could be narrowed by, with numbers: the enterprises, stages, steps … of the tasks that are in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.asking import Asked
from engine.catalogue import Catalogue
from engine.definitions.process import Process
from engine.model import Case, Deployment, Organisation, Person, UserTask
from engine.queries.stages import former_stages
from engine.queries.task_filters import filter_of
from engine.queries.text_search import contains
from engine.queries.worklist import matching_tasks

MOST = 8
Names = Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class Facet:
    """A value of one filter; `count` tasks of the queue have it."""

    kind: str
    value: str
    label: str
    label_en: str
    count: int


@dataclass(frozen=True)
class FacetSearch:
    """`typed` is part of the label; `only` asks for one value, to learn its label."""

    asked: Asked
    kind: str
    typed: str = ""
    only: str | None = None


def facets(
    session: Session, actor: Actor, wanted: FacetSearch, *, catalogue: Catalogue, now: datetime
) -> tuple[Facet, ...]:
    """The most frequent first. Other filters of the question hold, the one that is asked for does not."""
    rest = replace(wanted.asked, **{wanted.kind: ""})
    matching = matching_tasks(session, actor, filter_of(rest, now=now), now=now)
    found = _KINDS[wanted.kind](session, matching, wanted, catalogue)
    typed = wanted.typed.strip().lower()
    shown = [f for f in found if typed in f.label.lower() or typed in f.label_en.lower()]
    return tuple(sorted(shown, key=lambda f: (-f.count, f.label))[:MOST])


def _by_column(
    session: Session, matching: Select[Any], column: Any, wanted: FacetSearch, *, of_case: bool = False
) -> list[tuple[str, int, str]]:
    """(value, how many, the name of one of the tasks)"""
    query = matching.join(Case, Case.id == UserTask.case_id) if of_case else matching
    query = query.where(column == wanted.only) if wanted.only else query
    grouped = query.with_only_columns(column, func.count(), func.min(UserTask.name)).group_by(column)
    return [(value, number, name) for value, number, name in session.execute(grouped) if value]


def _stages(session: Session, matching: Select[Any], wanted: FacetSearch, catalogue: Catalogue) -> list[Facet]:
    found = _by_column(session, matching, UserTask.stage, wanted)
    names = _names(session, catalogue, lambda process: {s.id: (s.name, s.name_en) for s in process.stages})
    names |= former_stages(session, {value for value, _, _ in found} - names.keys(), catalogue=catalogue)
    return [_facet(wanted, value, number, names.get(value)) for value, number, _ in found]


def _steps(session: Session, matching: Select[Any], wanted: FacetSearch, catalogue: Catalogue) -> list[Facet]:
    names = _names(session, catalogue, lambda p: {e.id: (e.name, e.name_en) for e in p.elements.values() if e.name})
    found = _by_column(session, matching, UserTask.element_id, wanted)
    return [_facet(wanted, value, number, names.get(value, (name, name))) for value, number, name in found]


def _processes(session: Session, matching: Select[Any], wanted: FacetSearch, catalogue: Catalogue) -> list[Facet]:
    names = _names(session, catalogue, lambda process: {process.key: (process.name, process.name_en)})
    found = _by_column(session, matching, Case.process, wanted, of_case=True)
    return [_facet(wanted, value, number, names.get(value)) for value, number, _ in found]


def _towns(session: Session, matching: Select[Any], wanted: FacetSearch, _catalogue: Catalogue) -> list[Facet]:
    found = _by_column(session, matching, Case.town, wanted, of_case=True)
    return [_facet(wanted, value, number, None) for value, number, _ in found]


def _enterprises(session: Session, matching: Select[Any], wanted: FacetSearch, _catalogue: Catalogue) -> list[Facet]:
    query = matching.join(Case, Case.id == UserTask.case_id).join(Organisation, Organisation.id == Case.enterprise_id)
    query = query.where(Organisation.id == wanted.only) if wanted.only else query
    query = query.where(contains(wanted.typed, Organisation.name)) if wanted.typed.strip() else query
    return _named(session, query, wanted, Organisation.id, Organisation.name)


def _people(session: Session, matching: Select[Any], wanted: FacetSearch, _catalogue: Catalogue) -> list[Facet]:
    query = matching.join(Person, Person.id == UserTask.assignee_id)
    query = query.where(Person.username == wanted.only) if wanted.only else query
    query = query.where(contains(wanted.typed, Person.name)) if wanted.typed.strip() else query
    return _named(session, query, wanted, Person.username, Person.name)


def _named(session: Session, query: Select[Any], wanted: FacetSearch, value: Any, name: Any) -> list[Facet]:
    grouped = query.with_only_columns(value, name, func.count().label("number")).group_by(value, name)
    found = session.execute(grouped.order_by(func.count().desc(), name).limit(MOST))
    return [_facet(wanted, id_, number, (label, label)) for id_, label, number in found]


_KINDS: Mapping[str, Callable[[Session, Select[Any], FacetSearch, Catalogue], list[Facet]]] = {
    "stage": _stages,
    "step": _steps,
    "process": _processes,
    "town": _towns,
    "enterprise": _enterprises,
    "who": _people,
}
KINDS = tuple(_KINDS)


def _facet(wanted: FacetSearch, value: str, number: int, names: tuple[str, str] | None) -> Facet:
    label, label_en = names or (value, value)
    return Facet(wanted.kind, value, label, label_en or label, number)


def _names(session: Session, catalogue: Catalogue, of: Callable[[Process], Names]) -> dict[str, tuple[str, str]]:
    """Names out of the newest version of every process."""
    found: dict[str, tuple[str, str]] = {}
    for key in session.scalars(select(Deployment.process).distinct()):
        found |= of(catalogue.latest(session, key)[1].process)
    return found
