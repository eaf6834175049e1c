"""What the outbox asks for: each kind of job is a function of the work and its arguments, done in one transaction."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select

from engine.actor import SYSTEM
from engine.ballot_counting import count_ballot
from engine.balloting import notice_of
from engine.ballots.reminders import OPENING, bounds
from engine.ballots.roll import absent
from engine.clock_dates import recompute
from engine.delivery import broadcast_signal, deliver_signal, send_message
from engine.expert_departures import let_expert_go, take_expert_off
from engine.leaving import hand_back_stragglers
from engine.mailing import write_mails
from engine.model import Ballot, Batch, Case, CaseCopy, Clock, Incident, MigrationRun, Note, Person, StandIn, UserTask
from engine.model.ballot import BallotState
from engine.model.batch import BatchState
from engine.model.migration import MigrationState
from engine.model.roster import RosterImport
from engine.model.user_task import TaskState
from engine.parties import audiences_of
from engine.people import members_behind
from engine.permissions import group_audiences
from engine.rostering import read_roster, write_roster
from engine.starting import open_next_case
from engine.telling import readers_of, tell
from engine.voter_reminders import remind_voters
from engine.work import Work

_OPEN = (TaskState.OPEN, TaskState.CLAIMED)


def notify_task(work: Work, args: Mapping[str, Any]) -> None:
    """Tell everybody to whom a new task is offered."""
    task = work.session.get(UserTask, args["task_id"])
    if task is not None and task.state in _OPEN:
        tell(work, readers_of(work, [task]), kind="task_opened", params={"task": task.name}, task=task)


def notify_assigned(work: Work, args: Mapping[str, Any]) -> None:
    task = work.session.get(UserTask, args["task_id"])
    if task is not None and task.assignee_id == args["person_id"]:
        told = {"kind": "task_assigned", "params": {"task": task.name}, "about": args["job_id"]}
        tell(work, [args["person_id"]], task=task, **told)


def notify_handed_back(work: Work, args: Mapping[str, Any]) -> None:
    """Tell who delegated a task that it is filled in."""
    task = work.session.get(UserTask, args["task_id"])
    if task is not None and task.assignee_id == args["person_id"]:
        params = {"task": task.name, "by": args["by"]}
        tell(work, [args["person_id"]], kind="task_handed_back", params=params, task=task, about=args["job_id"])


def notify_urged(work: Work, args: Mapping[str, Any]) -> None:
    """Tell those who have the task, or could take it, that somebody asks for it."""
    task = work.session.get(UserTask, args["task_id"])
    if task is not None and task.state in _OPEN:
        params = {"task": task.name, "by": args["by"], "note": args["note"]}
        tell(
            work,
            readers_of(work, [task]),
            kind="task_urged",
            params=params,
            task=task,
            about=f"{task.id}:{args['time']}",
        )


def notify_copy(work: Work, args: Mapping[str, Any]) -> None:
    """Tell somebody that a case was sent to them to read."""
    copy = work.session.get_one(CaseCopy, args["copy_id"])
    task = work.session.get(UserTask, copy.task_id) if copy.task_id else None
    params = {"by": args["by"], "note": copy.note, "task": task.name if task else ""}
    told = {"kind": "copy_received", "params": params, "about": copy.id}
    tell(work, [copy.person_id], case_id=copy.case_id, task=task, **told)


def notify_person(work: Work, args: Mapping[str, Any]) -> None:
    """Tell one person what became of their work."""
    params = {"task": args["step"], "by": args["by"], "note": args["note"]}
    told = {"kind": args["kind"], "params": params, "about": args["job_id"]}
    tell(work, [args["person_id"]], case_id=args["case_id"], **told)


def notify_stand_in(work: Work, args: Mapping[str, Any]) -> None:
    """Tell one of the two that somebody stands in, or does so no more."""
    found = work.session.get_one(StandIn, args["stand_in_id"])
    away, deputy = (work.session.get_one(Person, i).name for i in (found.person_id, found.stand_in_id))
    days = {"starts_on": found.starts_on.isoformat(), "ends_on": found.ends_on.isoformat()}
    told = {"kind": args["kind"], "params": {"away": away, "stand_in": deputy, **days}}
    tell(work, [args["person_id"]], about=f"{found.id}:{args['job_id']}", **told)


def notify_cosigning(work: Work, args: Mapping[str, Any]) -> None:
    """Tell somebody that they are asked to sign a task, or what became of it; not when that is over by now."""
    task = work.session.get(UserTask, args["task_id"])
    if task is not None and (args["kind"] != "cosign_asked" or task.state in _OPEN):
        params = {"task": task.name, **{name: args[name] for name in ("by", "note", "cause")}}
        tell(work, [args["person_id"]], kind=args["kind"], params=params, task=task, about=args["job_id"])


def notify_clock(work: Work, args: Mapping[str, Any]) -> None:
    """Tell those who can still act: the people of the open tasks of the case."""
    clock = work.session.get(Clock, args["clock_id"])
    if clock is None:
        return
    concerned = (UserTask.case_id == clock.case_id, UserTask.state.in_(_OPEN))
    tasks = work.session.scalars(select(UserTask).where(*concerned)).all()
    mine = [t for t in tasks if clock.task_id in (t.id, t.principal_id)] if clock.task_id else []
    params = {
        "clock": clock.basis["name"]["zh"],
        "clock_en": clock.basis["name"]["en"],
        "due": clock.due_on.isoformat(),
    }
    readers = readers_of(work, mine or list(tasks))
    tell(work, readers, kind=args["kind"], params=params, case_id=clock.case_id, about=clock.id)


def notify_incident(work: Work, args: Mapping[str, Any]) -> None:
    incident = work.session.get(Incident, args["incident_id"])
    if incident is not None:
        readers = members_behind(work.session, ["system_admin@*"])
        tell(work, readers, kind="incident", params={"element": incident.element_id}, about=incident.id)


def notify_mentioned(work: Work, args: Mapping[str, Any]) -> None:
    """Those a note names, unless it was withdrawn meanwhile."""
    note = work.session.get(Note, args["note_id"])
    if note is not None and note.withdrawn_at is None:
        params = {"person": work.session.get_one(Person, note.author_id).name}
        tell(work, note.mentions, kind="mentioned", params=params, case_id=note.case_id, about=note.id)


def notify_audience(work: Work, args: Mapping[str, Any]) -> None:
    """What a process says to a party role or a group; who may start what it is about gets there from the notice."""
    folder = work.as_system().lock_case(args["case_id"], clocks_first=False)
    people = members_behind(work.session, audiences_of(folder, args["audience"]))
    told = {"kind": args["kind"], "params": args["params"], "about": args["job_id"]}
    offer = next((t for t in folder.tasks if t.discretionary and t.element_id == args["params"].get("start")), None)
    starters = set(readers_of(work, [offer])) if offer else set()
    tell(work, [p for p in people if p in starters], task=offer, **told)
    tell(work, [p for p in people if p not in starters], case_id=args["case_id"], **told)


def tell_voters(work: Work, args: Mapping[str, Any]) -> None:
    """Tell the voters of one part of the roll who have not taken part that the ballot is open, or ends soon."""
    ballot = work.session.get(Ballot, args["ballot_id"])
    if ballot is None or not ballot.takes_votes(at=work.now):
        return
    begin, end = bounds(args["part"], of=args["of"])
    tell(
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
    tell(
        work,
        members_behind(work.session, sorted(keys)),
        kind="party_left",
        params=facts,
        case_id=args["case_id"],
        about=about,
    )


def support_ended(work: Work, args: Mapping[str, Any]) -> None:
    """A case that was opened beside this one has ended: its file says so, and whoever asked for it is told."""
    ended = work.session.get_one(Case, args["ended"])
    folder = work.as_system().lock_case(args["case_id"], clocks_first=False)
    folder.record("support_ended", actor=SYSTEM.username, details={"case": ended.number, "status": ended.status})
    text = f"为本案请求的专家帮助（{ended.number}）已经结束，请查看结果。"
    told = {"kind": "process_notice", "params": {"text": text}, "about": args["job_id"]}
    tell(work, [ended.created_by], case_id=folder.case.id, **told)


def notify_roster(work: Work, args: Mapping[str, Any]) -> None:
    """Tell who sent a staff roster how its import ended."""
    run = work.session.get_one(RosterImport, args["import_id"])
    facts = {"roster_import_id": run.id, "file": run.filename, "state": run.state}
    facts |= {"added": run.added, "changed": run.changed, "flaws": run.flaws}
    importer = work.session.scalars(select(Person.id).where(Person.username == run.by)).all()
    tell(work, importer, kind="roster_ended", params=facts, about=run.id)


def tell_scrutineers(work: Work, args: Mapping[str, Any]) -> None:
    """Tell the scrutineers that a ballot is theirs to watch, or that it waits for them to close it."""
    ballot = work.session.get(Ballot, args["ballot_id"])
    if ballot is None or ballot.state not in (BallotState.OPEN, BallotState.STOPPED):
        return
    tell(
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


def go_on_with_migration(work: Work, args: Mapping[str, Any]) -> None:
    """A worker has moved some cases (see `engine.outbox.migrating`): is there more?"""
    run = work.session.get(MigrationRun, args["run_id"])
    if run is not None and run.state == MigrationState.RUNNING:
        done = run.moved + run.stayed
        work.enqueue("migration", {"run_id": run.id}, dedupe=f"migration:{run.id}:{args['job_id']}:{done}")


KINDS: Mapping[str, Callable[[Work, Mapping[str, Any]], None]] = {
    "notify_task": notify_task,
    "notify_assigned": notify_assigned,
    "notify_handed_back": notify_handed_back,
    "notify_urged": notify_urged,
    "notify_copy": notify_copy,
    "notify_person": notify_person,
    "notify_stand_in": notify_stand_in,
    "notify_cosigning": notify_cosigning,
    "notify_clock": notify_clock,
    "notify_incident": notify_incident,
    "notify_audience": notify_audience,
    "notify_mentioned": notify_mentioned,
    "recompute_clock": recompute_clock,
    "batch": go_on_with_batch,
    "migration": go_on_with_migration,
    "count_ballot": count_ballot,
    "remind_voters": remind_voters,
    "tell_scrutineers": tell_scrutineers,
    "tell_voters": tell_voters,
    "open_next_case": open_next_case,
    "hand_back_stragglers": hand_back_stragglers,
    "let_expert_go": let_expert_go,
    "take_expert_off": take_expert_off,
    "read_roster": read_roster,
    "write_roster": write_roster,
    "notify_roster": notify_roster,
    "notify_party_left": notify_party_left,
    "support_ended": support_ended,
    "write_mails": write_mails,
    "send_message": send_message,
    "broadcast_signal": broadcast_signal,
    "deliver_signal": deliver_signal,
}
