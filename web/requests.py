"""我的诉求: what an enterprise asked for and where it stands; and the sheet with the code to scan."""

from typing import Any

import segno
from flask import Blueprint, abort, render_template, url_for
from markupsafe import Markup

from engine.queries.processes import StartForm, start_form
from engine.queries.requests import REQUESTS, has_requests, request_counts, requests
from web import door
from web.fragments import is_part_of_list
from web.initiative_words import initiatives_with_help
from web.list_filters import address_with, given
from web.permission import permission
from web.request_words import OUTCOMES, POINTS, SOLVED, headline

ROWS = 8
_SHOWN = {"open": True, "closed": False}
screen = Blueprint("requests", __name__)


@screen.get("/requests")
@permission("signed_in")
def show() -> str:
    """The open ones, unless the closed ones or all are asked for."""
    _must_be_for(door.actor())
    state = given("state") or "open"
    with door.reading() as session:
        rows = requests(
            session, door.actor(), catalogue=door.engine().catalogue, now=door.now(), is_open=_SHOWN.get(state),
            cursor=given("cursor"), limit=ROWS,
        )  # fmt: skip
        counts = request_counts(session, door.actor())
        return render_template(
            f"requests/{'more' if is_part_of_list() and given('cursor') else 'page'}.html", rows=rows, counts=counts,
            state=state, more=address_with(cursor=rows.next) if rows.next else None, process=REQUESTS,
            headline=headline, offers=initiatives_with_help, outcomes=OUTCOMES, points=POINTS, solved=SOLVED,
        )  # fmt: skip


@screen.get("/requests/qr")
@permission("signed_in")
def code() -> str:
    """A sheet to hang up: whoever scans the code and logs in has the form before them."""
    _must_be_for(door.actor())
    with door.reading() as session:
        found = _start(session)
    chosen = next((one for one in found.enterprises if one.id == given("enterprise")), None)
    address = url_for(
        "pages.start_case.form", process=REQUESTS, channel="qr", enterprise=chosen.id if chosen else None,
        _external=True,
    )  # fmt: skip
    return render_template(
        "requests/code.html", found=found, chosen=chosen, address=address, picture=_picture(address),
        towns=sorted({m.town for m in door.actor().memberships if m.town}),
    )  # fmt: skip


def _must_be_for(actor: Any) -> None:
    if not has_requests(actor):
        abort(404)


def _start(session: Any) -> StartForm:
    return start_form(session, door.actor(), REQUESTS, catalogue=door.engine().catalogue, now=door.now())


def _picture(address: str) -> Markup:
    """Drawn into the page: nothing has to be fetched, and it prints sharp at any size."""
    drawn = segno.make(address, error="m", micro=False)
    return Markup(drawn.svg_inline(scale=1, border=2, omitsize=True, svgclass="qr", lineclass=None))  # noqa: S704
