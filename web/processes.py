"""Which processes there are, and what each looks like."""

from typing import Any

from flask import Blueprint, Response, render_template, request, url_for

from engine.queries.processes import ProcessDetail, process_detail, processes
from web import door
from web.case_outline import outline
from web.diagram_sheets import links, listed
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
        found = _found(session, key)
    shown = request.args.get("diagram") or found.process.key
    kit = {"shown": shown, "address": lambda which: _address(key, which)}
    return render_template(
        "processes/process.html", found=found, process=found.process, outline=outline(found.process), shown=shown,
        listed_sheets=listed(found.sheets, here=frozenset(), **kit), links=links(found.sheets, **kit),
    )  # fmt: skip


@screen.get("/processes/<key>.bpmn")
@permission("signed_in")
def diagram_file(key: str) -> Response:
    with door.reading() as session:
        found = _found(session, key)
    return Response(found.xml, content_type="application/xml; charset=utf-8")


def _found(session: Any, key: str) -> ProcessDetail:
    which = request.args.get("diagram")
    return process_detail(session, door.actor(), key, catalogue=door.engine().catalogue, which=which)


def _address(key: str, which: str) -> str:
    return url_for("pages.processes.detail", key=key, diagram=None if which == key else which)
