"""The case file: what it waits for, who may act, deadlines, people, documents, history, diagram, audit."""

from typing import Any

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _

from engine.commands.cancel_case import CancelCase
from engine.commands.resume_case import ResumeCase
from engine.commands.suspend_case import SuspendCase
from engine.definitions.process import Element
from engine.queries.case_file import CaseFile, case_file
from engine.queries.chain_state import chain_state
from engine.queries.copies import copies_of, unread_copies
from engine.queries.diagram import DiagramState, DiagramUnknown, diagram
from engine.queries.dispatching import has_grounds
from engine.queries.history import HistoryFilter, history, step_of_case
from engine.queries.replay import Frame, replay
from engine.queries.told import told_of_case
from web import door
from web.case_replay import as_it_was, film
from web.case_sheets import chosen_act, number_given, sheets_of_case
from web.case_tabs import address_of_tab
from web.diagram_sheets import marks
from web.fragments import is_fragment
from web.initiative_words import initiatives_with_help
from web.people_words import parties_by_side
from web.permission import permission
from web.return_path import safe_path
from web.timeline import recent, timeline

ENTRIES = 100
RECENT = 6
screen = Blueprint("case_page", __name__)
_ORDERS = {"suspend": SuspendCase, "resume": ResumeCase, "cancel": CancelCase}


@screen.get("/cases/<case_id>")
@permission("case_party")
def show(case_id: str) -> Response | str:
    """The overview, or the tab that a link names when the case has it for this reader."""
    with door.reading() as session:
        file = _file(session, case_id)
        elsewhere = address_of_tab(file, request.args.get("tab", ""))
        if elsewhere:
            return redirect(elsewhere)
        latest = recent(_history(session, case_id, limit=ENTRIES).items, limit=RECENT)
        offers = initiatives_with_help(file.initiatives, file.process)
        return _render("overview", file, recent=latest, initiatives=offers, **_copies(session, file))


@screen.get("/cases/<case_id>/parties")
@permission("case_party")
def parties(case_id: str) -> str:
    with door.reading() as session:
        file = _file(session, case_id)
        if file.is_guest:
            return _render("people", file)
        dispatched = has_grounds(session, door.actor(), case_id, catalogue=door.engine().catalogue)
        return _render("people", file, told=_told(session, case_id), has_grounds=dispatched)


@screen.get("/cases/<case_id>/timeline")
@permission("case_party")
def show_timeline(case_id: str) -> str:
    """All of it, or acts of one kind or at one step; as a fragment beside the diagram too."""
    only = HistoryFilter(kind=request.args.get("kind"), element=request.args.get("element"))
    with door.reading() as session:
        file = _file(session, case_id)
        page = _history(session, case_id, only=only, cursor=request.args.get("cursor"), limit=ENTRIES)
        return _render(
            "at_step" if is_fragment() else "timeline",
            file, chapters=timeline(page.items), more=page.next, total=page.total,
            only=only, element=_step(session, case_id, only.element), passes=_passes(session, file, only),
        )  # fmt: skip


@screen.get("/cases/<case_id>/audit")
@permission("case_party")
def audit(case_id: str) -> str:
    with door.reading() as session:
        state = chain_state(session, door.actor(), case_id)
        page = _history(session, case_id, cursor=request.args.get("cursor"), limit=ENTRIES)
        return _render("audit", _file(session, case_id), chain=state, entries=page.items, more=page.next)


@screen.get("/cases/<case_id>/diagram")
@permission("case_party")
def show_diagram(case_id: str) -> str:
    """As it stands now, as it stood after an earlier act (`step`), or as it was left for another `version`."""
    with door.reading() as session:
        file, frames = _file(session, case_id), _frames(session, case_id)
        at, *wanted = chosen_act(frames)
        drawn = as_it_was(_drawn(session, case_id, *wanted), frames, at)
    part = "outline_at" if is_fragment() else "diagram"
    return _render(part, file, drawn=drawn, scene=at, marks=marks(drawn), **sheets_of_case(case_id, drawn))


