"""协商文本: the table of clauses, one clause a screen, and who is in the room; two sides agree clause by clause."""

from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from engine.commands.add_clause import AddClause
from engine.commands.agree_to_clause import AgreeToClause
from engine.commands.entitle_negotiator import EntitleNegotiator
from engine.commands.note_on_clause import NoteOnClause
from engine.commands.park_clause import ParkClause
from engine.commands.propose_clause import ProposeClause
from engine.commands.reopen_clause import AnswerReopening, ReopenClause
from engine.commands.show_presence import ShowPresence
from engine.commands.withdraw_clause import WithdrawClause
from engine.errors import Conflict, Rejected
from engine.queries.case_file import case_file
from engine.queries.negotiation import clause_file, negotiation_table
from engine.queries.negotiation_rows import ClauseFile, NegotiationRow
from web import door
from web.clause_screen import ClauseScreen, Typed
from web.error_pages import sentence_for, status_of
from web.live_page import unchanged
from web.permission import permission

screen = Blueprint("negotiation", __name__)
TABLE = "/cases/<case_id>/negotiation"
CLAUSE = f"{TABLE}/clauses/<clause_id>"


@screen.get(TABLE)
@permission("case_party")
def show(case_id: str) -> str:
    with door.reading() as session:
        table = _table(session, case_id)
        return render_template("negotiation/page.html", table=table, **_around(session, case_id))


@screen.post(f"{TABLE}/live")
@permission("case_party")
def live(case_id: str) -> Response | str:
    """I am here: the page as it is now, or nothing when it is the same as before."""
    with door.reading() as session:
        table = _table(session, case_id)
    _show_presence(table, clause_id=None)
    return unchanged(table.shown) or render_template("negotiation/table.html", table=table)


@screen.post(f"{TABLE}/clauses")
@permission("case_party")
def add(case_id: str) -> Response:
    clause_id = door.run(AddClause(case_id=case_id, head=request.form.get("head", "")))
    flash(_("已增加一条，请提出文本。"), "good")
    return redirect(url_for("pages.negotiation.clause", case_id=case_id, clause_id=clause_id))


@screen.post(f"{TABLE}/negotiators")
@permission("case_party")
def entitle(case_id: str) -> Response:
    is_entitled = request.form.get("entitled") == "1"
    door.run(EntitleNegotiator(case_id=case_id, person=request.form.get("person", ""), is_entitled=is_entitled))
    flash(_("已授权代表本方同意条款。") if is_entitled else _("已收回授权。"), "good")
    return redirect(url_for("pages.negotiation.show", case_id=case_id))


@screen.get(CLAUSE)
@permission("case_party")
def clause(case_id: str, clause_id: str) -> str:
    with door.reading() as session:
        return _clause_page(session, case_id, clause_id)


@screen.post(f"{CLAUSE}/live")
@permission("case_party")
def live_clause(case_id: str, clause_id: str) -> Response | str:
    with door.reading() as session:
        shown = _screen(session, case_id, clause_id)
    _show_presence(shown.table, clause_id=clause_id if request.form.get("writing") else None)
    return unchanged(shown.seen) or render_template("negotiation/clause_live.html", it=shown, is_update=True)


@screen.post(f"{CLAUSE}/propose")
@permission("case_party")
def propose(case_id: str, clause_id: str) -> Response | str:
    typed = Typed.of(request.form)
    try:
        door.run(ProposeClause(case_id=case_id, clause_id=clause_id, **typed.words))
    except (Conflict, Rejected) as refusal:
        with door.reading() as session:
            page = _clause_page(session, case_id, clause_id, typed=typed, refusal=refusal)
        return make_response(page, status_of(refusal))
    flash(_("已提出文本，等待对方回应。"), "good")
    return _to_clause(case_id, clause_id)


@screen.post(f"{CLAUSE}/agree")
@permission("case_party")
def agree(case_id: str, clause_id: str) -> Response:
    step_id = request.form.get("text", "")
    is_agreed = door.run(AgreeToClause(case_id=case_id, clause_id=clause_id, step_id=step_id))
    flash(_("双方已达成一致，文本已锁定。") if is_agreed else _("已代表本方同意，等待对方确认。"), "good")
    return _to_clause(case_id, clause_id)


@screen.post(f"{CLAUSE}/<any(withdraw, park, reopen, answer, note):act>")
@permission("case_party")
def do(case_id: str, clause_id: str, act: str) -> Response:
    where = {"case_id": case_id, "clause_id": clause_id}
    reason, given = request.form.get("reason", ""), request.form
    commands = {
        "withdraw": lambda: WithdrawClause(**where, reason=reason),
        "park": lambda: ParkClause(**where, reason=reason),
        "reopen": lambda: ReopenClause(**where, reason=reason),
        "answer": lambda: AnswerReopening(**where, agrees=given.get("agrees") == "1", reason=reason),
        "note": lambda: NoteOnClause(**where, text=given.get("text", "")),
    }
    door.run(commands[act]())
    return _to_clause(case_id, clause_id, anchor="notes" if act == "note" else None)


def _show_presence(table: NegotiationRow, *, clause_id: str | None) -> None:
    """Written down only when it says something new."""
    if table.sees_all and (table.is_due or table.my_clause_id != clause_id):
        door.run(ShowPresence(case_id=table.case_id, clause_id=clause_id))


def _to_clause(case_id: str, clause_id: str, *, anchor: str | None = None) -> Response:
    return redirect(url_for("pages.negotiation.clause", case_id=case_id, clause_id=clause_id, _anchor=anchor))


def _clause_page(session: Any, case_id: str, clause_id: str, *, typed: Any = None, refusal: Any = None) -> str:
    shown = _screen(session, case_id, clause_id, typed=typed, refusal=refusal)
    return render_template("negotiation/clause.html", it=shown, **_around(session, case_id))


def _screen(session: Any, case_id: str, clause_id: str, *, typed: Any = None, refusal: Any = None) -> ClauseScreen:
    table, file = _table(session, case_id), _clause(session, case_id, clause_id)
    return ClauseScreen.of(
        table, file, request.values, typed=typed, said=sentence_for(refusal) if refusal else None, refusal=refusal
    )


def _table(session: Any, case_id: str) -> NegotiationRow:
    return negotiation_table(session, door.actor(), case_id, catalogue=door.engine().catalogue, now=door.now())


def _clause(session: Any, case_id: str, clause_id: str) -> ClauseFile:
    catalogue = door.engine().catalogue
    return clause_file(session, door.actor(), case_id, clause_id, catalogue=catalogue, now=door.now())


def _around(session: Any, case_id: str) -> dict[str, Any]:
    """What the frame of the case page shows."""
    file = case_file(session, door.actor(), case_id, catalogue=door.engine().catalogue, now=door.now())
    return {"file": file, "case": file.case, "part": "negotiation"}
