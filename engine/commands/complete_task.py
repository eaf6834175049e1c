from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from engine.case_work import CaseWork
from engine.command import Command
from engine.cosigning.requests import must_be_signed, tell_holder
from engine.cosigning.rounds import bring_back, hand_in
from engine.errors import EngineError, Problem, Rejected
from engine.handing_in import accept_answers, file_documents, keep_answer, told_to_process
from engine.model import UserTask
from engine.model.cosignature import CosignMode
from engine.people import known_person
from engine.progress import moving
from engine.returning.trying import run_of
from engine.standing_in import acting
from engine.taking import must_be_offered_now, must_be_other_eyes, whom_for
from engine.work import Work


class NoFormHere(Rejected):
    """This task has no form; it takes no answers."""


@dataclass(frozen=True)
class Completion:
    """`is_signed_first`: it lies with those who sign it, and the step is complete when they all agree."""

    case_id: str
    warnings: tuple[Problem, ...] = ()
    is_signed_first: bool = False


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
        task.must_be_principal()
        folder.case.must_be_running()
        task.must_not_be_delegated()
        task.must_not_be_handed_in()
        must_be_signed(folder, task)
        must_be_other_eyes(folder, task, person_id=work.actor.person_id, absent=work.acts_for)
        if task.awaits(CosignMode.AFTER):
            return _hand_to_signers(folder, task, self.answers)
        warnings = _complete(folder, task, self.answers)
        return Completion(case_id=folder.case.id, warnings=warnings)

    def keep(self, result: Completion) -> Any:
        return asdict(result)

    def revive(self, kept: Any) -> Completion:
        warnings = tuple(Problem(**w) for w in kept["warnings"])
        return Completion(kept["case_id"], warnings, kept.get("is_signed_first", False))


def complete_handed_in(folder: CaseWork, task: UserTask) -> None:
    """Everybody agrees with what was handed in: the step is complete, by the hand of who handed it in.

    What does not fit any more, because the case has changed meanwhile, goes back to them instead.
    """
    work, answers = folder.work, task.draft or {}
    folder.work = _work_of_holder(work, task)
    try:
        must_be_other_eyes(folder, task, person_id=folder.work.actor.person_id, absent=folder.work.acts_for)
        with folder.at(run_of(folder).words_at(task.step_id)):
            _accepted(folder, task, answers)
    except EngineError as refusal:
        folder.work = work
        bring_back(folder, task)
        facts = {"code": refusal.code}
        folder.record("task_brought_back", element_id=task.element_id, task_id=task.id, actor="system", details=facts)
        tell_holder(folder, task, kind="cosign_brought_back")
        return
    _complete(folder, task, answers)
    folder.work = work
    tell_holder(folder, task, kind="cosign_completed")


def _work_of_holder(work: Work, task: UserTask) -> Work:
    """The same transaction by the hand of who has the task, and for whom they had it."""
    holder = acting(work.session, known_person(work.session, task.assignee_id or ""), today=work.today)
    away = holder.absent_of(task.on_behalf_of_id) if task.on_behalf_of_id else None
    return replace(work, actor=holder, acts_for=away)


def _hand_to_signers(folder: CaseWork, task: UserTask, answers: Mapping[str, Any]) -> Completion:
    """The same answers would be accepted now; they are kept, and signed first."""
    with folder.at(run_of(folder).words_at(task.step_id)):
        _, warnings, _ = _accepted(folder, task, answers)
    hand_in(folder, task, answers)
    return Completion(case_id=folder.case.id, warnings=warnings, is_signed_first=True)


def _complete(folder: CaseWork, task: UserTask, answers: Mapping[str, Any]) -> tuple[Problem, ...]:
    with moving(folder, by_person=True) as run:
        with folder.at(run.words_at(task.step_id)):
            warnings = _hand_in(folder, task, answers)
        finish = run.fire if task.discretionary else run.complete
        finish(task.step_id)
    return warnings


def _hand_in(folder: CaseWork, task: UserTask, answers: Mapping[str, Any]) -> tuple[Problem, ...]:
    """Accept the answers, keep them for ever, tell the process; gives the warnings."""
    by, at = folder.work.actor, folder.work.now
    values, warnings, told = _accepted(folder, task, answers)
    handed_in_at = task.handed_in_at
    answer = keep_answer(folder, values, element_id=task.element_id, form=task.form, task=task)
    file_documents(folder, values, task.form, task=task)
    folder.remember(told)
    task.complete(by=by, at=at)
    facts = {"answer": answer.id, "answers_sha256": answer.digest, "form": task.form}
    facts |= {"warnings": [w.path for w in warnings]} if warnings else {}
    facts |= {"handed_in_at": handed_in_at.isoformat()} if handed_in_at else {}
    folder.record("task_completed", element_id=task.element_id, task_id=task.id, details=facts)
    return warnings


def _accepted(
    folder: CaseWork, task: UserTask, answers: Mapping[str, Any]
) -> tuple[dict[str, Any], tuple[Problem, ...], dict[str, Any]]:
    """The values, the warnings, and what the process is told. Changes nothing."""
    values, warnings = _read(folder, task, answers)
    must_be_offered_now(folder, task)  # the form may have a better reason to refuse
    return values, warnings, told_to_process(folder, folder.bundle.process.elements[task.element_id], values)


def _read(folder: CaseWork, task: UserTask, answers: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    if task.form is None:
        if answers:
            raise NoFormHere(problems=[Problem(path=key, code="unknown_key") for key in answers])
        return {}, ()
    accepted = accept_answers(folder, task.form, answers, task=task)
    return accepted.values, accepted.warnings
