"""The clock of training systems: move the time forward and see what becomes due."""

from datetime import timedelta

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask_babel import gettext as _

from web import door
from web.language import moment
from web.permission import permission
from web.return_path import came_from

MOST_DAYS = 3650
screen = Blueprint("training_clock", __name__)


@screen.post("/training-clock")
@permission("demo")
def advance() -> Response:
    given = request.form.get("other_days") or request.form.get("days", "")
    if not given.isdecimal() or not 0 < int(given) <= MOST_DAYS:
        flash(_("请填写 1 到 3650 之间的天数。"), "warn")
        return redirect(came_from(default=url_for("pages.worklist.show")))
    door.engine().advance_training_clock(timedelta(days=int(given)), actor=door.actor())
    flash(_("演练时钟已拨到 %(time)s。", time=moment(door.engine().now())), "good")
    return redirect(came_from(default=url_for("pages.worklist.show")))
