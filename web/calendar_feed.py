"""Somebody's deadlines and meetings for calendar programmes: whoever knows the secret address reads them."""

import hashlib
from datetime import timedelta

from flask import Blueprint, Response, current_app, g, request
from flask_babel import gettext as _

from engine.queries.calendar_feed import FeedEvent, calendar_feed
from web import door
from web.calendar_text import Entry, calendar
from web.permission import permission

screen = Blueprint("calendar_feed", __name__)
_HALF_HOUR, _TWO_HOURS = timedelta(minutes=30), timedelta(hours=2)
_THE_DAY_BEFORE = timedelta(hours=15)  # nine in the morning, for what takes a whole day


@screen.get("/calendar/<token>.ics")
@permission("public")
def read(token: str) -> Response:
    with door.reading() as session:
        feed = calendar_feed(session, token, now=door.now())
    g.actor = feed  # its reader's language
    content = calendar(_("通办：期限与会议"), map(_entry, feed.events))
    answer = Response(content, content_type="text/calendar; charset=utf-8")
    answer.set_etag(hashlib.sha256(content).hexdigest()[:32])
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Content-Disposition"] = 'inline; filename="tongban.ics"'
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer.make_conditional(request)


def _entry(event: FeedEvent) -> Entry:
    """A deadline at an hour is shown as the half hour before it; of a meeting only its beginning is known."""
    words = {"deadline": _("截止"), "meeting": _("会议"), "vote": _("投票截止")}[event.kind]
    is_meeting = event.kind == "meeting"
    about = " · ".join(filter(None, (event.case_number, event.case_title)))
    link = f"{current_app.config['PUBLIC_ADDRESS']}{event.path}"
    return Entry(
        uid=f"{event.uid}@tongban",
        title=f"{words} {event.title}"
        + (_("（代%(person)s）", person=event.on_behalf_of) if event.on_behalf_of else ""),
        text=f"{about}\n{link}",
        link=link,
        at=event.at if is_meeting else event.at - _HALF_HOUR,
        on=event.on,
        lasts=_TWO_HOURS if is_meeting else _HALF_HOUR,
        alarm=_THE_DAY_BEFORE if event.on else timedelta(hours=1),
        since=event.since,
        place=event.place,
    )
