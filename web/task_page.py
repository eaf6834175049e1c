"""One task: what to do, the form, who else is in the case, and what may be done with the task."""

from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from engine.asking import Asked
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask, Completion
from engine.commands.release_task import ReleaseTask
from engine.commands.save_draft import SaveDraft
from engine.definitions.form import AnswersRejected, FormView
from engine.errors import Conflict, NotAllowed
from engine.queries.rows import TaskRow
from engine.queries.spot_codes import SpotTask, tasks_for_the_spot
from engine.queries.task_file import TaskFile, task_file
from web import door
from web.cosigning import page_to_sign
from web.error_pages import sentence_for, status_of
from web.filling_in import Sent, Verdict, judge, read_sent, typed_answers, typed_view
from web.fragments import is_fragment
from web.handing_in_once import hand_in_once, handed_in_before, onward
from web.initiative_words import outcome
from web.language import named
from web.next_task import next_in_queue, next_task, queue_left, take_next
from web.permission import permission
from web.read_only import read_only
from web.task_acts import menu
from web.task_surroundings import surroundings
from web.worklist.queue import VIEWS, address_of, carried, carried_words, words_of

screen = Blueprint("task_page", __name__)


@screen.get("/tasks/<task_id>")
@permission("case_party")
def show(task_id: str) -> str:
    with door.reading() as session:
        file = _file(session, task_id)
        if file.task.principal_id:
            return page_to_sign(session, file, {})
        return _page(session, file, answers=file.answers if file.answers is not None else file.draft)


@screen.post("/tasks/<task_id>")
@permission("case_party")
def send(task_id: str) -> Response | str:
    """Hand in the form, keep it as a draft, or draw it again because rows, files or conditions changed."""
    with door.reading() as session:
        file = _file(session, task_id)
    try:
        if (before := handed_in_before(task_id)) is not None:
            return onward(_after(task_id, file.task, before))
        sent = read_sent(file.form, file.context, task_id=task_id)
        return onward(_answer(task_id, sent))
    except (Conflict, NotAllowed) as refusal:
        return _lost(task_id, refusal)


@screen.post("/tasks/<task_id>/take")
@permission("case_party")
def claim(task_id: str) -> Response:
    door.run(ClaimTask(task_id=task_id, on_behalf_of=request.form.get("on_behalf_of") or None))
    flash(_("已领取，请办理。"), "good")
    return redirect(url_for("pages.task_page.show", task_id=task_id, queue=carried_words()))


@screen.post("/tasks/<task_id>/release")
@permission("case_party")
def release(task_id: str) -> Response:
    door.run(ReleaseTask(task_id=task_id))
    flash(_("已放回待领取。"), "good")
    return redirect(url_for("pages.task_page.show", task_id=task_id, queue=carried_words()))


@screen.get("/tasks/<task_id>/done")
@permission("case_party")
def done(task_id: str) -> str:
    with door.reading() as session:
        file = _file(session, task_id)
        may_recall, around = file.actions["recall"] is None, surroundings(session, file.task)
        spots = _spots(session, file.task.case_id) if around.case else ()
        return render_template("tasks/done.html", task=file.task, around=around, may_recall=may_recall, spots=spots)


def _answer(task_id: str, sent: Sent) -> Response | str:
    with door.reading() as session:  # again: files may just have been stored
        file = _file(session, task_id)
        if sent.intent == "redraw":
            return _page(session, file, answers=sent.answers, verdict=Verdict(problems=sent.problems))
        if sent.intent == "submit":
            verdict = judge(file.form, sent, file.context)
            if verdict.must_be_shown:
                return make_response(_page(session, file, answers=sent.answers, verdict=verdict), 422)
    if sent.intent == "draft":
        return _keep_draft(task_id, sent)
    return _complete(task_id, sent)


def _keep_draft(task_id: str, sent: Sent) -> Response | str:
    door.run(SaveDraft(task_id=task_id, answers=sent.answers))
    if "X-Autosave" in request.headers:
        return Response(status=204)
    if not sent.problems:
        flash(_("草稿已保存。"), "good")
    return redirect(url_for("pages.task_page.show", task_id=task_id, queue=carried_words()))


