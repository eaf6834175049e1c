"""A ballot as a part of its case: opened by the process, stopped, ended or aborted, and its result handed back."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from engine.actor import SYSTEM, Actor
from engine.ballot_matter import frozen_matter
from engine.ballots import box, opening, signatures
from engine.ballots.casting import BallotNotFound
from engine.ballots.motions import read_motions
from engine.ballots.reminders import OPENING, ReminderPlan, parts
from engine.ballots.rule import BallotRule
from engine.case_work import CaseWork
from engine.errors import NotAllowed
from engine.groups import MANAGEMENT, REPRESENTATIVES
from engine.model import Ballot, BallotConfirmation, BallotRollEntry, GroupMembership, Person
from engine.model.ballot import BallotKind, BallotState
from engine.model.online_voting_switch import OnlineVotingOff
from engine.moments import written_moment
from engine.visibility import sees_whole
from engine.work import Work

MESSAGES = {BallotKind.VOTE: "ballot_closed", BallotKind.DEMAND: "demand_reached"}
_ACTS = {BallotKind.VOTE: "ballot", BallotKind.SURVEY: "survey", BallotKind.DEMAND: "demand"}


class NotAScrutineer(NotAllowed):
    """Only the scrutineers of this ballot can do this."""


def open_ballot(folder: CaseWork, wanted: Mapping[str, Any], *, scrutineers: Mapping[str, str]) -> dict[str, Any]:
    """`wanted`: title, mode, level, roll, motions, closes_at, and what voters are shown (`ballot_matter`).

    Gives `{ballot, seats, roll_sha256, matter_sha256}`.
    Raises OnlineVotingOff, BallotRuleUnusable, MotionsWrong, BallotWrong.
    """
    work = folder.work
    if folder.enterprise is not None and folder.enterprise.online_voting_off:
        raise OnlineVotingOff()
    plan = _plan(folder, wanted, scrutineers)
    ballot = opening.open_ballot(work.session, work.safe, plan, at=work.now)
    _tell_people(work, ballot, plan.reminders)
    told = {"ballot": ballot.id, "seats": ballot.seats, "roll_sha256": ballot.roll_hash}
    told |= {"matter_sha256": ballot.matter_hash}
    folder.record("ballot_opened", actor="system", details={**told, "title": ballot.title, "mode": ballot.mode})
    return told


def _plan(folder: CaseWork, wanted: Mapping[str, Any], scrutineers: Mapping[str, str]) -> opening.BallotPlan:
    work, rules = folder.work, folder.rules
    rule = BallotRule.from_settings(
        lambda key: rules.describe(key, work.today),
        level=str(wanted.get("level") or "enterprise"),
        roll_base=str(wanted.get("roll") or "representatives"),
    )
    return opening.BallotPlan(
        case_id=folder.case.id,
        title=str(wanted.get("title") or ""),
        mode=str(wanted.get("mode") or "online"),
        motions=read_motions(wanted.get("motions")),
        rule=rule,
        voters=voters_of(work.session, folder.case.enterprise_id, rule.roll_base),
        scrutineers=scrutineers,
        closes_at=written_moment(wanted.get("closes_at")) or work.now,
        matter=frozen_matter(folder, wanted),
        reminders=ReminderPlan.from_settings(lambda key: rules.describe(key, work.today)),
    )


def tell_voters_in_parts(work: Work, ballot: Ballot, *, reminder: str) -> None:
    """Jobs that write the notices; who is told is worked out from the roll when they run."""
    of = parts(ballot.seats)
    for part in range(of):
        args = {"ballot_id": ballot.id, "reminder": reminder, "part": part, "of": of}
        work.enqueue("tell_voters", args, dedupe=f"tell:{ballot.id}:{reminder}:{part}")


def ballot_of(folder: CaseWork, ballot_id: str, *, kind: str = BallotKind.VOTE) -> Ballot:
    """A ballot of this case, locked. Raises BallotNotFound."""
    ballot = _get_locked(folder.work.session, ballot_id)
    if ballot is None or ballot.kind != kind or ballot.case_id != folder.case.id:
        raise BallotNotFound(ballot_id=ballot_id)
    return ballot


def tell_scrutineers(work: Work, ballot: Ballot, *, kind: str, after: timedelta = timedelta(0)) -> None:
    args = {"ballot_id": ballot.id, "kind": kind}
    work.enqueue("tell_scrutineers", args, dedupe=f"{kind}:{ballot.id}:{ballot.state}", after=after)


def stop_ballot(folder: CaseWork, ballot_id: str) -> None:
    """No more tickets and votes. Raises BallotNotFound; a ballot that has ended stays as it is."""
    ballot = ballot_of(folder, ballot_id)
    if ballot.state == BallotState.OPEN:
        box.lock_box(folder.work.session, ballot_id)
        ballot.state = BallotState.STOPPED
        folder.record("ballot_stopped", actor="system", details={"ballot": ballot.id})
        tell_scrutineers(folder.work, ballot, kind="ballot_to_close")


def give_up_ballot(folder: CaseWork, ballot_id: str, *, reason: str) -> None:
    """The process aborts it. Raises BallotNotFound; a ballot that has ended stays as it is."""
    ballot = ballot_of(folder, ballot_id)
    if ballot.state in (BallotState.OPEN, BallotState.STOPPED):
        abort(folder, ballot, reason=reason, by="system")


def visible_ballot(
    session: Session, actor: Actor, ballot_id: str, *, kinds: Collection[str] = (BallotKind.VOTE,)
) -> Ballot:
    """For those on the roll, the scrutineers, and whoever sees the case. Raises BallotNotFound."""
    ballot = session.get(Ballot, ballot_id)
    if ballot is None or ballot.kind not in kinds or not (actor is SYSTEM or _may_see(session, actor, ballot)):
        raise BallotNotFound(ballot_id=ballot_id)
    return ballot


def locked_ballot(
    work: Work, ballot_id: str, *, kinds: Collection[str] = (BallotKind.VOTE,)
) -> tuple[CaseWork, Ballot]:
    """The case first, then the ballot, both locked. Raises BallotNotFound."""
    seen = visible_ballot(work.session, work.actor, ballot_id, kinds=kinds)
    folder = work.as_system().lock_case(seen.case_id, clocks_first=False)
    ballot = _get_locked(work.session, ballot_id)
    assert ballot is not None
    return folder, ballot


def must_be_scrutineer(actor: Actor, ballot: Ballot) -> None:
    if actor.person_id not in ballot.scrutineers:
        raise NotAScrutineer()


def end_voting(folder: CaseWork, ballot: Ballot) -> None:
    """Two scrutineers have closed it: whoever puts a vote in now waits and is refused. The count comes next."""
    box.lock_box(folder.work.session, ballot.id)
    ballot.state, ballot.ended_at = BallotState.CLOSED, folder.work.now
    folder.record("ballot_closed", actor="system", details={"ballot": ballot.id})
    folder.work.enqueue("count_ballot", {"ballot_id": ballot.id}, dedupe=f"count:{ballot.id}")


def abort(folder: CaseWork, ballot: Ballot, *, reason: str, by: str) -> None:
    """The box is thrown away unread, its keys too; nothing is published but the abort."""
    box.lock_box(folder.work.session, ballot.id)
    box.empty(folder.work.session, ballot.id)
    ballot.state, ballot.ended_at, ballot.abort_reason = BallotState.ABORTED, folder.work.now, reason[:500]
    ballot.wrapped_ticket_key = ballot.wrapped_seal_key = None
    forget_paper_totals(folder.work.session, ballot.id)
    signatures.forget(folder.work.session, ballot.id)
    folder.record(f"{_ACTS[BallotKind(ballot.kind)]}_aborted", actor=by, reason=reason, details={"ballot": ballot.id})
    forget_what_was(folder.work, ballot)
    if ballot.kind == BallotKind.VOTE:
        tell_the_case(folder, ballot, {"aborted": True, "reason": reason, "passed": False})


def abort_all(folder: CaseWork, *, reason: str, by: str) -> None:
    """The ballots of a case that ends."""
    live = (BallotState.OPEN, BallotState.STOPPED, BallotState.CLOSED)
    query = select(Ballot).where(Ballot.case_id == folder.case.id, Ballot.state.in_(live)).with_for_update()
    for ballot in folder.work.session.scalars(query).all():
        abort(folder, ballot, reason=reason, by=by)


def confirmations(session: Session, ballot_id: str) -> list[BallotConfirmation]:
    query = select(BallotConfirmation).where(BallotConfirmation.ballot_id == ballot_id)
    return list(session.scalars(query.order_by(BallotConfirmation.person_id)))


def tell_the_case(folder: CaseWork, ballot: Ballot, result: Mapping[str, Any]) -> None:
    kind = BallotKind(ballot.kind)
    message_id = f"{_ACTS[kind]}:{ballot.id}"
    message = {
        "name": MESSAGES[kind],
        "key": ballot.id,
        "payload": {"result": dict(result)},
        "message_id": message_id,
    }
    folder.work.enqueue("send_message", message, dedupe=f"message:{message_id}")


def notice_of(ballot: Ballot, *, is_opening: bool) -> str:
    """What those on the roll are told, by its code."""
    return f"{_ACTS[BallotKind(ballot.kind)]}_{'opened' if is_opening else 'reminder'}"


def _tell_people(work: Work, ballot: Ballot, plan: ReminderPlan) -> None:
    """Everybody at once; those who have not taken part again before it closes; the scrutineers when it does."""
    tell_scrutineers(work, ballot, kind="ballot_to_watch")
    tell_scrutineers(work, ballot, kind="ballot_to_close", after=ballot.closes_at - work.now)
    tell_the_voters(work, ballot, plan)


def tell_the_voters(work: Work, ballot: Ballot, plan: ReminderPlan) -> None:
    """At once, and those who have not taken part again before it closes."""
    tell_voters_in_parts(work, ballot, reminder=OPENING)
    for name, at in plan.moments(opened_at=work.now, closes_at=ballot.closes_at).items():
        args = {"ballot_id": ballot.id, "reminder": name}
        work.enqueue("remind_voters", args, dedupe=f"remind:{ballot.id}:{name}", after=at - work.now)


def forget_what_was(work: Work, ballot: Ballot) -> None:
    """After the commit the files of the database are rid of what the box, the keys and the names were before."""
    work.enqueue("forget_rewritten", {"ballot_id": ballot.id}, dedupe=f"forget:{ballot.id}")


def forget_paper_totals(session: Session, ballot_id: str) -> None:
    """That the scrutineers confirmed stays, what they had counted does not."""
    for confirmation in confirmations(session, ballot_id):
        confirmation.paper = None


def _get_locked(session: Session, ballot_id: str) -> Ballot | None:
    return session.get(Ballot, ballot_id, with_for_update=True, populate_existing=True)


def _may_see(session: Session, actor: Actor, ballot: Ballot) -> bool:
    on_roll = exists().where(BallotRollEntry.ballot_id == ballot.id, BallotRollEntry.person_id == actor.person_id)
    whole_case = sees_whole(actor.audiences, ballot.case_id)
    return actor.person_id in ballot.scrutineers or bool(session.scalar(select(on_roll | whole_case)))


def voters_of(session: Session, enterprise_id: str | None, roll_base: str) -> dict[str, str]:
    """Usernames to person ids: the representatives of the enterprise, its workers, or everybody who belongs to it."""
    members = select(GroupMembership.person_id).where(GroupMembership.organisation_id == enterprise_id)
    query = select(Person.username, Person.id).where(Person.left_at.is_(None)).order_by(Person.username)
    if roll_base == "workers":  # all but those who act for the enterprise
        query = query.where(Person.id.not_in(members.where(GroupMembership.group.in_(MANAGEMENT))))
    if roll_base == "representatives":
        members = members.where(GroupMembership.group == REPRESENTATIVES)
    return dict(session.execute(query.where(Person.id.in_(members))).all())
