from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select

from engine.actor import Actor
from engine.asking import asked_in
from engine.command import Command
from engine.errors import Conflict, NotAllowed, Problem, Rejected
from engine.model import SavedView
from engine.model.base_model import new_id
from engine.work import Work

LONGEST_NAME = 60
MOST_VIEWS = 50


class ViewNameWrong(Rejected):
    """A saved view has a name of at most 60 characters."""


class ViewNameTaken(Conflict):
    """This person has a saved view of this name already."""


class TooManyViews(Conflict):
    """A person keeps at most 50 saved views."""


class NotOfGroup(NotAllowed):
    """A view is shared with a group that one belongs to."""


@dataclass(frozen=True, kw_only=True)
class SaveView(Command[str]):
    """Keep a queue with its filters under a name, for yourself or shared with a group of yours; gives its id."""

    name: str
    asked: Mapping[str, Any] = field(default_factory=dict)
    audience: str | None = None

    def execute(self, work: Work) -> str:
        name, asked = plain_name(self.name), asked_in(self.asked)
        must_be_of(work.actor, self.audience)
        must_be_free(work, name)
        if (
            work.session.scalar(select(func.count()).where(SavedView.owner_id == work.actor.person_id)) or 0
        ) >= MOST_VIEWS:
            raise TooManyViews()
        view = SavedView(id=new_id(), owner_id=work.actor.person_id, name=name, changed_at=work.now)
        view.asked, view.audience = asked.as_words(), self.audience
        work.session.add(view)
        return view.id


def plain_name(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise ViewNameWrong(
            problems=[Problem(path="name", code="required" if not name else "too_long", params={"limit": LONGEST_NAME})]
        )
    return name


def must_be_of(actor: Actor, audience: str | None) -> None:
    """Nobody puts views before people that are not of his own."""
    if audience is not None and ("@" not in audience or audience not in actor.audiences):
        raise NotOfGroup()


def must_be_free(work: Work, name: str, *, without: str | None = None) -> None:
    mine = select(SavedView.id).where(SavedView.owner_id == work.actor.person_id, SavedView.name == name)
    if any(id_ != without for id_ in work.session.scalars(mine)):
        raise ViewNameTaken(problems=[Problem(path="name", code="taken")])
