from dataclasses import dataclass

from sqlalchemy import select

from engine.case_work import CaseWork
from engine.command import Command
from engine.cosigning.rounds import change_holder
from engine.dispatching.fitness import why_not
from engine.dispatching.offers import come_forward
from engine.dispatching.searches import Search, first_open_round, searches
from engine.dispatching.shortlists import Wanted
from engine.errors import Conflict, NotAllowed
from engine.model import Expert, ExpertRanking, UserTask
from engine.model.task_refusals import TaskAlreadyClaimed
from engine.parties import offer
from engine.work import Work

# Who said no or was late may think better of it.
MAY_COME_BACK = frozenset({"declined_before", "lapsed_before"})


class NotSought(Conflict):
    """No expert of this profession is sought here, or those who were asked have their turn."""


class NotFit(NotAllowed):
    """You may not be dispatched to this case; the reason is what the system knows, without names."""


@dataclass(frozen=True, kw_only=True)
class ComeForward(Command[str]):
    """An expert takes a request for which others were asked and nobody has answered. Gives the id of the task.

    From the second round on: before, those at the head of the ranking have their turn. The same reasons keep somebody
    out as in a ranking, and of several only the first gets it. Raises NotSought, NotFit, TaskAlreadyClaimed.
    """

    task_id: str

    def execute(self, work: Work) -> str:
        me, name = work.actor.person_id, work.actor.username
        expert = work.session.get(Expert, me)
        case_id = work.session.scalar(select(UserTask.case_id).where(UserTask.id == self.task_id))
        if expert is None or case_id is None:
            raise NotSought()
        folder = work.as_system().lock_case(case_id)  # nobody sees a case before they have come forward for it
        folder.case.must_be_running()
        task, search = _search_of(folder, self.task_id, expert.profession)
        if me not in task.candidate_users:
            _must_be_fit(folder, search, me)
            come_forward(folder, profession=search.profession, person_id=me)
            task.candidate_users = [*task.candidate_users, me]
            offer(folder, task, again=True)
            facts = {"profession": search.profession, "round": search.round}
            folder.record("expert_came_forward", element_id=task.element_id, task_id=task.id, actor=name, details=facts)
        task.claim(by=work.actor, at=work.now)
        folder.record("task_claimed", element_id=task.element_id, task_id=task.id, actor=name, details={})
        change_holder(folder, task)
        return task.id


def _search_of(folder: CaseWork, task_id: str, profession: str) -> tuple[UserTask, Search]:
    task = folder.task(task_id)
    if task is not None and task.assignee_id is not None:
        raise TaskAlreadyClaimed()
    found = searches(folder.work.session, profession, case_id=folder.case.id)
    search = next((one for one in found if one.task.id == task_id), None)
    if task is None or search is None or search.round < first_open_round(folder.work.session, folder.work.today):
        raise NotSought()
    return task, search


def _must_be_fit(folder: CaseWork, search: Search, person_id: str) -> None:
    """What was asked for stands with the newest ranking."""
    query = select(ExpertRanking.wanted).where(
        ExpertRanking.case_id == folder.case.id, ExpertRanking.profession == search.profession
    )
    wanted = folder.work.session.scalar(query.order_by(ExpertRanking.ranked_at.desc()).limit(1)) or {}
    asked = {"counterparty": wanted.get("counterparty", ""), "side": wanted.get("side") or Wanted.side}
    reasons = why_not(folder, Wanted(profession=search.profession, **asked), person_id)
    against = [reason.code for reason in reasons if reason.code not in MAY_COME_BACK]
    if against:
        raise NotFit(reasons=against)
