"""How somebody's worklist is arranged, and the views that they saved or that are shared with them."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.asking import Asked, QuestionWrong, asked_in
from engine.model import Desk, Person, SavedView
from engine.model.desk import ViewNotFound

DEFAULT_COLUMNS = ("clock", "task", "enterprise", "number", "stage", "since", "who", "flags")


@dataclass(frozen=True)
class ViewRow:
    """`audience` is the group that it is shared with; `is_mine` whether this reader may change it."""

    id: str
    name: str
    asked: Mapping[str, str]
    audience: str | None
    owner: str
    owner_name: str
    is_mine: bool


@dataclass(frozen=True)
class DeskRow:
    columns: tuple[str, ...]
    density: str
    views: tuple[ViewRow, ...]

    def view(self, view_id: str | None) -> ViewRow | None:
        return next((view for view in self.views if view.id == view_id), None)


def desk(session: Session, actor: Actor) -> DeskRow:
    """The desk with its views in the order that was chosen; new ones stand last, by name."""
    found = session.get(Desk, actor.person_id)
    order = {view_id: place for place, view_id in enumerate(found.view_order if found else ())}
    views = sorted(views_of(session, actor), key=lambda v: (order.get(v.id, len(order)), not v.is_mine, v.name))
    return DeskRow(
        columns=tuple(found.columns) if found and found.columns else DEFAULT_COLUMNS,
        density=found.density if found else "normal",
        views=tuple(views),
    )


def views_of(session: Session, actor: Actor) -> list[ViewRow]:
    """Those of this person and those shared with a group of theirs."""
    theirs = or_(SavedView.owner_id == actor.person_id, SavedView.audience.in_(actor.audiences))
    query = select(SavedView, Person.username, Person.name).join(Person, Person.id == SavedView.owner_id).where(theirs)
    return [
        ViewRow(v.id, v.name, v.asked, v.audience, username, name, v.owner_id == actor.person_id)
        for v, username, name in session.execute(query.order_by(SavedView.name, SavedView.id))
    ]


def asked_by(view: ViewRow) -> Asked:
    """What the view asks; one that was saved before an option went away asks for its queue alone."""
    try:
        return asked_in(view.asked)
    except QuestionWrong:
        return Asked()


def view_named(session: Session, actor: Actor, view_id: str) -> ViewRow:
    """Raises ViewNotFound."""
    found = next((view for view in views_of(session, actor) if view.id == view_id), None)
    if found is None:
        raise ViewNotFound()
    return found
