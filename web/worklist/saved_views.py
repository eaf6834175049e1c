"""Saved views: keep what a list asks under a name, share it, put the views in order."""

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from engine.actor import ANYWHERE
from engine.commands.arrange_desk import ArrangeDesk
from engine.commands.change_view import ChangeView
from engine.commands.delete_view import DeleteView
from engine.commands.save_view import SaveView
from engine.errors import EngineError, NotFound
from engine.queries.desk import ViewRow, asked_by, desk, view_named
from engine.queries.people import me
from web import door
from web.error_pages import status_of
from web.fragments import is_fragment
from web.list_filters import given
from web.people_words import role_words
from web.permission import permission
from web.task_acts import gone_to, refusal_words
from web.worklist.chips import chips
from web.worklist.queue import VIEWS, address_of, asked_here, words_of
from web.worklist.screen import screen


@screen.get("/views/new")
@permission("signed_in")
def ask_save() -> str:
    return _dialog(name="", audience="")


@screen.post("/views/new")
@permission("signed_in")
def save() -> Response:
    asked, name, audience = asked_here(), request.form.get("name", ""), request.form.get("audience", "")
    try:
        view_id = door.run(SaveView(name=name, asked=asked.as_words(), audience=audience or None))
    except EngineError as refusal:
        return _again(_dialog(name=name, audience=audience, wrong=refusal_words(refusal)), refusal)
    flash(_("视图已保存。"), "good")
    return gone_to(address_of(asked, saved=view_id))


@screen.get("/views")
@permission("signed_in")
def show_views() -> str:
    with door.reading() as session:
        views = desk(session, door.actor()).views
        told = {view.id: chips(session, asked_by(view)) for view in views}
        groups = _groups(session)
    return render_template(
        "worklist/views.html", views=views, told=told, queues=VIEWS, groups=groups, asked_by=asked_by
    )


@screen.post("/views/order")
@permission("signed_in")
def order_views() -> Response:
    """The ids in their new order; or, without scripts, one view and where it moves."""
    ids = request.form.getlist("id")
    view_id, _colon, where = request.form.get("move", "").partition(":")
    if view_id in ids:
        place = max(0, ids.index(view_id) + (-1 if where == "up" else 1))
        ids = [other for other in ids if other != view_id]
        ids.insert(place, view_id)
    door.run(ArrangeDesk(view_order=tuple(ids)))
    if is_fragment():
        return Response(status=204)
    return redirect(url_for("pages.worklist.show_views") + (f"#view-{view_id}" if view_id else ""))


@screen.get("/views/<view_id>")
@permission("signed_in")
def edit_view(view_id: str) -> str:
    view = _mine(view_id)
    return _dialog(name=view.name, audience=view.audience or "", view=view)


@screen.post("/views/<view_id>")
@permission("signed_in")
def change_view(view_id: str) -> Response:
    """Another name or group; or what the list in the address asks now."""
    form = request.form
    name, audience = form.get("name"), form.get("audience")
    asked = asked_here().as_words() if "update" in form else None
    try:
        door.run(ChangeView(view_id=view_id, name=name, audience=audience, asked=asked))
    except EngineError as refusal:
        if isinstance(refusal, NotFound):
            raise
        again = _dialog(name=name or "", audience=audience or "", view=_mine(view_id), wrong=refusal_words(refusal))
        return _again(again, refusal)
    flash(_("视图已更新。"), "good")
    return gone_to(address_of(asked_here(), saved=view_id) if asked else url_for("pages.worklist.show_views"))


@screen.post("/views/<view_id>/delete")
@permission("signed_in")
def delete_view(view_id: str) -> Response:
    door.run(DeleteView(view_id=view_id))
    flash(_("视图已删除。"), "good")
    return redirect(url_for("pages.worklist.show_views"))


def _mine(view_id: str) -> ViewRow:
    with door.reading() as session:
        return view_named(session, door.actor(), view_id)


def _again(dialog: str, refusal: EngineError) -> Response:
    return Response(dialog, 422 if is_fragment() else status_of(refusal))


def _dialog(*, name: str, audience: str, view: ViewRow | None = None, wrong: Any = ()) -> str:
    asked = asked_by(view) if view else asked_here()
    with door.reading() as session:
        told, groups = chips(session, asked), _groups(session)
    return render_template(
        "worklist/save_view.html" if is_fragment() else "worklist/save_view_page.html",
        name=name, audience=audience, view=view, wrong=wrong, chips=told, groups=groups, queues=VIEWS, asked=asked,
        words=words_of(asked), back=address_of(asked, saved=given("saved")),
    )  # fmt: skip


def _groups(session: Any) -> dict[str, str]:
    """The groups of this person by audience, as people call them."""
    person = me(session, door.actor(), now=door.now())
    places = {o.id: o.name for o in person.organisations}
    found = {}
    for membership in person.memberships:
        place = places.get(membership.organisation_id or "") or membership.town or ""
        key = f"org:{membership.organisation_id}" if membership.organisation_id else membership.town or ANYWHERE
        found[f"{membership.group}@{key}"] = role_words(membership.group) + (f"（{place}）" if place else "")
    return found
