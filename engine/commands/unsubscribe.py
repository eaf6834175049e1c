from dataclasses import dataclass
from typing import ClassVar

from engine.actor import SYSTEM
from engine.command import Command
from engine.commands.choose_notices import NoticesWrong
from engine.commands.recompute_clock import SystemOnly
from engine.errors import Problem
from engine.model import NoticeWishes, Person
from engine.notice_kinds import KINDS, REQUIRED, Way
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class Unsubscribe(Command[None]):
    """Send somebody no more mail of some kinds: what the link in a mail does, without signing in.

    Kinds that have to be served stay as they were. Without kinds: all mail.
    """

    is_recorded_when_refused: ClassVar[bool] = False

    person_id: str
    kinds: tuple[str, ...] = ()

    def execute(self, work: Work) -> None:
        if work.actor is not SYSTEM:
            raise SystemOnly()
        if unknown := [kind for kind in self.kinds if kind not in KINDS]:
            raise NoticesWrong(problems=[Problem(path=f"ways/{kind}", code="not_an_option") for kind in unknown])
        person = work.session.get(Person, self.person_id)
        if person is None:
            return
        wishes = work.session.get(NoticeWishes, self.person_id)
        if wishes is None:
            wishes = NoticeWishes.usual(self.person_id)
            work.session.add(wishes)
        off = dict.fromkeys(set(self.kinds or KINDS) - REQUIRED, Way.OFF.value)
        wishes.ways = {**wishes.ways, **off}
        work.record("mail_unsubscribed", actor=person.username, details={"kinds": sorted(off)})
