"""Many tasks at once: what will become of each is told before, what became of each is kept after."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as later

from engine.commands.cancel_batch import CancelBatch
from engine.commands.set_follow_up import DayUnreadable
from engine.commands.start_batch import EXPORT, MOST_EXPORTED, MOST_ROWS, BatchOrder, StartBatch
from engine.errors import EngineError
from engine.queries.batches import batch, batches, rows_of
from engine.queries.candidates import candidates_of_all
from engine.queries.rows import TaskRow
from engine.queries.seeing import visible_tasks
from engine.queries.task_filters import filter_of
from engine.queries.worklist import ids_in_order, task_rows
from web import door
from web.fragments import is_fragment
from web.list_filters import given
from web.permission import permission
from web.return_path import safe_path
from web.task_acts import gone_to, refusal_words
from web.worklist.queue import address_of, asked_here
from web.worklist.screen import screen


@dataclass(frozen=True)
class OrderWords:
    """`asks` is "person" or "day"; `key` is the key on the keyboard."""

    icon: str
    words: Any
    key: str
    help: Any
    asks: str = ""


ORDERS: Mapping[str, OrderWords] = {
    "claim": OrderWords("inbox", later("领取"), "c", later("由您办理，其他人不能再领取。")),
    "release": OrderWords("repeat", later("放回待领取"), "u", later("放回后其他人可以领取，草稿保留。")),
    "assign": OrderWords("person", later("指派"), "a", later("交给同一个人办理，对方会收到通知。"), "person"),
    "follow_up": OrderWords("calendar", later("跟进日期"), "d", later("到那天再看，期限不变；不填就是取消。"), "day"),
    "urge": OrderWords("bell", later("催办"), "r", later("提醒办理人；还没有人领取的，提醒全部候选人。")),
    "export": OrderWords("download", later("导出"), "", later("导出为 Excel 和 CSV 文件；导出会记入日志。")),
}  # fmt: skip


@dataclass(frozen=True)
class Preview:
    """`why_not` are the words of the refusal; None for a row that will change."""

    task: TaskRow
    why_not: str | None


@screen.post("/tasks/batch")
@permission("signed_in")
def ask_batch() -> Response | str:
    """What would become of each of the chosen tasks; nothing changes yet."""
    ids = _chosen()
    order = request.form.get("order", "")
    if order not in ORDERS or not ids:
        flash(_("请先选择任务。"), "warn")
        return gone_to(address_of(asked_here()))
    return _dialog(order, ids)


@screen.post("/tasks/batch/start")
@permission("signed_in")
def start_batch() -> Response:
    order, ids = request.form.get("order", ""), tuple(request.form.getlist("task"))
    try:
        batch_id = door.run(StartBatch(order=_order(order), task_ids=ids))
    except EngineError as refusal:
        if order not in ORDERS or not ids:
            raise
        return Response(_dialog(order, ids, wrong=refusal_words(refusal)), 422)
    return gone_to(url_for("pages.worklist.show_batch", batch_id=batch_id, back=request.form.get("back")))


@screen.get("/batches")
@permission("signed_in")
def show_batches() -> str:
    with door.reading() as session:
        page = batches(session, door.actor(), cursor=given("cursor"))
    return render_template("worklist/batches.html", rows=page, orders=ORDERS)


@screen.get("/batches/<batch_id>")
@permission("signed_in")
def show_batch(batch_id: str) -> str:
    with door.reading() as session:
        found = batch(session, door.actor(), batch_id)
        refused = rows_of(session, door.actor(), batch_id, catalogue=door.engine().catalogue, outcome="refused")
    return render_template(
        "worklist/batch_progress.html" if is_fragment() else "worklist/batch.html",
        batch=found, refused=refused, order=ORDERS[found.order],
        back=safe_path(given("back"), default=url_for("pages.worklist.show")),
    )  # fmt: skip


@screen.post("/batches/<batch_id>/cancel")
@permission("signed_in")
def cancel_batch(batch_id: str) -> Response:
    door.run(CancelBatch(batch_id=batch_id))
    flash(_("已停止，没有处理的任务保持原样。"), "good")
    return redirect(url_for("pages.worklist.show_batch", batch_id=batch_id, back=request.form.get("back")))


def _chosen() -> tuple[str, ...]:
    """The ticked rows, or all that the list asks for, up to what a batch takes."""
    form = request.form
    if not form.get("all"):
        return tuple(dict.fromkeys(form.getlist("task")))
    most = MOST_EXPORTED if form.get("order") == EXPORT else MOST_ROWS
    with door.reading() as session:
        now = door.now()
        return tuple(ids_in_order(session, door.actor(), filter_of(asked_here(), now=now), now=now, most=most))


def _order(order: str) -> BatchOrder:
    form = request.form
    args = {name: form[name].strip() for name in ("assignee", "on") if form.get(name, "").strip()}
    return BatchOrder(order=order, reason=form.get("reason", ""), args=args)


def _dialog(order: str, ids: tuple[str, ...], *, wrong: Any = ()) -> str:
    words = ORDERS[order]
    with door.reading() as session:
        seen = visible_tasks(session, door.actor(), ids)
        shown = [id_ for id_ in ids if id_ in seen][:MOST_ROWS]
        tasks = task_rows(session, door.actor(), shown, door.engine().catalogue)
        people = candidates_of_all(session, shown) if words.asks == "person" else ()
    previews, wrong = _previews(order, tasks, wrong)
    return render_template(
        "worklist/ask_batch.html" if is_fragment() else "worklist/ask_batch_page.html",
        order=order, words=words, ids=ids, previews=previews, people=people, given=request.form, wrong=wrong,
        asked=asked_here(), back=request.form.get("back") or address_of(asked_here()), today=door.today(),
    )  # fmt: skip


def _previews(order: str, tasks: tuple[TaskRow, ...], wrong: Any) -> tuple[list[Preview], Any]:
    """Every row is tried out and taken back, so that the preview is what the rules say and not a copy of them."""
    if order == EXPORT or (order == "assign" and not request.form.get("assignee")):
        return [Preview(task, None) for task in tasks], wrong
    wanted, engine, actor = _order(order), door.engine(), door.actor()
    try:
        refusals = [engine.try_out(wanted.command(task.id), actor=actor) for task in tasks]
    except DayUnreadable as refusal:
        return [Preview(task, None) for task in tasks], refusal_words(refusal)
    found = zip(tasks, refusals, strict=True)
    return [Preview(task, _words(refusal)) for task, refusal in found], wrong


def _words(refusal: EngineError | None) -> str | None:
    """A reason is typed later: that it is missing yet refuses nothing."""
    if refusal is None or refusal.code == "reason_missing":
        return None
    return "；".join(refusal_words(refusal))
