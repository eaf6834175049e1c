"""Why somebody may not do something with a task: the same answers for its page, for the API and for many at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.actor import Actor
from engine.model import Case, UserTask
from engine.model.case import CaseStatus
from engine.model.user_task import COOLING, TaskState


@dataclass(frozen=True)
class Standing:
    """A person before a task: what the rules ask for, read beforehand.

    `is_offered`: it is offered to them, `is_offered_now`: and its condition holds; `did_what_it_checks`: four eyes keep
    them away; `sees_all`: no guest; `offers_return`: who has it may send the case back.
    """

    task: UserTask
    case: Case
    actor: Actor
    now: datetime
    is_offered: bool
    is_offered_now: bool
    did_what_it_checks: bool
    is_in_charge: bool
    sees_all: bool
    offers_return: bool

    @property
    def holds(self) -> bool:
        return self.task.assignee_id == self.actor.person_id


def task_actions(at: Standing) -> dict[str, str | None]:
    """Every action with None, or the error code that says why not."""
    rules = _DISCRETIONARY if at.task.discretionary else _RULES
    return {name: rule(at) for name, rule in rules.items()}


def why_not(action: str, at: Standing) -> str | None:
    return (_DISCRETIONARY if at.task.discretionary else _RULES)[action](at)


def _blocked(at: Standing) -> str | None:
    if at.task.state not in (TaskState.OPEN, TaskState.CLAIMED):
        return "task_not_open"
    return None if at.case.status == CaseStatus.RUNNING else "case_not_running"


def _take(at: Standing) -> str | None:
    if at.task.assignee_id is not None:
        return "task_already_claimed"
    if not at.is_offered:
        return "not_a_candidate"
    return "four_eyes" if at.did_what_it_checks else None


def _begin(at: Standing) -> str | None:
    return _take(at) or (None if at.is_offered_now else "not_offered_now")


def _hold(at: Standing) -> str | None:
    if at.holds:
        return None
    return "task_not_claimed" if at.task.assignee_id is None else "not_the_assignee"


def _own(at: Standing) -> str | None:
    return _hold(at) or ("task_delegated" if at.task.owner_id else None)


def _decline(at: Standing) -> str | None:
    if at.actor.person_id not in at.task.candidate_users or at.task.assignee_id not in (None, at.actor.person_id):
        return "not_offered_by_name"
    return "task_delegated" if at.task.owner_id else None


def _assign(at: Standing) -> str | None:
    return None if at.is_in_charge else _own(at) and "not_in_charge"


def _hand_back(at: Standing) -> str | None:
    return _hold(at) or (None if at.task.owner_id else "task_not_delegated")


def _take_back(at: Standing) -> str | None:
    if at.task.owner_id is None:
        return "task_not_delegated"
    return None if at.task.owner_id == at.actor.person_id else "not_the_owner"


def _return(at: Standing) -> str | None:
    if not at.sees_all:
        return "guest_of_case"
    if at.is_in_charge:
        return None
    return _own(at) or (None if at.offers_return else "return_not_offered")


def _recall(at: Standing) -> str | None:
    if at.task.state != TaskState.COMPLETED or at.task.superseded_at is not None:
        return "task_not_open"
    if at.task.completed_by_id != at.actor.person_id:
        return "not_the_assignee"
    return None if at.case.status == CaseStatus.RUNNING else "case_not_running"


def _urge(at: Standing) -> str | None:
    if not at.sees_all:
        return "guest_of_case"
    if at.holds:
        return "own_task"
    is_fresh = at.task.urged_at is not None and at.now < at.task.urged_at + COOLING
    return "urged_recently" if is_fresh else None


def _follow_up(at: Standing) -> str | None:
    """Also while the case is suspended: that may be just why."""
    if at.task.state not in (TaskState.OPEN, TaskState.CLAIMED):
        return "task_not_open"
    may_take = at.task.assignee_id is None and at.is_offered
    return None if at.holds or may_take or at.is_in_charge else "not_in_charge"


def _copy(at: Standing) -> str | None:
    return None if at.sees_all else "guest_of_case"


def _while_open(rule: Callable[[Standing], str | None]) -> Callable[[Standing], str | None]:
    return lambda at: _blocked(at) or rule(at)


_OPEN_ONES: Mapping[str, Callable[[Standing], str | None]] = {
    "claim": _take,
    "release": _own,
    "decline": _decline,
    "assign": _assign,
    "draft": _hold,
    "complete": _own,
    "transfer": _own,
    "delegate": _own,
    "hand_back": _hand_back,
    "take_back": _take_back,
    "urge": _urge,
    "return": _return,
}
_RULES = {
    **{name: _while_open(rule) for name, rule in _OPEN_ONES.items()},
    "recall": _recall,
    "follow_up": _follow_up,
    "copy": _copy,
}
# It can only be done, by whoever may begin it.
_DISCRETIONARY = {
    **{name: lambda _: "task_discretionary" for name in (*_OPEN_ONES, "follow_up")},
    "complete": _while_open(_begin),
    "recall": _recall,
    "copy": _copy,
}
