"""One task after the other, without going back to the list: the next one is claimed and opened."""

from flask import Response, flash, redirect, request, url_for
from flask_babel import gettext as _

from engine.queries.worklist import one_task
from web import door
from web.next_task import take_next
from web.permission import permission
from web.worklist.queue import address_of, asked_here, carried, words_of
from web.worklist.screen import screen


@screen.post("/tasks/next")
@permission("signed_in")
def begin() -> Response:
    """The first one of the list that this address asks for; behind `after`, when a task is passed over."""
    asked = carried() or asked_here()
    after = request.form.get("after")
    with door.reading() as session:
        passed = one_task(session, door.actor(), after, catalogue=door.engine().catalogue) if after else None
    found = take_next(asked, passed)
    if found is None:
        flash(_("这个列表里没有您可以办理的任务了。"), "good")
        return redirect(address_of(asked))
    return redirect(url_for("pages.task_page.show", task_id=found, queue=words_of(asked)))
