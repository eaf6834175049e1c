from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.asking import asked_in
from engine.command import Command
from engine.commands.save_view import must_be_free, must_be_of, plain_name
from engine.model import SavedView
from engine.model.desk import ViewNotFound
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class ChangeView(Command[None]):
    """Give a saved view of yours another name, other filters, or another group to share it with ("" for nobody)."""

    view_id: str
    name: str | None = None
    asked: Mapping[str, Any] | None = None
    audience: str | None = None

    def execute(self, work: Work) -> None:
        view = own_view(work, self.view_id)
        if self.name is not None:
            name = plain_name(self.name)
            must_be_free(work, name, without=view.id)
            view.name = name
        if self.asked is not None:
            view.asked = asked_in(self.asked).as_words()
        if self.audience is not None:
            must_be_of(work.actor, self.audience or None)
            view.audience = self.audience or None
        view.changed_at = work.now


def own_view(work: Work, view_id: str) -> SavedView:
    """Raises ViewNotFound: what is shared with somebody they open, and do not change."""
    view = work.session.get(SavedView, view_id, with_for_update=True)
    if view is None or view.owner_id != work.actor.person_id:
        raise ViewNotFound()
    return view
