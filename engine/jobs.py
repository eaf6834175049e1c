"""What the outbox asks for: each kind of job is a function of the work and its arguments, done in one transaction."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from engine.ballot_counting import count_ballot
from engine.balloting import notice_of
from engine.ballots.reminders import OPENING, bounds
from engine.ballots.roll import absent
from engine.clock_dates import recompute
from engine.delivery import broadcast_signal, deliver_signal, send_message
from engine.leaving import hand_back_stragglers
from engine.mailing import plan_mails, write_mails
from engine.model import Ballot, Batch, Case, CaseCopy, Clock, Incident, Note, Notice, Person, TaskOffer, UserTask
from engine.model.ballot import BallotState
from engine.model.base_model import new_id
from engine.model.batch import BatchState
from engine.model.roster import RosterImport
from engine.model.user_task import TaskState
from engine.parties import audiences_of
from engine.people import members_behind
from engine.permissions import group_audiences
from engine.rostering import read_roster, write_roster
from engine.starting import open_next_case
from engine.voter_reminders import remind_voters
from engine.work import CITY_TIME, Work

_OPEN = (TaskState.OPEN, TaskState.CLAIMED)


def notify_task(work: Work, args: Mapping[str, Any]) -> None:
    """Tell everybody to whom a new task is offered."""
    task = work.session.get(UserTask, args["task_id"])
    if task is not None and task.state in _OPEN:
        _tell(work, _readers(work, [task]), kind="task_opened", params={"task": task.name}, task=task)


def notify_assigned(work: Work, args: Mapping[str, Any]) -> None:
    task = work.session.get(UserTask, args["task_id"])
    if task is not None and task.assignee_id == args["person_id"]:
        told = {"kind": "task_assigned", "params": {"task": task.name}, "about": args["job_id"]}
        _tell(work, [args["person_id"]], task=task, **told)


def notify_handed_back(work: Work, args: Mapping[str, Any]) -> None:
    """Tell who delegated a task that it is filled in."""
    task = work.session.get(UserTask, args["task_id"])
    if task is not None and task.assignee_id == args["person_id"]:
        params = {"task": task.name, "by": args["by"]}
        _tell(work, [args["person_id"]], kind="task_handed_back", params=params, task=task, about=args["job_id"])


def notify_urged(work: Work, args: Mapping[str, Any]) -> None:
    """Tell those who have the task, or could take it, that somebody asks for it."""
    task = work.session.get(UserTask, args["task_id"])
    if task is not None and task.state in _OPEN:
        params = {"task": task.name, "by": args["by"], "note": args["note"]}
        _tell(
            work, _readers(work, [task]), kind="task_urged", params=params, task=task, about=f"{task.id}:{args['time']}"
        )


def notify_copy(work: Work, args: Mapping[str, Any]) -> None:
    """Tell somebody that a case was sent to them to read."""
    copy = work.session.get_one(CaseCopy, args["copy_id"])
    task = work.session.get(UserTask, copy.task_id) if copy.task_id else None
    params = {"by": args["by"], "note": copy.note, "task": task.name if task else ""}
    told = {"kind": "copy_received", "params": params, "about": copy.id}
    _tell(work, [copy.person_id], case_id=copy.case_id, task=task, **told)


def notify_person(work: Work, args: Mapping[str, Any]) -> None:
    """Tell one person what became of their work."""
    params = {"task": args["step"], "by": args["by"], "note": args["note"]}
    told = {"kind": args["kind"], "params": params, "about": args["job_id"]}
    _tell(work, [args["person_id"]], case_id=args["case_id"], **told)


def notify_clock(work: Work, args: Mapping[str, Any]) -> None:
    """Tell those who can still act: the people of the open tasks of the case."""
    clock = work.session.get(Clock, args["clock_id"])
    if clock is None:
        return
    concerned = (UserTask.case_id == clock.case_id, UserTask.state.in_(_OPEN))
    tasks = work.session.scalars(select(UserTask).where(*concerned)).all()
    mine = [t for t in tasks if t.id == clock.task_id] or list(tasks)
    params = {
        "clock": clock.basis["name"]["zh"],
        "clock_en": clock.basis["name"]["en"],
        "due": clock.due_on.isoformat(),
    }
    _tell(work, _readers(work, mine), kind=args["kind"], params=params, case_id=clock.case_id, about=clock.id)


def notify_incident(work: Work, args: Mapping[str, Any]) -> None:
    incident = work.session.get(Incident, args["incident_id"])
    if incident is not None:
        readers = members_behind(work.session, ["system_admin@*"])
        _tell(work, readers, kind="incident", params={"element": incident.element_id}, about=incident.id)


def notify_mentioned(work: Work, args: Mapping[str, Any]) -> None:
    """Those a note names, unless it was withdrawn meanwhile."""
    note = work.session.get(Note, args["note_id"])
    if note is not None and note.withdrawn_at is None:
        params = {"person": work.session.get_one(Person, note.author_id).name}
        _tell(work, note.mentions, kind="mentioned", params=params, case_id=note.case_id, about=note.id)


def notify_audience(work: Work, args: Mapping[str, Any]) -> None:
    """What a process says to a party role or a group; who may start what it is about gets there from the notice."""
    folder = work.as_system().lock_case(args["case_id"], clocks_first=False)
    people = members_behind(work.session, audiences_of(folder, args["audience"]))
    told = {"kind": args["kind"], "params": args["params"], "about": args["job_id"]}
    offer = next((t for t in folder.tasks if t.discretionary and t.element_id == args["params"].get("start")), None)
    starters = set(_readers(work, [offer])) if offer else set()
    _tell(work, [p for p in people if p in starters], task=offer, **told)
    _tell(work, [p for p in people if p not in starters], case_id=args["case_id"], **told)


def tell_voters(work: Work, args: Mapping[str, Any]) -> None:
    """Tell the voters of one part of the roll who have not taken part that the ballot is open, or ends soon."""
    ballot = work.session.get(Ballot, args["ballot_id"])
    if ballot is None or not ballot.takes_votes(at=work.now):
        return
    begin, end = bounds(args["part"], of=args["of"])
    _tell(
        work,
        absent(work.session, ballot.id, begin=begin, end=end),
        kind=notice_of(ballot, is_opening=args["reminder"] == OPENING),
        params=_named(ballot),
        case_id=ballot.case_id,
        about=f"{ballot.id}:{args['reminder']}",
    )


def notify_party_left(work: Work, args: Mapping[str, Any]) -> None:
    """Tell those in charge of a case that somebody of its parties has left and is to be replaced."""
    folder = work.as_system().lock_case(args["case_id"], clocks_first=False)
    groups = folder.bundle.process.oversight_groups
    keys = {k for g in groups for k in group_audiences(g, town=folder.case.town, organisation_id=None)}
    facts = {"role": args["role"], "name": args["name"]}
    about = f"{args['case_id']}:{args['role']}"
    _tell(
        work,
        members_behind(work.session, sorted(keys)),
        kind="party_left",
        params=facts,
        case_id=args["case_id"],
        about=about,
    )


def notify_roster(work: Work, args: Mapping[str, Any]) -> None:
    """Tell who sent a staff roster how its import ended."""
    run = work.session.get_one(RosterImport, args["import_id"])
    facts = {"roster_import_id": run.id, "file": run.filename, "state": run.state}
    facts |= {"added": run.added, "changed": run.changed, "flaws": run.flaws}
    importer = work.session.scalars(select(Person.id).where(Person.username == run.by)).all()
    _tell(work, importer, kind="roster_ended", params=facts, about=run.id)


def tell_scrutineers(work: Work, args: Mapping[str, Any]) -> None:
    """Tell the scrutineers that a ballot is theirs to watch, or that it waits for them to close it."""
    ballot = work.session.get(Ballot, args["ballot_id"])
    if ballot is None or ballot.state not in (BallotState.OPEN, BallotState.STOPPED):
        return
    _tell(
        work,
        ballot.scrutineers,
        kind=args["kind"],
        params={**_named(ballot), "is_scrutineer": True},
        case_id=ballot.case_id,
        about=ballot.id,
    )


def _named(ballot: Ballot) -> dict[str, str]:
    return {"ballot_id": ballot.id, "ballot": ballot.title, "closes_at": ballot.closes_at.isoformat()}


def recompute_clock(work: Work, args: Mapping[str, Any]) -> None:
    case_id = work.session.scalar(select(Clock.case_id).where(Clock.id == args["clock_id"]))
    if case_id is not None:
        work.catalogue.forget_calendar()  # what this process remembers may be older than the job
        folder = work.as_system().lock_case(case_id, clocks_first=False)
        clock = folder.clock(args["clock_id"])
        if clock is not None:
            recompute(folder, clock)


def go_on_with_batch(work: Work, args: Mapping[str, Any]) -> None:
    """A worker has done some rows (see `engine.outbox.batching`): is there more?"""
    found = work.session.get(Batch, args["batch_id"])
    if found is not None and found.state == BatchState.RUNNING and found.done + found.refused < found.total:
        seen = found.done + found.refused
        work.enqueue("batch", {"batch_id": found.id}, dedupe=f"batch:{found.id}:{args['job_id']}:{seen}")


KINDS: Mapping[str, Callable[[Work, Mapping[str, Any]], None]] = {
    "notify_task": notify_task,
    "notify_assigned": notify_assigned,
    "notify_handed_back": notify_handed_back,
    "notify_urged": notify_urged,
    "notify_copy": notify_copy,
    "notify_person": notify_person,
    "notify_clock": notify_clock,
    "notify_incident": notify_incident,
    "notify_audience": notify_audience,
    "notify_mentioned": notify_mentioned,
    "recompute_clock": recompute_clock,
    "batch": go_on_with_batch,
    "count_ballot": count_ballot,
    "remind_voters": remind_voters,
    "tell_scrutineers": tell_scrutineers,
    "tell_voters": tell_voters,
    "open_next_case": open_next_case,
    "hand_back_stragglers": hand_back_stragglers,
    "read_roster": read_roster,
    "write_roster": write_roster,
    "notify_roster": notify_roster,
    "notify_party_left": notify_party_left,
    "write_mails": write_mails,
    "send_message": send_message,
    "broadcast_signal": broadcast_signal,
    "deliver_signal": deliver_signal,
}


def _readers(work: Work, tasks: list[UserTask]) -> list[str]:
    """Assignees, and for tasks nobody has, everybody to whom they are offered."""
    assigned = [t.assignee_id for t in tasks if t.assignee_id]
    free = [t.id for t in tasks if not t.assignee_id]
    keys = work.session.scalars(select(TaskOffer.audience).where(TaskOffer.task_id.in_(free))).all() if free else ()
    return list(dict.fromkeys([*assigned, *members_behind(work.session, keys)]))


def _tell(
    work: Work,
    person_ids: Iterable[str],
    *,
    kind: str,
    params: Mapping[str, Any],
    task: UserTask | None = None,
    case_id: str | None = None,
    about: str | None = None,
) -> None:
    """One notice a person who has not left; the same notice is never written twice."""
    case_id = task.case_id if task else case_id
    named = {**params, "case": work.session.get_one(Case, case_id).number} if case_id else dict(params)
    subject = about or task.id if task else f"{about}:{work.today.isoformat()}"
    here = work.session.scalars(select(Person.id).where(Person.id.in_(list(person_ids)), Person.left_at.is_(None)))
    keys = {f"{kind}:{subject}:{person_id}": person_id for person_id in here}
    known = set(work.session.scalars(select(Notice.dedupe).where(Notice.dedupe.in_(list(keys)))))
    notices = [
        Notice(
            id=new_id(),
            person_id=person_id,
            kind=kind,
            params=named,
            case_id=case_id,
            task_id=task.id if task else None,
            at=work.now,
            dedupe=key,
        )
        for key, person_id in keys.items()
        if key not in known
    ]
    work.session.add_all(notices)
    work.session.flush()
    plan_mails(work, notices, due_at=_deadline(task, params))


def _deadline(task: UserTask | None, params: Mapping[str, Any]) -> datetime | None:
    """What a notice presses for: its task's deadline, that of its clock, or the end of a vote."""
    if task is not None:
        return task.due_at
    said = params.get("due") or params.get("closes_at")
    moment = datetime.fromisoformat(said) if said else None
    return moment.replace(tzinfo=CITY_TIME) if moment and moment.tzinfo is None else moment
