"""Start a case: which process, for which enterprise, with the answers of its start form."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from engine.commands.start_case import StartCase
from engine.definitions.form import AnswersRejected
from engine.queries.processes import StartForm, processes, start_form, started_today
from web import door
from web.filling_in import Sent, Verdict, judge, read_sent
from web.fragments import is_fragment
from web.handing_in_once import onward, start_once, started_before
from web.next_task import next_task
from web.permission import permission
from web.prefilled import with_choices

screen = Blueprint("start_case", __name__)


@screen.get("/cases/new")
@permission("signed_in")
def choose() -> str:
    with door.reading() as session:
        rows = processes(session, door.actor(), catalogue=door.engine().catalogue)
    return render_template("start/choose.html", rows=rows)


@screen.get("/cases/new/<process>")
@permission("signed_in")
def form(process: str) -> str:
    """A link may choose for people what they would have to click: `?channel=qr`."""
    with door.reading() as session:
        found = _start(session, process)
        context = with_choices(found.form, found.context, request.args)
        return _page(session, replace(found, context=context), answers=None)


@screen.post("/cases/new/<process>")
@permission("signed_in")
def start(process: str) -> Response | str:
    if (before := started_before(process)) is not None:
        return onward(_opened(before))
    return onward(_answer(process))


def _answer(process: str) -> Response | str:
    with door.reading() as session:
        sent = read_sent(*_form_of(_start(session, process)), task_id=None)
    with door.reading() as session:
        found = _start(session, process)
        verdict = judge(found.form, sent, found.context) if sent.intent == "submit" else Verdict(problems=sent.problems)
        if sent.intent != "submit":
            return _page(session, found, answers=sent.answers, verdict=verdict)
        if verdict.must_be_shown:
            return make_response(_page(session, found, answers=sent.answers, verdict=verdict), 422)
    return _open(process, sent)


def _open(process: str, sent: Sent) -> Response | str:
    try:
        case_id = start_once(StartCase(process=process, answers=sent.answers, enterprise=_enterprise()))
    except AnswersRejected as refusal:
        with door.reading() as session:
            page = _page(
                session, _start(session, process), answers=sent.answers, verdict=Verdict(problems=refusal.problems)
            )
        return make_response(page, 422)
    return _opened(case_id)


def _opened(case_id: str) -> Response:
    flash(_("案件已发起。"), "good")
    follow_up = next_task(case_id)
    if follow_up is not None:
        return redirect(url_for("pages.task_page.show", task_id=follow_up))
    return redirect(url_for("pages.case_page.show", case_id=case_id))


def _enterprise() -> str | None:
    return request.values.get("enterprise") or None


def _start(session: Any, process: str) -> StartForm:
    return start_form(
        session, door.actor(), process, catalogue=door.engine().catalogue, now=door.now(), enterprise=_enterprise()
    )


def _form_of(found: StartForm) -> tuple[Any, Any]:
    return found.form, found.context


def _page(session: Any, found: StartForm, *, answers: Any, verdict: Verdict | None = None) -> str:
    shown = {
        "found": found, "row": found.row, "view": found.form.view(answers, found.context) if found.form else None,
        "verdict": verdict or Verdict(), "enterprise": _enterprise(),
    }  # fmt: skip
    if is_fragment():
        return render_template("start/form.html", **shown)
    today = started_today(session, door.actor(), found.row.key, now=door.now())
    return render_template("start/page.html", today=today, **shown)
