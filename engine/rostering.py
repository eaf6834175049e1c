"""A staff roster on its way in: whose it may be, its lines read part by part, and all of it written in one go."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, false, func, insert, literal, null, select, update
from sqlalchemy.orm import Session

from engine.actor import SYSTEM, Actor
from engine.errors import EngineError, NotFound, Problem
from engine.groups import ADMINISTRATORS, HR, REPRESENTATIVES, STAFF, UNIONS
from engine.model import GroupMembership, Organisation, Person, RosterFlaw, RosterImport, RosterLine
from engine.model.base_model import new_id
from engine.model.organisation import OrganisationKind
from engine.model.roster import RosterState
from engine.roster_lines import RosterEntry, plain_copy, roster_entries
from engine.voting_places import under
from engine.work import Work

PART = 10_000


class RosterPlaceNotFound(NotFound):
    """There is no such enterprise, or its staff is not for you to enter."""


class RosterNotFound(NotFound):
    """There is no such import, or it is not for your eyes."""


def open_to(actor: Actor) -> ColumnElement[bool]:
    """Enterprises whose staff this person may enter: as their HR, as a union that watches over them, or all."""
    enterprises = Organisation.kind == OrganisationKind.ENTERPRISE
    if actor is SYSTEM or actor.is_in(ADMINISTRATORS):
        return enterprises
    own = {m.organisation_id for m in actor.memberships if m.group == HR and m.organisation_id}
    watched = under(actor) if may_name_reps(actor) else false()
    return enterprises & (Organisation.id.in_(own) | watched)


def may_name_reps(actor: Actor) -> bool:
    """Representatives are elected; that somebody is one is entered by the union and never by the employer."""
    return actor is SYSTEM or bool(actor.groups & set(UNIONS))


def enterprise_for(session: Session, actor: Actor, enterprise_id: str, *, lock: bool = False) -> Organisation:
    """Raises RosterPlaceNotFound."""
    query = select(Organisation).where(Organisation.id == enterprise_id, open_to(actor))
    found = session.scalar(query.with_for_update() if lock else query)
    if found is None:
        raise RosterPlaceNotFound(enterprise_id=enterprise_id)
    return found


def read_roster(work: Work, args: Mapping[str, Any]) -> None:
    """One part of the lines, checked and put aside; the next part is a job of its own."""
    run = locked_run(work.session, args["import_id"])
    if run is None or run.state != RosterState.READING:
        return
    if run.plain is None:
        try:
            plain, run.lines = plain_copy(work.documents.get(run.sha256))
        except EngineError as refusal:
            _refuse(work, run, refusal.code)
            return
        run.plain = work.documents.put(plain)
    part = roster_entries(work.documents.get(run.plain), today=work.today, skip=run.read, most=PART)
    _put_aside(work, run, part)
    if run.read < run.lines:
        work.enqueue("read_roster", {"import_id": run.id})
    elif run.flaws:
        _refuse(work, run, None)
    else:
        run.state = RosterState.WRITING
        work.enqueue("write_roster", {"import_id": run.id})


def write_roster(work: Work, args: Mapping[str, Any]) -> None:
    """Everything at once, in a handful of statements; what was taken by others meanwhile refuses the whole."""
    run = locked_run(work.session, args["import_id"])
    if run is None or run.state != RosterState.WRITING:
        return
    if _was_overtaken(work, run):
        _refuse(work, run, None)
        return
    run.added = _write_people(work.session, run)
    run.changed = _write_changes(work.session, run)
    granted = _write_memberships(work.session, run)
    run.end(RosterState.DONE, at=work.now)
    forget_lines(work.session, run)
    place = work.session.get_one(Organisation, run.organisation_id)
    facts = {"organisation": place.name, "sha256": run.sha256, "lines": run.lines, "added": run.added}
    facts |= {"changed": run.changed, "granted": granted}
    work.administer("roster_imported", place.subject, actor=run.by, details=facts)
    tell_importer(work, run)


def tell_importer(work: Work, run: RosterImport) -> None:
    """Who sent the file learns that the import has ended, wherever they are by then."""
    work.enqueue("notify_roster", {"import_id": run.id}, dedupe=f"notify_roster:{run.id}")


def locked_run(session: Session, import_id: str) -> RosterImport | None:
    return session.get(RosterImport, import_id, with_for_update=True, populate_existing=True)


def forget_lines(session: Session, run: RosterImport) -> None:
    session.execute(delete(RosterLine).where(RosterLine.import_id == run.id))


def _refuse(work: Work, run: RosterImport, code: str | None) -> None:
    run.refusal = code
    run.end(RosterState.REFUSED, at=work.now)
    forget_lines(work.session, run)
    tell_importer(work, run)


def _put_aside(work: Work, run: RosterImport, part: list[RosterEntry]) -> None:
    wanted = [entry.values["username"] for entry in part if entry.values.get("username")]
    known = _known(work.session, run, wanted)
    twice = select(RosterLine.username, RosterLine.line).where(RosterLine.import_id == run.id)
    before = dict(work.session.execute(twice.where(RosterLine.username.in_(wanted))).all())
    lines = []
    for entry in part:
        username = entry.values.get("username")
        if username in before and not entry.flaws:
            entry.wrong("username", "roster_twice", line=before[username])
        line = _line(run, entry, known.get(username)) if username else None
        if line is not None and not entry.flaws:
            before[username] = entry.line
            lines.append(line)
    flaws = {(entry.line, found.path): _flaw(run, entry, found) for entry in part for found in entry.flaws}
    _insert(work.session, RosterLine, lines)
    _insert(work.session, RosterFlaw, flaws.values())
    run.read, run.flaws = run.read + len(part), run.flaws + len(flaws)


def _insert(session: Session, model: Any, rows: Iterable[dict[str, Any]]) -> None:
    rows = list(rows)
    if rows:
        session.execute(insert(model), rows)


def _known(session: Session, run: RosterImport, usernames: list[str]) -> dict[str, tuple[Person, frozenset[str]]]:
    """People by user name, with the groups that they have in this enterprise."""
    found = {p.username: p for p in session.scalars(select(Person).where(Person.username.in_(usernames)))}
    here = select(GroupMembership.person_id, GroupMembership.group).where(
        GroupMembership.organisation_id == run.organisation_id,
        GroupMembership.person_id.in_([p.id for p in found.values()]),
    )
    groups: dict[str, set[str]] = {}
    for person_id, group in session.execute(here):
        groups.setdefault(person_id, set()).add(group)
    return {name: (person, frozenset(groups.get(person.id, ()))) for name, person in found.items()}


def _line(run: RosterImport, entry: RosterEntry, known: tuple[Person, frozenset[str]] | None) -> dict[str, Any] | None:
    values = entry.values
    person, groups = known or (None, frozenset())
    if person is not None:
        _check_known(run, entry, person)
    if values.get("is_rep") and not run.may_name_reps and REPRESENTATIVES not in groups:
        entry.wrong("is_rep", "reps_by_union")
    wanted = REPRESENTATIVES if values.get("is_rep") else STAFF
    facts = {key: values.get(key) for key in ("phone", "post")}
    return {
        "import_id": run.id, "line": entry.line, "username": values["username"], "name": values.get("name", ""),
        **facts, "since": values.get("since"), "person_id": person.id if person else new_id(), "is_new": person is None,
        "is_changed": person is not None and any(v and getattr(person, k) != v for k, v in facts.items()),
        "group": None if wanted in groups or (groups and wanted == STAFF) else wanted, "membership_id": new_id(),
    }  # fmt: skip


def _check_known(run: RosterImport, entry: RosterEntry, person: Person) -> None:
    if person.organisation_id != run.organisation_id:
        entry.wrong("username", "works_elsewhere")  # and no word about where, or who it is
    elif person.left_at is not None:
        entry.wrong("username", "has_left")
    elif entry.values.get("name") != person.name:
        entry.wrong("name", "name_differs", name=person.name)


def _flaw(run: RosterImport, entry: RosterEntry, found: Problem) -> dict[str, Any]:
    facts = {"import_id": run.id, "line": entry.line, "column": found.path, "code": found.code}
    return {**facts, "params": dict(found.params), "name": entry.values.get("name")}


def _was_overtaken(work: Work, run: RosterImport) -> bool:
    """Somebody was entered under one of the names, or left, while the lines were read."""
    mine = (RosterLine.import_id == run.id, Person.username == RosterLine.username)
    late = RosterLine.is_new | Person.left_at.is_not(None) | (Person.organisation_id != run.organisation_id)
    query = select(RosterLine.line, RosterLine.name).join(Person, mine[1]).where(mine[0], late)
    rows = work.session.execute(query.limit(PART)).all()
    facts = {"import_id": run.id, "column": "username", "code": "overtaken", "params": {}}
    _insert(work.session, RosterFlaw, ({**facts, "line": line, "name": name} for line, name in rows))
    run.flaws += len(rows)
    return bool(rows)


def _write_people(session: Session, run: RosterImport) -> int:
    columns = ("id", "username", "name", "locale", "phone", "post", "organisation_id", "lock_version")
    new = select(
        RosterLine.person_id, RosterLine.username, RosterLine.name, literal("zh"), RosterLine.phone, RosterLine.post,
        literal(run.organisation_id), literal(1),
    ).where(RosterLine.import_id == run.id, RosterLine.is_new.is_(True))  # fmt: skip
    session.execute(insert(Person).from_select(columns, new, include_defaults=False))
    count = select(func.count()).where(RosterLine.import_id == run.id, RosterLine.is_new.is_(True))
    return session.scalar(count) or 0


def _write_changes(session: Session, run: RosterImport) -> int:
    mine = (RosterLine.import_id == run.id, RosterLine.is_changed.is_(True))
    values = {}
    for column in ("phone", "post"):
        told = select(getattr(RosterLine, column)).where(*mine, RosterLine.person_id == Person.id).scalar_subquery()
        values[column] = func.coalesce(told, getattr(Person, column))
    people = Person.id.in_(select(RosterLine.person_id).where(*mine))
    changing = update(Person).where(people).values(**values, lock_version=Person.lock_version + 1)
    session.execute(changing.execution_options(synchronize_session=False))
    return session.scalar(select(func.count()).select_from(RosterLine).where(*mine)) or 0


def _write_memberships(session: Session, run: RosterImport) -> int:
    columns = ("id", "person_id", "group", "town", "organisation_id", "since", "ends_on")
    held = exists().where(
        GroupMembership.person_id == RosterLine.person_id,
        GroupMembership.organisation_id == run.organisation_id,
        GroupMembership.group == RosterLine.group,
    )
    mine = (RosterLine.import_id == run.id, RosterLine.group.is_not(None), ~held)
    count = session.scalar(select(func.count()).select_from(RosterLine).where(*mine)) or 0
    new = select(
        RosterLine.membership_id, RosterLine.person_id, RosterLine.group, null(), literal(run.organisation_id),
        func.coalesce(RosterLine.since, run.at.date()), null(),
    ).where(*mine)  # fmt: skip
    session.execute(insert(GroupMembership).from_select(columns, new, include_defaults=False))
    return count
