"""Why somebody may not do something with a task: the same answers for its page, for the API and for many at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.actor import Actor
from engine.model import Case, UserTask
from engine.model.case import CaseStatus
from engine.model.cosignature import CosignMode
from engine.model.user_task import COOLING, TaskState
from engine.taking import Chances


@dataclass(frozen=True)
class Standing:
    """A person before a task: what the rules ask for, read beforehand.

    `chances`: in whose name they may take it, and what four eyes leave of that; `is_offered_now`: and its condition
    holds; `sees_all`: no guest; `offers_return`: who has it may send the case back; `offers_cosigning`: and may ask
    others to sign; `asked_signers`: this person asked some who have not yet.
    """

    task: UserTask
    case: Case
    actor: Actor
    now: datetime
    chances: Chances
    is_offered_now: bool
    is_in_charge: bool
    sees_all: bool
    offers_return: bool
    offers_cosigning: bool = False
    asked_signers: bool = False

    @property
    def holds(self) -> bool:
        return self.task.assignee_id == self.actor.person_id and not self.is_over

    @property
    def is_over(self) -> bool:
        """They hold it for somebody who is not away any more."""
        away = self.task.on_behalf_of_id
        return away is not None and self.actor.absent_of(away) is None


def task_actions(at: Standing) -> dict[str, str | None]:
    """Every action with None, or the error code that says why not."""
    return {name: rule(at) for name, rule in _rules_of(at.task).items()}


def why_not(action: str, at: Standing) -> str | None:
    return _rules_of(at.task)[action](at)


def _rules_of(task: UserTask) -> "Mapping[str, Callable[[Standing], str | None]]":
    if task.principal_id is not None:
        return _COSIGNATURE
    return _DISCRETIONARY if task.discretionary else _RULES


def _blocked(at: Standing) -> str | None:
    if at.task.state not in (TaskState.OPEN, TaskState.CLAIMED):
        return "task_not_open"
    return None if at.case.status == CaseStatus.RUNNING else "case_not_running"


def _take(at: Standing) -> str | None:
    if not at.chances.is_any:
        return "task_already_claimed" if at.task.assignee_id is not None else "not_a_candidate"
    return "four_eyes" if at.chances.is_barred else None


def _begin(at: Standing) -> str | None:
    return _take(at) or (None if at.is_offered_now else "not_offered_now")


def _hold(at: Standing) -> str | None:
    if at.holds:
        return None
    if at.task.assignee_id is None:
        return "task_not_claimed"
    return "stand_in_over" if at.task.assignee_id == at.actor.person_id else "not_the_assignee"


def _own(at: Standing) -> str | None:
    return _hold(at) or ("task_delegated" if at.task.owner_id else None)


def _still(at: Standing) -> str | None:
    """It is with them, and not with those who sign it."""
    return _own(at) or ("task_handed_in" if at.task.handed_in_at else None)


def _give(at: Standing) -> str | None:
    """To a third person."""
    return _still(at) or ("held_for_another" if at.task.on_behalf_of_id else None)


def _draft(at: Standing) -> str | None:
    if at.task.awaits(CosignMode.BEFORE):
        return _hold(at) or "signatures_awaited"
    return _hold(at) or ("task_handed_in" if at.task.handed_in_at else None)


def _complete(at: Standing) -> str | None:
    awaits = at.task.awaits(CosignMode.BEFORE, CosignMode.PARALLEL)
    return _still(at) or ("signatures_awaited" if awaits else None)


def _cosign(at: Standing) -> str | None:
    if not at.sees_all:
        return "guest_of_case"
    return _still(at) or (None if at.offers_cosigning else "cosigning_not_offered")


def _remove_cosigner(at: Standing) -> str | None:
    if not any(at.task.signatures_awaited.values()):
        return "signer_unknown"
    return None if at.holds or at.asked_signers or at.is_in_charge else "not_the_assignee"


def _take_back_hand_in(at: Standing) -> str | None:
    return _hold(at) or (None if at.task.handed_in_at else "task_not_handed_in")


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
    if at.is_over:
        return "stand_in_over"
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
    may_take = at.task.assignee_id is None and at.chances.is_any
    return None if at.holds or may_take or at.is_in_charge else "not_in_charge"


def _copy(at: Standing) -> str | None:
    return None if at.sees_all else "guest_of_case"


def _while_open(rule: Callable[[Standing], str | None]) -> Callable[[Standing], str | None]:
    return lambda at: _blocked(at) or rule(at)


_OPEN_ONES: Mapping[str, Callable[[Standing], str | None]] = {
    "claim": _take,
    "release": _still,
    "decline": _decline,
    "assign": _assign,
    "draft": _draft,
    "complete": _complete,
    "transfer": _give,
    "delegate": _give,
    "hand_back": _hand_back,
    "take_back": _take_back,
    "urge": _urge,
    "return": _return,
    "cosign": _cosign,
    "remove_cosigner": _remove_cosigner,
    "take_back_hand_in": _take_back_hand_in,
}
_RULES = {
    **{name: _while_open(rule) for name, rule in _OPEN_ONES.items()},
    "recall": _recall,
    "follow_up": _follow_up,
    "copy": _copy,
    "sign": lambda _: "not_a_cosignature",
}
# It can only be done, by whoever may begin it.
_DISCRETIONARY = {
    **{name: lambda _: "task_discretionary" for name in (*_OPEN_ONES, "follow_up")},
    "complete": _while_open(_begin),
    "recall": _recall,
    "copy": _copy,
    "sign": lambda _: "not_a_cosignature",
}
# It can only be signed, by whoever was asked.
_COSIGNATURE = {
    **{name: lambda _: "is_cosignature" for name in (*_OPEN_ONES, "recall")},
    "sign": _while_open(_hold),
    "urge": _while_open(_urge),
    "follow_up": _follow_up,
    "copy": _copy,
}
