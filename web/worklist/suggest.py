"""What the search field offers while somebody types."""

from flask import render_template, request

from web import door
from web.permission import permission
from web.worklist.queue import LONGEST, asked_here
from web.worklist.screen import screen
from web.worklist.typed import suggestions


@screen.get("/tasks/suggest")
@permission("signed_in")
def suggest() -> str:
    typed = request.args.get("typed", "")[:LONGEST]
    with door.reading() as session:
        found = suggestions(session, asked_here(), typed)
    return render_template("worklist/suggestions.html", found=found)
