from dataclasses import dataclass
from datetime import date

from engine.command import Command
from engine.groups import AUDITORS
from engine.permissions import must_be_in
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class TakeAuditExcerpt(Command[None]):
    """Record that the audit administrator takes entries out of the system, and which."""

    stream: str
    since: date | None = None
    until: date | None = None
    form: str = "evidence"

    def execute(self, work: Work) -> None:
        must_be_in(work.actor, AUDITORS)
        facts = {"stream": self.stream, "form": self.form}
        facts |= {"since": self.since.isoformat()} if self.since else {}
        facts |= {"until": self.until.isoformat()} if self.until else {}
        work.administer("audit_exported", details=facts)
