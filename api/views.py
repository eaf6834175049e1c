"""Saved views: a queue with its filters under a name, of my own or shared with a group of mine."""

from typing import Any

from flask import Response

from api.blueprint import ApiBlueprint
from api.current import the_actor, the_engine
from api.idempotency import run
from api.paging import PageQuestion, page_of
from api.permissions import permission
from api.schemas.tasks import TaskAnswer
from api.schemas.views import DeskAnswer, DeskQuestion, ViewAnswer, ViewId, ViewQuestion
from engine.commands.arrange_desk import ArrangeDesk
from engine.commands.change_view import ChangeView
from engine.commands.delete_view import DeleteView
from engine.commands.save_view import SaveView
from engine.queries.desk import asked_by, desk, view_named
from engine.queries.paging import Page
from engine.queries.task_filters import filter_of
from engine.queries.worklist import worklist

views = ApiBlueprint("views", "Saved views of tasks, and how a worklist is arranged.")


@views.get("/views")
@permission("signed_in")
@views.response(200, page_of(ViewAnswer))
def list_views() -> object:
    """The views of this person and those shared with a group of theirs, in the order of their desk."""
    with the_engine().reading() as session:
        found = desk(session, the_actor()).views
    return Page(found, None, len(found))


@views.post("/views")
@permission("signed_in")
@views.arguments(ViewQuestion)
@views.response(201, ViewId)
def save(question: dict) -> dict:
    """Keep a queue with its filters under a name."""
    return {"id": run(SaveView(**{**question, "asked": _told(question["asked"])}))}


@views.get("/views/<view_id>")
@permission("signed_in")
@views.response(200, ViewAnswer)
def one_view(view_id: str) -> object:
    """One view."""
    with the_engine().reading() as session:
        return view_named(session, the_actor(), view_id)


@views.put("/views/<view_id>")
@permission("signed_in")
@views.arguments(ViewQuestion)
@views.response(204)
def change(question: dict, view_id: str) -> Response:
    """Give a view another name, other filters, another group to share it with; only the owner can."""
    run(
        ChangeView(
            view_id=view_id,
            name=question["name"],
            asked=_told(question["asked"]),
            audience=question["audience"] or "",
        )
    )
    return Response(status=204)


@views.delete("/views/<view_id>")
@permission("signed_in")
@views.response(204)
def delete(view_id: str) -> Response:
    """Throw a view of one's own away."""
    run(DeleteView(view_id=view_id))
    return Response(status=204)


@views.get("/views/<view_id>/tasks")
@permission("signed_in")
@views.arguments(PageQuestion, location="query")
@views.response(200, page_of(TaskAnswer))
def tasks_of_view(question: dict, view_id: str) -> object:
    """One page of the tasks that this person finds in the view."""
    engine, now = the_engine(), the_engine().now()
    with engine.reading() as session:
        filters = filter_of(asked_by(view_named(session, the_actor(), view_id)), now=now)
        return worklist(session, the_actor(), filters=filters, catalogue=engine.catalogue, now=now, **question)


@views.get("/me/desk")
@permission("signed_in")
@views.response(200, DeskAnswer)
def my_desk() -> object:
    """Columns, height of rows and views of this person's worklist."""
    with the_engine().reading() as session:
        return desk(session, the_actor())


@views.put("/me/desk")
@permission("signed_in")
@views.arguments(DeskQuestion)
@views.response(204)
def arrange(question: dict) -> Response:
    """Choose columns, height of rows, order of views."""
    order = question["view_order"]
    run(
        ArrangeDesk(
            columns=tuple(question["columns"]),
            density=question["density"],
            view_order=None if order is None else tuple(order),
        )
    )
    return Response(status=204)


def _told(asked: dict[str, Any]) -> dict[str, str]:
    return {name: value for name, value in asked.items() if value is not None}
