"""The people of a case by role: the rows, their copy on the case, who may see it, and who is offered what."""

from collections.abc import Iterator, Mapping

from sqlalchemy import delete, literal, select, update

from engine.actor import SYSTEM, Actor
from engine.case_work import CaseWork
from engine.errors import NotAllowed, Problem, Rejected
from engine.model import CaseAudience, Party, Person, TaskOffer, UserTask
from engine.permissions import PERSON, group_audiences, person_audience
from engine.spiff.trail import PARTY
from engine.visibility import reaches_whole

# Who negotiates: the chief and the others of a side.
SIDES = {
    "worker": ("worker_chief", "worker_negotiator"),
    "employer": ("employer_chief", "employer_negotiator"),
}
CHIEFS = frozenset(chief for chief, _ in SIDES.values())


class PartiesUnfit(Rejected):
    """The law does not let these people negotiate in this way; the problems say what is wrong."""


class GuestOfCase(NotAllowed):
    """Who sees only their own part of a case cannot do this."""


def appoint(folder: CaseWork, *, role: str, people: Mapping[str, str], reason: str | None = None) -> None:
    """Replace the holders of a role; `people` maps usernames to person ids."""
    session, case = folder.work.session, folder.case
    if dict(case.parties.get(role) or {}) == dict(people):
        return
    folder.trail.wrote(PARTY, {role: dict(people)}, folder.case.parties)
    session.execute(delete(Party).where(Party.case_id == case.id, Party.role == role))
    session.add_all(
        Party(case_id=case.id, role=role, person_id=person_id, appointed_at=folder.work.now)
        for person_id in people.values()
    )
    case.parties = {**case.parties, role: dict(people)}
    folder.record("parties_appointed", reason=reason, details={"role": role, "people": list(people)})
    refresh_audience(folder)
    for task in folder.tasks:
        if role in task.candidate_groups:
            offer(folder, task, again=True)


def must_be_fit(folder: CaseWork, *, role: str, people: Mapping[str, str]) -> None:
    """What the law asks of those who negotiate, with these people in the role. Raises PartiesUnfit."""
    side = next((side for side, roles in SIDES.items() if role in roles), None)
    problems = list(_unfit(folder, side, role, people)) if side else []
    if problems:
        raise PartiesUnfit(problems=problems)


def _unfit(folder: CaseWork, side: str, role: str, people: Mapping[str, str]) -> Iterator[Problem]:
    """浙江省集体合同条例 art 10, 集体合同规定 arts 19, 20, 24; the numbers are settings with their basis."""
    parties = {**folder.case.parties, role: people}
    teams = {name: {p for one in roles for p in parties.get(one) or {}} for name, roles in SIDES.items()}
    other = teams["employer" if side == "worker" else "worker"]
    for person in sorted(set(people) & other):
        yield Problem("persons", "on_both_sides", {"person": person})
    if role in CHIEFS and len(people) != 1:
        yield Problem("persons", "one_chief", {"number": len(people)})
    if role not in CHIEFS:
        yield from _miscounted(folder, side, own=len(teams[side]), other=len(other))


def _miscounted(folder: CaseWork, side: str, *, own: int, other: int) -> Iterator[Problem]:
    """Sides are compared once both have negotiators. Where they are to be equal the workers change first."""
    rules, today, enterprise = folder.rules, folder.work.today, folder.enterprise
    is_large = bool(enterprise and enterprise.profile.get("above_scale"))
    least = rules.setting("reps_min_above_scale" if is_large else "reps_min", today)
    if own < least:
        yield Problem("persons", "too_few_negotiators", {"least": least, "number": own})
    if other < least:
        return
    must_be_equal = rules.setting("reps_balance", today) == "equal"
    if must_be_equal and side == "employer" and own != other:
        yield Problem("persons", "sides_unequal", {"own": own, "other": other})
    if not must_be_equal and (own > other if side == "employer" else other > own):
        yield Problem("persons", "employer_has_more", {"own": own, "other": other})


def refresh_audience(folder: CaseWork) -> None:
    """Who may see the case: who started it, its parties, those in charge, and groups that were offered a task of it.

    Groups that the process calls guests see only their own part of it, unless they see all for another reason.
    """
    session, case = folder.work.session, folder.case
    keys = {person_audience(p) for people in case.parties.values() for p in people.values()}
    keys.add(person_audience(case.created_by))
    for group in folder.bundle.process.oversight_groups:
        keys.update(group_audiences(group, town=case.town, organisation_id=None))
    guests = set(case.guests)
    for group in case.readers:
        into = guests if group in folder.bundle.process.guest_groups else keys
        into.update(audiences_of(folder, group))
    session.execute(delete(CaseAudience).where(CaseAudience.case_id == case.id))
    session.add_all(
        CaseAudience(case_id=case.id, audience=key, is_guest=key not in keys, is_live=case.closed_at is None)
        for key in sorted(keys | guests)
    )


def retire_audience(folder: CaseWork) -> None:
    """The case is closed: who could see it still can, but no queue asks for it any more."""
    of_case = update(CaseAudience).where(CaseAudience.case_id == folder.case.id)
    folder.work.session.execute(of_case.values(is_live=False))


def offer(folder: CaseWork, task: UserTask, *, again: bool = False) -> None:
    """Offer a task to the holders of its party roles, the members of its groups, and people that it names."""
    if again:
        folder.work.session.execute(delete(TaskOffer).where(TaskOffer.task_id == task.id))
    keys = candidates_of(folder, task)
    keys |= {person_audience(task.assignee_id)} if task.assignee_id else set()
    folder.work.session.add_all(TaskOffer(task_id=task.id, audience=key) for key in sorted(keys))
    _let_read(folder, task)


def candidates_of(folder: CaseWork, task: UserTask) -> set[str]:
    """The audiences to which the task is offered, whoever has it."""
    keys = {key for name in task.candidate_groups for key in audiences_of(folder, name)}
    return keys | {person_audience(person) for person in task.candidate_users}


def _let_read(folder: CaseWork, task: UserTask) -> None:
    """Who is to do a task of a case has to read the case, before and after; parties and those in charge can anyway."""
    known = {*folder.case.readers, *folder.case.parties, *folder.bundle.process.party_roles}
    new = [g for g in task.candidate_groups if g not in known | {*folder.bundle.process.oversight_groups}]
    named = [key for key in map(person_audience, task.candidate_users) if key not in folder.case.guests]
    if new or named:
        folder.case.readers = [*folder.case.readers, *new]
        folder.case.guests = [*folder.case.guests, *named]
        refresh_audience(folder)


def let_read(folder: CaseWork, person: Person) -> None:
    """One more person may read all of the case from now on."""
    folder.case.readers = [*folder.case.readers, person_audience(person.id)]
    refresh_audience(folder)


def sees_all(folder: CaseWork, actor: Actor) -> bool:
    """Whether this person may read the whole case, and not only their own part of it."""
    if actor is SYSTEM:
        return True
    return bool(folder.work.session.scalar(select(reaches_whole(actor, literal(folder.case.id)))))


def must_see_all(folder: CaseWork, actor: Actor) -> None:
    if not sees_all(folder, actor):
        raise GuestOfCase()


def audiences_of(folder: CaseWork, name: str) -> list[str]:
    """A candidate is a party role of the case if the case has it, else a group, narrowed to its town; or one person."""
    if name.startswith(PERSON):
        return [name]
    if name in folder.case.parties or name in folder.bundle.process.party_roles:
        return [person_audience(p) for p in folder.party_ids(name)]
    return group_audiences(name, town=folder.case.town, organisation_id=folder.case.enterprise_id)
