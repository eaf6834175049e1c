"""当场确认: an expert shows a code on the phone; the enterprise confirms with it on its own, under its own login."""

from typing import Any

import segno
from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from markupsafe import Markup

from engine.commands.confirm_on_the_spot import ConfirmOnTheSpot
from engine.commands.show_spot_code import NotForTheSpot, ShowSpotCode
from engine.definitions.form import AnswersRejected
from engine.errors import Conflict, NotAllowed, NotFound
from engine.queries.spot_codes import SpotFile, spot_file, spot_state, task_of_code, tasks_for_the_spot
from engine.queries.task_file import TaskFile, task_file
from engine.spot_codes import PlaceUnusable, SpotPlace
from web import door
from web.error_pages import sentence_for, status_of
from web.filling_in import Sent, Verdict, judge, read_sent, typed_view
from web.fragments import is_fragment
from web.handing_in_once import hand_in_once, handed_in_before
from web.permission import permission

screen = Blueprint("spot", __name__)


@screen.get("/tasks/<task_id>/spot")
@permission("case_party")
def ask(task_id: str) -> str:
    """Before a code is shown, and what became of the last one."""
    return _showing(task_id)


@screen.post("/tasks/<task_id>/spot")
@permission("case_party")
def show(task_id: str) -> str:
    """The code is on this page and nowhere else; another one makes it void."""
    shown = door.run(ShowSpotCode(task_id=task_id))
    address = url_for("pages.spot.confirm", spot_code=shown.code, _external=True)
    drawn = segno.make(address, error="m", micro=False)
    picture = drawn.svg_inline(scale=1, border=2, omitsize=True, svgclass="qr", lineclass=None)
    return _showing(task_id, code=shown.code, picture=Markup(picture))  # noqa: S704


@screen.get("/tasks/<task_id>/spot/state")
@permission("case_party")
def state(task_id: str) -> str:
    with door.reading() as session:
        found = spot_state(session, door.actor(), task_id, now=door.now())
        return render_template("spot/state.html", state=found, task=_file(session, task_id).task)


@screen.get("/spot")
@permission("signed_in")
def enter() -> Response | str:
    """For a phone that reads no codes: they are typed."""
    code = request.args.get("code", "").strip()
    return redirect(url_for("pages.spot.confirm", spot_code=code)) if code else render_template("spot/enter.html")


@screen.get("/spot/<spot_code>")
@permission("signed_in")
def confirm(spot_code: str) -> Response | str:
    try:
        with door.reading() as session:
            spot = spot_file(session, door.actor(), spot_code, now=door.now())
            file = _file(session, spot.task_id)
            if not _is_theirs(file):
                return _refused("", 403, told=file.actions["claim"])
            return _page(spot, file, spot_code, answers=file.draft)
    except (Conflict, NotAllowed, NotFound) as refusal:
        return _refused(sentence_for(refusal), status_of(refusal))


@screen.post("/spot/<spot_code>")
@permission("signed_in")
def send(spot_code: str) -> Response | str:
    """Handed in a second time, because the answer got lost on the way, it leads where the first time led."""
    typed = None
    try:
        with door.reading() as session:
            task_id = task_of_code(session, door.actor(), spot_code)
            if handed_in_before(task_id) is not None:
                return _onward(task_id)
            file = _file(session, task_id)
            typed = typed_view(file.form, file.context)
            spot = spot_file(session, door.actor(), spot_code, now=door.now())
        return _answer(spot, file, spot_code, read_sent(file.form, file.context, task_id=task_id))
    except (Conflict, NotAllowed, NotFound, PlaceUnusable) as refusal:
        return _refused(sentence_for(refusal), status_of(refusal), typed=typed)


def _answer(spot: SpotFile, file: TaskFile, code: str, sent: Sent) -> Response | str:
    if sent.intent != "submit":
        return _page(spot, file, code, answers=sent.answers, verdict=Verdict(problems=sent.problems))
    verdict = judge(file.form, sent, file.context)
    if not verdict.must_be_shown:
        try:
            hand_in_once(ConfirmOnTheSpot(code=code, answers=sent.answers, place=_place()), spot.task_id)
            return _onward(spot.task_id)
        except AnswersRejected as refusal:  # what the case knows has changed since the form was judged
            verdict = Verdict(problems=refusal.problems)
    return make_response(_page(spot, file, code, answers=sent.answers, verdict=verdict), 422)


def _place() -> SpotPlace | None:
    """Only with consent, and only when the phone knew it."""
    given = [request.form.get(name, "") for name in ("latitude", "longitude", "accuracy")]
    return SpotPlace.of(*given) if request.form.get("place_consent") and all(given) else None


def _is_theirs(file: TaskFile) -> bool:
    return file.actions["complete"] is None or file.actions["claim"] is None


def _onward(task_id: str) -> Response:
    return redirect(url_for("pages.task_page.done", task_id=task_id))


def _page(spot: SpotFile, file: TaskFile, code: str, *, answers: Any, verdict: Verdict | None = None) -> Response:
    view = file.form.view(answers, file.context) if file.form else None
    page = render_template(
        "spot/form.html" if is_fragment() else "spot/confirm.html",
        spot=spot, file=file, task=file.task, code=code, view=view, verdict=verdict or Verdict(),
    )  # fmt: skip
    response = make_response(page)
    response.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(self), payment=()"
    return response


def _refused(why: str, status: int, *, typed: Any = None, **said: Any) -> Response:
    return make_response(render_template("spot/refused.html", sentence_said=why, typed=typed, **said), status)


def _showing(task_id: str, **shown: Any) -> str:
    with door.reading() as session:
        found = spot_state(session, door.actor(), task_id, now=door.now())
        task = _file(session, task_id).task
        where = {"catalogue": door.engine().catalogue, "now": door.now()}
        if not found and not tasks_for_the_spot(session, door.actor(), [task.case_id], **where):
            raise NotForTheSpot()
        return render_template("spot/show.html", task=task, state=found, **shown)


def _file(session: Any, task_id: str) -> TaskFile:
    return task_file(session, door.actor(), task_id, catalogue=door.engine().catalogue, now=door.now())
