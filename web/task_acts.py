"""What can be done with a task beside filling it in: every act has its words, its dialog and its command here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as later

from engine.command import Command
from engine.commands.assign_task import AssignTask
from engine.commands.decline_task import DeclineTask
from engine.commands.delegate_task import DelegateTask
from engine.commands.hand_back_task import HandBackTask
from engine.commands.set_follow_up import SetFollowUp, day_of
from engine.commands.take_back_task import TakeBackTask
from engine.commands.transfer_task import TransferTask
from engine.commands.urge_task import UrgeTask
from engine.errors import EngineError, NotFound
from engine.queries.task_file import TaskFile, task_file
from web import door
from web.error_pages import sentence_for, status_of
from web.fragments import is_fragment
from web.language import problem_words
from web.permission import permission
from web.return_path import safe_path

screen = Blueprint("task_acts", __name__)


@dataclass(frozen=True)
class Act:
    """`asks` are the questions of its dialog: "person", "day", and "reason" (required) or "note"."""

    words: Any
    help: Any
    said: Any
    command: Callable[..., Command[Any]]
    asks: tuple[str, ...]
    icon: str = "forward"

    def order(self, task_id: str, given: Mapping[str, str]) -> Command[Any]:
        """The command with what was typed."""
        told = {_FIELDS[ask]: given.get(_FIELDS[ask], "").strip() for ask in self.asks}
        return self.command(
            task_id=task_id, **{name: day_of(text) if name == "on" else text for name, text in told.items()}
        )


_FIELDS = {"person": "assignee", "reason": "reason", "note": "note", "day": "on"}
ACTS: Mapping[str, Act] = {
    "decline": Act(
        later("谢绝"), later("不接这件事，由其他人选考虑；请说明理由，理由会记入办理记录。"), later("已谢绝。"),
        DeclineTask, ("reason",), "close",
    ),
    "assign": Act(
        later("指派给他人"), later("交给您选定的候选人办理，对方会收到通知。"), later("已指派。"),
        AssignTask, ("person", "reason"), "person",
    ),
    "transfer": Act(
        later("转办给他人"), later("交给另一位候选人办理，此后由对方负责；草稿一并移交。"), later("已转办。"),
        TransferTask, ("person", "reason"),
    ),
    "delegate": Act(
        later("委派他人代拟"), later("请另一位候选人代为填写，填好后交回给您，由您核对并提交。"), later("已委派。"),
        DelegateTask, ("person", "reason"), "people",
    ),
    "hand_back": Act(
        later("交回委派人"), later("您填写的内容会保留，由委派人核对并提交。"), later("已交回委派人。"),
        HandBackTask, ("note",), "repeat",
    ),
    "take_back": Act(
        later("收回委派"), later("不再等对方代拟，任务和草稿回到您这里。"), later("已收回。"),
        TakeBackTask, (), "repeat",
    ),
    "urge": Act(
        later("催办"), later("提醒办理人；还没有人领取的，提醒全部候选人。每 4 小时可以催办一次，次数记入办理记录。"),
        later("已催办。"), UrgeTask, ("note",), "bell",
    ),
    "follow_up": Act(
        later("跟进日期"), later("到那天再看，期限不变；不填就是取消。"), later("跟进日期已更新。"),
        SetFollowUp, ("day",), "calendar",
    ),
}  # fmt: skip
_NAMES = ", ".join(ACTS)


@screen.get(f"/tasks/<task_id>/<any({_NAMES}):act>")
@permission("case_party")
def ask(task_id: str, act: str) -> str:
    return _dialog(task_id, act, given={})


@screen.post(f"/tasks/<task_id>/<any({_NAMES}):act>")
@permission("case_party")
def do(task_id: str, act: str) -> Response:
    try:
        door.run(ACTS[act].order(task_id, request.form))
    except EngineError as refusal:
        if isinstance(refusal, NotFound):
            raise
        again = _dialog(task_id, act, given=request.form, refusal=refusal)
        return make_response(again, 422 if is_fragment() else status_of(refusal))
    flash(str(ACTS[act].said), "good")
    return gone_to(_back() or url_for("pages.task_page.show", task_id=task_id))


def menu(file: TaskFile) -> list[tuple[str, Act, str | None]]:
    """(name, act, code of the reason why not) in their order; what has no meaning for this task is left out."""
    shown = [name for name in ACTS if name in file.actions and not _is_idle(name, file)]
    return [(name, ACTS[name], file.actions[name]) for name in shown]


def _is_idle(name: str, file: TaskFile) -> bool:
    """What is done is done, only a delegation can be ended, and those in charge give away by another act."""
    why_not = file.actions[name]
    if why_not in ("task_not_open", "is_cosignature"):
        return True
    if name in ("decline", "hand_back", "take_back"):
        return why_not is not None
    return name == "assign" and (why_not == "not_in_charge" or file.actions["transfer"] is None)


def gone_to(address: str) -> Response:
    """Close the dialog and load a page."""
    return Response(status=204, headers={"HX-Redirect": address}) if is_fragment() else redirect(address)


def refusal_words(refusal: EngineError) -> list[str]:
    """What is wrong with what was typed, else the sentence of the refusal."""
    return [problem_words(problem) for problem in refusal.problems] or [sentence_for(refusal)]


def _back() -> str:
    return safe_path(request.values.get("back"), default="")


def _dialog(task_id: str, act: str, *, given: Mapping[str, str], refusal: EngineError | None = None) -> str:
    with door.reading() as session:
        file = task_file(session, door.actor(), task_id, catalogue=door.engine().catalogue, now=door.now())
    return render_template(
        "tasks/act.html" if is_fragment() else "tasks/act_page.html",
        task=file.task, file=file, today=door.today(), act=ACTS[act], name=act, given=given,
        why_not=file.actions.get(act), back=_back(),
        wrong=refusal_words(refusal) if refusal else [],
    )  # fmt: skip
