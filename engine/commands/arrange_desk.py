from dataclasses import dataclass

from engine.command import Command
from engine.errors import Problem, Rejected
from engine.model import Desk
from engine.work import Work

COLUMNS = (
    "clock", "task", "enterprise", "number", "stage", "since", "who", "flags", "matter", "town", "process", "due",
    "received", "follow_up",
)  # fmt: skip
ALWAYS = ("clock", "task")
DENSITIES = ("compact", "normal", "comfortable")
MOST_VIEWS = 200


class DeskWrong(Rejected):
    """A worklist shows columns that exist, clock and task always among them, in one of three heights of rows."""


@dataclass(frozen=True, kw_only=True)
class ArrangeDesk(Command[None]):
    """Choose the columns of your worklist and their order, the height of its rows, the order of saved views."""

    columns: tuple[str, ...] | None = None
    density: str | None = None
    view_order: tuple[str, ...] | None = None

    def execute(self, work: Work) -> None:
        self._must_be_right()
        desk = work.session.get(Desk, work.actor.person_id)
        if desk is None:
            desk = Desk(person_id=work.actor.person_id, columns=[], density="normal", view_order=[])
            work.session.add(desk)
        desk.columns = desk.columns if self.columns is None else list(self.columns)
        desk.density = self.density or desk.density
        desk.view_order = desk.view_order if self.view_order is None else list(self.view_order)

    def _must_be_right(self) -> None:
        columns, problems = self.columns, []
        if columns is not None and (len(set(columns)) < len(columns) or not {*ALWAYS} <= {*columns} <= {*COLUMNS}):
            problems.append(Problem(path="columns", code="not_an_option"))
        if self.density is not None and self.density not in DENSITIES:
            problems.append(Problem(path="density", code="not_an_option"))
        if len(self.view_order or ()) > MOST_VIEWS:
            problems.append(Problem(path="view_order", code="too_many_items", params={"limit": MOST_VIEWS}))
        if problems:
            raise DeskWrong(problems=problems)
