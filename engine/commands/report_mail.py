from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from engine.actor import SYSTEM
from engine.command import Command
from engine.commands.recompute_clock import SystemOnly
from engine.model import Job, Mail, MailAddress
from engine.model.job import JobState
from engine.model.mail import MailState
from engine.work import Work

FIRST_PAUSE = timedelta(minutes=1)
MOST_ATTEMPTS = 8  # the last one nearly four days after the first


@dataclass(frozen=True, kw_only=True)
class ReportMail(Command[None]):
    """Note what became of a mail: sent, refused for good, or to be tried again after a longer pause each time."""

    is_recorded_when_refused: ClassVar[bool] = False

    job_id: str
    outcome: str
    answer: str
    is_address_refused: bool = False

    def execute(self, work: Work) -> None:
        if work.actor is not SYSTEM:
            raise SystemOnly()
        job = work.session.get(Job, self.job_id, with_for_update=True)
        if job is None or job.state in (JobState.DONE, JobState.DEAD):
            return
        mail = work.session.get_one(Mail, job.args["mail_id"], with_for_update=True)
        job.attempts, job.lease_until = mail.attempts, None
        if self.outcome == MailState.FAILED and mail.attempts < MOST_ATTEMPTS:
            mail.taken_until, mail.answer = None, self.answer[:1000]
            job.state, job.last_error = JobState.READY, self.answer[:1000]
            job.due_at = work.now + FIRST_PAUSE * 4 ** (mail.attempts - 1)
            return
        mail.settle(MailState(self.outcome), at=work.now, answer=self.answer)
        job.state = JobState.DONE
        if self.is_address_refused:
            address = work.session.get(MailAddress, mail.person_id)
            if address is not None and address.address == mail.address:
                address.refuse(self.answer, at=work.now)
        if mail.state != MailState.SENT:
            work.record("mail_not_sent", details={"mail": mail.id, "state": mail.state, "attempts": mail.attempts})
