import re
from collections.abc import Mapping
from dataclasses import dataclass

from engine.command import Command
from engine.errors import Problem, Rejected
from engine.model import NoticeWishes
from engine.notice_kinds import KINDS, REQUIRED, Way
from engine.work import Work

_HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


class NoticesWrong(Rejected):
    """Notices go at once, by the clock, with the digest or not at all by mail; hours are written 08:30."""


@dataclass(frozen=True, kw_only=True)
class ChooseNotices(Command[None]):
    """Choose for each kind of notice how it goes by mail, the hour of the daily digest, and the hours of silence."""

    ways: Mapping[str, str] | None = None
    digest_at: str | None = None
    quiet_from: str | None = None
    quiet_until: str | None = None

    def execute(self, work: Work) -> None:
        self._must_be_right()
        wishes = work.session.get(NoticeWishes, work.actor.person_id)
        if wishes is None:
            wishes = NoticeWishes.usual(work.actor.person_id)
            work.session.add(wishes)
        wishes.ways = {**wishes.ways, **(self.ways or {})}
        wishes.digest_at = self.digest_at or wishes.digest_at
        if self.quiet_from is not None and self.quiet_until is not None:
            wishes.quiet_from, wishes.quiet_until = self.quiet_from or None, self.quiet_until or None

    def _must_be_right(self) -> None:
        problems = [
            Problem(path=f"ways/{kind}", code="not_an_option")
            for kind, way in (self.ways or {}).items()
            if kind not in KINDS or way not in list(Way) or (way == Way.OFF and kind in REQUIRED)
        ]
        hours = {"digest_at": self.digest_at, "quiet_from": self.quiet_from, "quiet_until": self.quiet_until}
        problems += [
            Problem(path=name, code="not_a_time") for name, hour in hours.items() if hour and not _HOUR.fullmatch(hour)
        ]
        if bool(self.quiet_from) != bool(self.quiet_until):
            problems.append(Problem(path="quiet_until" if self.quiet_from else "quiet_from", code="required"))
        if problems:
            raise NoticesWrong(problems=problems)
