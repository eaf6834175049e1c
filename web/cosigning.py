"""Others sign a task (加签, 减签): whom to ask and when, what would change, taking somebody off, and the opinion."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, flash, make_response, render_template, request, url_for
from flask_babel import gettext as _

from engine.commands.ask_cosigners import AskCosigners
from engine.commands.remove_cosigner import RemoveCosigner
from engine.commands.return_task import PlanChanged
from engine.commands.sign_task import SignTask
from engine.commands.take_back_hand_in import TakeBackHandIn
from engine.commands.upload_document import UploadDocument
from engine.errors import Conflict, EngineError, NotAllowed, NotFound, Rejected
from engine.queries.cosignatures import possible_cosigners
from engine.queries.place import Place
from engine.queries.task_file import TaskFile, task_file
from web import door
from web.cosigning_words import MODE_HELP, MODES
from web.error_pages import sentence_for, status_of
from web.fragments import is_fragment
from web.permission import permission
from web.read_only import read_only
from web.task_acts import gone_to, refusal_words
from web.task_surroundings import surroundings

OPINION_FIELD = "opinion"
screen = Blueprint("cosigning", __name__)


@screen.get("/tasks/<task_id>/cosign")
@permission("case_party")
def ask(task_id: str) -> str:
    return _ask_dialog(task_id, {}, ())


@screen.post("/tasks/<task_id>/cosign")
@permission("case_party")
def send(task_id: str) -> Response | str:
    """Show what other people or another time would change, or ask them."""
    given, chosen = request.form, tuple(request.form.getlist("to"))
    if given.get("intent") != "go":
        return _ask_dialog(task_id, given, chosen)
    try:
        count = door.run(_asking(task_id, given, chosen, plan=given.get("plan")))
    except EngineError as refusal:
        _must_exist(refusal)
        return _again(_ask_dialog(task_id, given, chosen, refusal=refusal), refusal)
    later = given.get("mode") == "after"
    said = _("您提交后将送 %(count)s 人加签。", count=count) if later else _("已请 %(count)s 人加签。", count=count)
    flash(said, "good")
    return gone_to(url_for("pages.task_page.show", task_id=task_id))


@screen.get("/tasks/<task_id>/cosign/removal")
@permission("case_party")
def ask_removal(task_id: str) -> str:
    return _removal_dialog(task_id, request.args)


@screen.post("/tasks/<task_id>/cosign/removal")
@permission("case_party")
def remove(task_id: str) -> Response | str:
    """Show what taking off another person would change, or take them off."""
    given = request.form
    if given.get("intent") != "go":
        return _removal_dialog(task_id, given)
    signer, reason = given.get("signer", ""), given.get("reason", "")
    try:
        door.run(RemoveCosigner(task_id=task_id, signer=signer, reason=reason, plan=given.get("plan")))
    except EngineError as refusal:
        _must_exist(refusal)
        return _again(_removal_dialog(task_id, given, refusal=refusal), refusal)
    flash(_("已减签，对方会收到通知。"), "good")
    return gone_to(url_for("pages.task_page.show", task_id=task_id))


@screen.post("/tasks/<task_id>/sign")
@permission("case_party")
def sign(task_id: str) -> Response | str:
    """Files first: what cannot be taken keeps the opinion on the page."""
    given = request.form
    try:
        _keep_files(task_id)
        door.run(SignTask(task_id=task_id, verdict=given.get("verdict", ""), opinion=given.get("opinion", "")))
    except (Rejected, Conflict, NotAllowed) as refusal:
        with door.reading() as session:
            return make_response(page_to_sign(session, _file(session, task_id), given, refusal), status_of(refusal))
    flash(_("已签署，意见送交办理人。"), "good")
    return gone_to(url_for("pages.task_page.show", task_id=task_id))


@screen.post("/tasks/<task_id>/take-back-hand-in")
@permission("case_party")
def take_back(task_id: str) -> Response:
    door.run(TakeBackHandIn(task_id=task_id, reason=request.form.get("reason", "")))
    flash(_("已收回，修改后再次提交时重新送签。"), "good")
    return gone_to(url_for("pages.task_page.show", task_id=task_id))


def page_to_sign(session: Any, file: TaskFile, given: Mapping[str, str], refusal: EngineError | None = None) -> str:
    """What is to be signed, read only, and the opinion beside it."""
    principal = _file(session, file.task.principal_id or "")
    written = principal.answers if principal.answers is not None else principal.draft
    view = read_only(principal.form.view(written, principal.context)) if principal.form else None
    mine = next(row for row in file.signatures if row.task_id == file.task.id)
    return render_template(
        "tasks/sign_page.html",
        file=file, task=file.task, principal=principal, view=view, written=written, mine=mine, given=given,
        around=surroundings(session, file.task), acts=[], files=[d for d in file.documents if d.status == "draft"],
        wrong=refusal_words(refusal) if refusal else [],
    )  # fmt: skip


def _keep_files(task_id: str) -> None:
    for upload in request.files.getlist("file"):
        if upload.filename:
            door.run(
                UploadDocument(
                    task_id=task_id,
                    field_key=OPINION_FIELD,
                    filename=upload.filename,
                    media_type=upload.mimetype or "application/octet-stream",
                    content=upload.read(),
                )
            )


def _asking(task_id: str, given: Mapping[str, str], chosen: tuple[str, ...], *, plan: str | None) -> AskCosigners:
    mode = given.get("mode") or "parallel"
    return AskCosigners(task_id=task_id, to=chosen, mode=mode, question=given.get("question", ""), plan=plan)


def _ask_dialog(
    task_id: str, given: Mapping[str, str], chosen: tuple[str, ...], *, refusal: EngineError | None = None
) -> str:
    readers, plan, why_not = (), None, None
    try:
        plan = door.foresee(_asking(task_id, given, chosen, plan=None))
        with door.reading() as session:
            place = Place(session, door.engine().catalogue, door.now())
            readers = possible_cosigners(session, door.actor(), task_id, at=place)
    except EngineError as blocked:
        _must_exist(blocked)
        why_not = blocked.code
    return _dialog(
        task_id, given, refusal, kind="ask", readers=readers, chosen=chosen, plan=plan if chosen else None,
        why_not=why_not, modes=MODES, mode_help=MODE_HELP,
    )  # fmt: skip


def _removal_dialog(task_id: str, given: Mapping[str, str], *, refusal: EngineError | None = None) -> str:
    plan, why_not = None, None
    with door.reading() as session:
        open_ones = [row for row in _file(session, task_id).signatures if row.state in ("planned", "asked")]
    signer = given.get("signer") or (open_ones[0].person if open_ones else "")
    try:
        plan = door.foresee(RemoveCosigner(task_id=task_id, signer=signer, reason=""))
    except EngineError as blocked:
        why_not = blocked.code
    return _dialog(task_id, given, refusal, kind="remove", signers=open_ones, signer=signer, plan=plan, why_not=why_not)


def _dialog(task_id: str, given: Mapping[str, str], refusal: EngineError | None, **shown: Any) -> str:
    """What keeps somebody from being asked stands in the plan."""
    with door.reading() as session:
        task = _file(session, task_id).task
    plan = shown["plan"]
    stands_in_plan = plan is not None and plan.problems and not isinstance(refusal, PlanChanged)
    return render_template(
        "tasks/cosign.html" if is_fragment() else "tasks/cosign_page.html",
        task=task, given=given, **shown, told=list((plan.told or {}).values()) if plan else [],
        wrong=_wrong(refusal) if refusal and not stands_in_plan else [],
    )  # fmt: skip


def _wrong(refusal: EngineError) -> list[str]:
    return (
        [_("请选择加签人。")]
        if refusal.code == "cosigners_refused"
        else [*refusal_words(refusal)] or [sentence_for(refusal)]
    )


def _again(dialog: str, refusal: EngineError) -> Response:
    return make_response(dialog, 422 if is_fragment() else status_of(refusal))


def _must_exist(refusal: EngineError) -> None:
    """What does not exist for this reader is no dialog."""
    if isinstance(refusal, NotFound) and refusal.code != "signer_unknown":
        raise refusal


def _file(session: Any, task_id: str) -> TaskFile:
    return task_file(session, door.actor(), task_id, catalogue=door.engine().catalogue, now=door.now())
