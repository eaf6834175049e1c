from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from engine.case_work import CaseWork
from engine.command import Command
from engine.errors import Problem, Rejected
from engine.handing_in import accept_answers, file_documents, keep_answer, told_to_process
from engine.model import UserTask
from engine.progress import moving
from engine.taking import must_be_offered_now, must_be_other_eyes, whom_for
from engine.work import Work


class NoFormHere(Rejected):
    """This task has no form; it takes no answers."""


@dataclass(frozen=True)
class Completion:
    case_id: str
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CompleteTask(Command[Completion]):
    """Hand in the form of a claimed task and let the case move on."""

    task_id: str
    answers: Mapping[str, Any]

    def execute(self, work: Work) -> Completion:
        folder, task = work.lock_task(self.task_id)
        if task.discretionary:
            task.must_be_open()
            work.acts_for = whom_for(folder, task)
            task.take_up(by=work.actor, at=work.now, for_=work.acts_for)
        task.must_be_held(by=work.actor)
        folder.case.must_be_running()
        must_be_other_eyes(folder, task, person_id=work.actor.person_id, absent=work.acts_for)
        with moving(folder, by_person=True) as run:
            with folder.at(run.words_at(task.step_id)):
                warnings = _hand_in(folder, task, self.answers)
            finish = run.fire if task.discretionary else run.complete
            finish(task.step_id)
        return Completion(case_id=folder.case.id, warnings=warnings)

    def keep(self, result: Completion) -> Any:
        return asdict(result)

    def revive(self, kept: Any) -> Completion:
        return Completion(case_id=kept["case_id"], warnings=tuple(Problem(**w) for w in kept["warnings"]))


def _hand_in(folder: CaseWork, task: UserTask, answers: Mapping[str, Any]) -> tuple[Problem, ...]:
    """Accept the answers, keep them for ever, tell the process; gives the warnings."""
    by, at = folder.work.actor, folder.work.now
    values, warnings = _accepted(folder, task, answers)
    must_be_offered_now(folder, task)  # the form may have a better reason to refuse
    answer = keep_answer(folder, values, element_id=task.element_id, form=task.form, task=task)
    file_documents(folder, values, task.form, task=task)
    folder.remember(told_to_process(folder, folder.bundle.process.elements[task.element_id], values))
    task.complete(by=by, at=at)
    facts = {"answer": answer.id, "answers_sha256": answer.digest, "form": task.form}
    facts |= {"warnings": [w.path for w in warnings]} if warnings else {}
    folder.record("task_completed", element_id=task.element_id, task_id=task.id, details=facts)
    return warnings


def _accepted(
    folder: CaseWork, task: UserTask, answers: Mapping[str, Any]
) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    if task.form is None:
        if answers:
            raise NoFormHere(problems=[Problem(path=key, code="unknown_key") for key in answers])
        return {}, ()
    accepted = accept_answers(folder, task.form, answers, task=task)
    return accepted.values, accepted.warnings