@screen.get("/cases/<case_id>/film")
@permission("case_party")
def show_film(case_id: str) -> Response:
    """Every act of the case for the slider under the diagram."""
    with door.reading() as session:
        return jsonify(film(_frames(session, case_id), _drawn(session, case_id, None, None).versions))


@screen.get("/cases/<case_id>/diagram.bpmn")
@permission("case_party")
def diagram_file(case_id: str) -> Response:
    with door.reading() as session:
        drawn = _drawn(session, case_id, number_given("version"), number_given("until"))
    return Response(drawn.xml, content_type="application/xml; charset=utf-8")


@screen.post("/cases/<case_id>/<any(suspend, resume, cancel):order>")
@permission("case_party")
def give_order(case_id: str, order: str) -> Response:
    reason = request.form.get("reason", "").strip()
    if not reason:
        flash(_("请写明理由。"), "warn")
    else:
        door.run(_ORDERS[order](case_id=case_id, reason=reason))
        flash({"suspend": _("案件已挂起。"), "resume": _("案件已恢复。"), "cancel": _("案件已终止。")}[order], "good")
    return redirect(safe_path(request.form.get("next"), default=url_for("pages.case_page.show", case_id=case_id)))


def page_of_case(session: Any, case_id: str, part: str, **more: Any) -> str:
    """A part of the case that another module knows, under the head that all parts share."""
    return _render(part, _file(session, case_id), **more)


def _told(session: Any, case_id: str) -> Any:
    catalogue = door.engine().catalogue
    return told_of_case(session, door.actor(), case_id, catalogue=catalogue, cursor=request.args.get("cursor"))


def _file(session: Any, case_id: str) -> CaseFile:
    return case_file(session, door.actor(), case_id, catalogue=door.engine().catalogue, now=door.now())


def _history(session: Any, case_id: str, **wanted: Any) -> Any:
    return history(session, door.actor(), case_id, catalogue=door.engine().catalogue, **wanted)


def _copies(session: Any, file: CaseFile) -> dict[str, Any]:
    """What of the case was sent to whom to read, and what of it waits to be read by this person."""
    sent = () if file.is_guest else copies_of(session, door.actor(), file.case.id)
    return {"copies": sent, "to_read": unread_copies(session, door.actor(), file.case.id)}


def _passes(session: Any, file: CaseFile, only: HistoryFilter) -> list[Frame]:
    """The acts in which a token passed the step, the latest first: automatic steps leave no other trace."""
    if not only.element or file.is_guest:
        return []
    return [frame for frame in reversed(_frames(session, file.case.id)) if only.element in frame.passed]


def _frames(session: Any, case_id: str) -> tuple[Frame, ...]:
    return replay(session, door.actor(), case_id, catalogue=door.engine().catalogue)


def _render(part: str, file: CaseFile, **more: Any) -> str:
    sides = parties_by_side(file.parties)
    return render_template(f"cases/{part}.html", file=file, case=file.case, part=part, sides=sides, **more)


def _drawn(session: Any, case_id: str, version: int | None, until: int | None) -> DiagramState:
    """The diagram that is asked for; a called one that another version does not have gives way to the main one."""
    which, catalogue = request.args.get("diagram"), door.engine().catalogue
    wanted = {"catalogue": catalogue, "version": version, "until": until}
    try:
        return diagram(session, door.actor(), case_id, which=which, **wanted)
    except DiagramUnknown:
        if "step" not in request.args:
            raise
        return diagram(session, door.actor(), case_id, **wanted)


def _step(session: Any, case_id: str, element_id: str | None) -> Element | None:
    catalogue = door.engine().catalogue
    return step_of_case(session, door.actor(), case_id, element_id, catalogue=catalogue) if element_id else None
