"""A case goes back: the step to go back to, everything that would change, and the order to do it; 退回 and 撤回."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, flash, make_response, render_template, request, url_for
from flask_babel import gettext as _

from engine.commands.recall_task import RecallTask
from engine.commands.return_task import PlanChanged, ReturnTask, StepUnknown
from engine.errors import EngineError, NotFound
from engine.queries.task_file import task_file
from engine.returning.plan import ReturnPlan
from web import door
from web.error_pages import status_of
from web.fragments import is_fragment
from web.permission import permission
from web.task_acts import gone_to, refusal_words

screen = Blueprint("going_back", __name__)


@screen.get("/tasks/<task_id>/return")
@permission("case_party")
def ask_return(task_id: str) -> str:
    return _return_dialog(task_id, {"to": request.args.get("to", "")})


@screen.post("/tasks/<task_id>/return")
@permission("case_party")
def return_(task_id: str) -> Response | str:
    """Show what another choice would change, or go back."""
    given = request.form
    if given.get("intent") != "go":
        return _return_dialog(task_id, given)
    order = ReturnTask(task_id=task_id, to=given.get("to", ""), reason=given.get("reason", ""), plan=given.get("plan"))
    try:
        case_id = door.run(order)
    except EngineError as refusal:
        _must_exist(refusal)
        return _again(_return_dialog(task_id, given, refusal=refusal), refusal)
    flash(_("已退回，对方会收到通知。"), "good")
    return gone_to(url_for("pages.case_page.show", case_id=case_id))


@screen.get("/tasks/<task_id>/recall")
@permission("case_party")
def ask_recall(task_id: str) -> str:
    return _recall_dialog(task_id, {})


@screen.post("/tasks/<task_id>/recall")
@permission("case_party")
def recall(task_id: str) -> Response | str:
    given = request.form
    order = RecallTask(task_id=task_id, reason=given.get("reason", ""), plan=given.get("plan"))
    try:
        case_id = door.run(order)
    except EngineError as refusal:
        _must_exist(refusal)
        return _again(_recall_dialog(task_id, given, refusal=refusal), refusal)
    flash(_("已撤回，任务和填写的内容回到您这里。"), "good")
    return gone_to(url_for("pages.case_page.show", case_id=case_id))


def _again(dialog: str, refusal: EngineError) -> Response:
    return make_response(dialog, 422 if is_fragment() else status_of(refusal))


def _must_exist(refusal: EngineError) -> None:
    """What does not exist for this reader is no dialog."""
    if isinstance(refusal, NotFound) and not isinstance(refusal, StepUnknown):
        raise refusal


def _return_dialog(task_id: str, given: Mapping[str, str], *, refusal: EngineError | None = None) -> str:
    steps: tuple[Any, ...] = ()
    plan, why_not = None, None
    try:
        command = ReturnTask(task_id=task_id, to=given.get("to", ""), reason="")
        steps, plan = door.foresee(command)
    except EngineError as blocked:
        _must_exist(blocked)
        why_not = blocked.code
    return _dialog(task_id, given, refusal, kind="return", steps=steps, plan=plan, why_not=why_not)


def _recall_dialog(task_id: str, given: Mapping[str, str], *, refusal: EngineError | None = None) -> str:
    plan, why_not = None, None
    try:
        plan = door.foresee(RecallTask(task_id=task_id))
    except EngineError as blocked:
        _must_exist(blocked)
        why_not = blocked.code
    return _dialog(task_id, given, refusal, kind="recall", plan=plan, why_not=why_not)


def _dialog(task_id: str, given: Mapping[str, str], refusal: EngineError | None, **shown: Any) -> str:
    """A refusal for obstacles needs no words of its own: they stand in the plan."""
    with door.reading() as session:
        file = task_file(session, door.actor(), task_id, catalogue=door.engine().catalogue, now=door.now())
    plan = shown["plan"]
    stands_in_plan = plan is not None and plan.obstacles and not isinstance(refusal, PlanChanged)
    return render_template(
        "tasks/going_back.html" if is_fragment() else "tasks/going_back_page.html",
        task=file.task, given=given, told=_told(plan), **shown,
        wrong=refusal_words(refusal) if refusal and not stands_in_plan else [],
    )  # fmt: skip


def _told(plan: ReturnPlan | None) -> list[str]:
    """Names of those who hear of it, without the reader."""
    return [name for person, name in plan.told.items() if person != door.actor().person_id] if plan else []
