from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select

from engine.actor import SYSTEM
from engine.command import Command
from engine.commands.recompute_clock import SystemOnly
from engine.experts import experts_to_let_go, experts_to_warn_of, federation_members, let_go, warned_before
from engine.model import Expert, Person
from engine.telling import tell
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class WarnOfExperts(Command[int]):
    """Tell experts and the federation that a licence or a term ends soon, once for each end; gives their number.

    Whose licence or term is over leaves the cases that were offered to them, and those that they work on are told.
    """

    is_recorded_when_refused: ClassVar[bool] = False

    limit: int = 200

    def execute(self, work: Work) -> int:
        if work.actor is not SYSTEM:
            raise SystemOnly()
        self._let_go(work)
        due = select(Expert).where(experts_to_warn_of(work.session, work.today)).order_by(Expert.person_id)
        found = work.session.scalars(due.limit(self.limit).with_for_update()).all()
        keepers = federation_members(work.session) if found else []
        for expert in found:
            _warn(work, expert, keepers)
        return len(found)

    def _let_go(self, work: Work) -> None:
        over = select(Expert).where(experts_to_let_go(work.today)).order_by(Expert.person_id)
        for expert in work.session.scalars(over.limit(self.limit).with_for_update()).all():
            expert.released_of = expert.ends_on
            let_go(work, expert.person_id)


def _warn(work: Work, expert: Expert, keepers: list[str]) -> None:
    """The end that comes first, and the other one when it comes as soon."""
    soon = work.today + warned_before(work.session, work.today)
    ends = {name: getattr(expert, name) for name in ("licence_until", "term_to")}
    facts = {name: last.isoformat() for name, last in ends.items() if last <= soon}
    named = {"expert_id": expert.person_id, "person": work.session.get_one(Person, expert.person_id).name}
    expert.warned_of = expert.ends_on
    work.session.flush()
    about = f"{expert.person_id}:{expert.ends_on.isoformat()}"
    tell(work, [expert.person_id, *keepers], kind="expert_ending", params={**named, **facts}, about=about)