def _complete(task_id: str, sent: Sent) -> Response | str:
    with door.reading() as session:
        done = _file(session, task_id).task
    try:
        completed = hand_in_once(CompleteTask(task_id=task_id, answers=sent.answers), task_id)
    except AnswersRejected as refusal:  # what the case knows has changed since the form was judged
        with door.reading() as session:
            page = _page(
                session, _file(session, task_id), answers=sent.answers, verdict=Verdict(problems=refusal.problems)
            )
        return make_response(page, 422)
    return _after(task_id, done, completed)


def _after(task_id: str, done: TaskRow, completed: Completion) -> Response | str:
    """Where to, once it is handed in."""
    asked = carried()
    if completed.is_signed_first:
        flash(_("已提交送签；全部同意后自动办结，有人不同意会交回给您。"), "good")
        return redirect(url_for("pages.task_page.show", task_id=task_id, queue=carried_words()))
    if asked is not None:
        return _on_with_the_queue(asked, done)
    follow_up = next_task(completed.case_id)
    if follow_up is None:
        return redirect(url_for("pages.task_page.done", task_id=task_id))
    flash(_("已提交。这是本案接下来轮到您的任务。"), "good")
    return redirect(url_for("pages.task_page.show", task_id=follow_up))


def _on_with_the_queue(asked: Asked, done: TaskRow) -> Response:
    """Beside the list the next row is shown; on a page of its own the next task is claimed and opened."""
    if request.args.get("list"):
        row = next_in_queue(asked, done)
        flash(_("已提交：%(task)s", task=named(done)), "good")
        return redirect(address_of(asked, open=row.id if row else None))
    found = take_next(asked, done)
    if found is None:
        flash(_("已提交。这个列表里没有您可以办理的任务了。"), "good")
        return redirect(address_of(asked))
    flash(_("已提交。这是列表中的下一件。"), "good")
    return redirect(url_for("pages.task_page.show", task_id=found, queue=words_of(asked)))


def _lost(task_id: str, refusal: Conflict | NotAllowed) -> Response:
    """Somebody was faster, or the case moved on: say so, and give back what was typed."""
    with door.reading() as session:
        file = _file(session, task_id)
        again = surroundings(session, file.task).offered_again(file.task) if file.task.discretionary else None
        if again is not None:
            return make_response(_offered_again(session, again.id), 409)
    typed = typed_view(file.form, file.context)
    page = render_template("tasks/lost.html", task=file.task, why=sentence_for(refusal), typed=typed)
    return make_response(page, status_of(refusal))


def _offered_again(session: Any, task_id: str) -> str:
    """Somebody started the same a moment ago, and it can be started once more: the form as it was typed."""
    file = _file(session, task_id)
    return _page(session, file, answers=typed_answers(file.form, file.context), is_second=True)


def _page(
    session: Any, file: TaskFile, *, answers: Any, verdict: Verdict | None = None, is_second: bool = False
) -> str:
    around = surroundings(session, file.task)
    return render_template(
        "tasks/form.html" if is_fragment() else "tasks/page.html",
        file=file, task=file.task, view=_view(file, answers), verdict=verdict or Verdict(),
        around=around, is_second=is_second, acts=menu(file), queue=_queue(),
        outcome=outcome(around.process, file.task.element_id) if file.task.discretionary else "",
    )  # fmt: skip


def _queue() -> dict[str, Any] | None:
    """What the page says of the queue that its task came from."""
    asked = carried()
    if asked is None or is_fragment():
        return None
    return {"name": VIEWS[asked.view][0], "back": address_of(asked), "left": queue_left(asked)}


def _view(file: TaskFile, answers: Any) -> FormView | None:
    if file.form is None:
        return None
    view = file.form.view(answers, file.context)
    return view if file.may_write else read_only(view)


def _spots(session: Any, case_id: str) -> tuple[SpotTask, ...]:
    """What the other side can be asked to confirm while it is here."""
    found = tasks_for_the_spot(session, door.actor(), [case_id], catalogue=door.engine().catalogue, now=door.now())
    return found.get(case_id, ())


def _file(session: Any, task_id: str) -> TaskFile:
    return task_file(session, door.actor(), task_id, catalogue=door.engine().catalogue, now=door.now())
