"""The scrutineers' screen: how far the vote is, paper ballots, reminders, closing it by two, breaking it off."""

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from engine.ballots.tally import PaperTotalsWrong
from engine.commands.abort_ballot import AbortBallot
from engine.commands.close_ballot import BallotStillRuns, CloseBallot, PaperTotalsDiffer
from engine.commands.mark_paper_voter import MarkPaperVoter
from engine.commands.remind_voters import RemindVoters
from engine.errors import Conflict, EngineError, NotAllowed, Rejected
from engine.queries.ballot_closing import BallotClosing, VoterRow, ballot_closing, voters_named
from web import door
from web.ballots import closing_words as words
from web.error_pages import sentence_for, status_of
from web.permission import permission

screen = Blueprint("closing", __name__)


@screen.get("/ballots/<ballot_id>/closing")
@permission("signed_in")
def show(ballot_id: str) -> str:
    """For the scrutineers and those in charge; the search for a voter works without scripts, too."""
    return _page(_closing(ballot_id), found=_found(ballot_id))


@screen.get("/ballots/<ballot_id>/closing/state")
@permission("signed_in")
def state(ballot_id: str) -> Response:
    """How far it is, asked again and again by an open page; it says when there is more to see."""
    closing = _closing(ballot_id)
    seen = request.args.get("seen", "")
    answer = make_response(render_template("ballots/closing_state.html", closing=closing, seen=seen))
    if seen.startswith("closed") and closing.ballot.state != "closed":
        answer.headers["HX-Refresh"] = "true"
    return answer


@screen.get("/ballots/<ballot_id>/closing/voters")
@permission("signed_in")
def voters(ballot_id: str) -> str:
    return render_template("ballots/closing_voters.html", ballot_id=ballot_id, found=_found(ballot_id))


@screen.post("/ballots/<ballot_id>/closing")
@permission("signed_in")
def confirm(ballot_id: str) -> AnyResponse:
    closing, form = _closing(ballot_id), request.form
    paper = words.typed_paper(form, closing.ballot.motions) if closing.ballot.mode == "mixed" else None
    try:
        ended = door.run(CloseBallot(ballot_id=ballot_id, paper=paper, before_time="before_time" in form))
    except PaperTotalsDiffer as refusal:
        flash(sentence_for(refusal), "warn")
    except (BallotStillRuns, PaperTotalsWrong) as refusal:
        return make_response(_page(closing, refusal=refusal), status_of(refusal))
    else:
        flash(_("投票已关闭，正在计票。") if ended == "closed" else _("已确认。等待另一名监票人确认。"), "good")
    return _back(ballot_id)


@screen.post("/ballots/<ballot_id>/closing/paper")
@permission("signed_in")
def give_paper(ballot_id: str) -> AnyResponse:
    try:
        door.run(MarkPaperVoter(ballot_id=ballot_id, voter=request.form.get("voter", "")))
        flash(_("已登记：%(name)s 用纸质票投票。", name=request.form.get("name", "")), "good")
    except (Conflict, NotAllowed) as refusal:
        flash(sentence_for(refusal), "warn")
    return _back(ballot_id, "paper")


@screen.post("/ballots/<ballot_id>/closing/remind")
@permission("signed_in")
def remind(ballot_id: str) -> AnyResponse:
    try:
        door.run(RemindVoters(ballot_id=ballot_id))
        flash(_("正在提醒尚未参加的人。"), "good")
    except Conflict as refusal:
        flash(sentence_for(refusal), "warn")
    return _back(ballot_id)


@screen.get("/ballots/<ballot_id>/abort")
@permission("signed_in")
def ask_to_abort(ballot_id: str) -> str:
    return render_template("ballots/abort.html", closing=_closing(ballot_id), reason="", problem=None)


@screen.post("/ballots/<ballot_id>/abort")
@permission("signed_in")
def abort(ballot_id: str) -> AnyResponse:
    reason = request.form.get("reason", "").strip()
    try:
        door.run(AbortBallot(ballot_id=ballot_id, reason=reason))
    except Rejected as refusal:
        shown = {"closing": _closing(ballot_id), "reason": reason, "problem": sentence_for(refusal)}
        return make_response(render_template("ballots/abort.html", **shown), status_of(refusal))
    flash(_("投票已作废，票箱没有打开，已全部销毁。"), "warn")
    return redirect(url_for("pages.results.show", ballot_id=ballot_id))


def _closing(ballot_id: str) -> BallotClosing:
    engine = door.engine()
    kit = {"catalogue": engine.catalogue, "safe": engine.safe, "now": door.now()}
    with door.reading() as session:
        return ballot_closing(session, door.actor(), ballot_id, **kit)


def _found(ballot_id: str) -> tuple[VoterRow, ...] | None:
    """None when nobody is looked for."""
    name = request.args.get("voter", "").strip()
    if not name:
        return None
    with door.reading() as session:
        return voters_named(session, door.actor(), ballot_id, name)


def _page(
    closing: BallotClosing, *, found: tuple[VoterRow, ...] | None = None, refusal: EngineError | None = None
) -> str:
    typed = request.form.to_dict() if refusal else None
    form = words.paper_form(closing, typed=typed, problems=refusal.problems if refusal else ())
    why = sentence_for(refusal) if refusal else None
    shown = {
        "closing": closing,
        "ballot": closing.ballot,
        "form": form,
        "found": found,
        "why": why,
        "typed": typed or {},
    }
    return render_template("ballots/closing.html", **shown)


def _back(ballot_id: str, part: str | None = None) -> AnyResponse:
    return redirect(url_for("pages.closing.show", ballot_id=ballot_id, _anchor=part))
