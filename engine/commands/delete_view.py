from dataclasses import dataclass

from engine.command import Command
from engine.commands.change_view import own_view
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class DeleteView(Command[None]):
    """Throw away a saved view of yours; a group that it was shared with loses it too."""

    view_id: str

    def execute(self, work: Work) -> None:
        work.session.delete(own_view(work, self.view_id))
