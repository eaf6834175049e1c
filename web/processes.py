"""Which processes there are, and what each looks like."""

from flask import Blueprint, Response, render_template

from engine.queries.processes import process_detail, processes
from web import door
from web.case_outline import outline
from web.permission import permission

screen = Blueprint("processes", __name__)


@screen.get("/processes")
@permission("signed_in")
def show() -> str:
    with door.reading() as session:
        return render_template(
            "processes/list.html", rows=processes(session, door.actor(), catalogue=door.engine().catalogue)
        )


@screen.get("/processes/<key>")
@permission("signed_in")
def detail(key: str) -> str:
    with door.reading() as session:
        found = process_detail(session, door.actor(), key, catalogue=door.engine().catalogue)
    return render_template("processes/process.html", found=found, process=found.process, outline=outline(found.process))


@screen.get("/processes/<key>.bpmn")
@permission("signed_in")
def diagram_file(key: str) -> Response:
    with door.reading() as session:
        found = process_detail(session, door.actor(), key, catalogue=door.engine().catalogue)
    return Response(found.xml, content_type="application/xml; charset=utf-8")
