from dataclasses import dataclass

from engine.command import Command
from engine.errors import NotFound
from engine.groups import SECURITY
from engine.handing_back import put_back_what_is_over
from engine.model import StandIn
from engine.model.case import must_give_reason
from engine.naming_stand_ins import end_stand_in
from engine.work import Work

MOST = 1_000
ENDED = "代理终止 stand-in ended"


class StandInNotFound(NotFound):
    """There is no such stand-in, or it is nothing of yours."""


@dataclass(frozen=True, kw_only=True)
class EndStandIn(Command[int]):
    """End a stand-in before its last day, or decline one; tasks held for the absent go back, gives their number.

    Either of the two may do it, and the security administrator with a reason.
    """

    stand_in_id: str
    reason: str = ""

    def execute(self, work: Work) -> int:
        found = work.session.get(StandIn, self.stand_in_id, with_for_update=True)
        is_theirs = found is not None and work.actor.person_id in (found.person_id, found.stand_in_id)
        if found is None or not (is_theirs or work.actor.is_in(SECURITY)):
            raise StandInNotFound(stand_in_id=self.stand_in_id)
        if not is_theirs:
            must_give_reason(self.reason)
        end_stand_in(work, found, reason=self.reason.strip() or None)
        return put_back_what_is_over(work, reason=ENDED, limit=MOST)
