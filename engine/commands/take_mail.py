from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from engine.actor import SYSTEM
from engine.command import Command
from engine.commands.recompute_clock import SystemOnly
from engine.letters import letter_of
from engine.model import Job, Mail, MailAddress, Person
from engine.model.job import JobState
from engine.model.mail import MailKind, MailState
from engine.post import Letter
from engine.work import Work

# Longer than a mail server may take, shorter than the lease of the job.
TAKEN = timedelta(seconds=100)


@dataclass(frozen=True, kw_only=True)
class TakeMail(Command[Letter | None]):
    """Take the mail of a job to send it; None when it is done, being sent, or not to be sent any more."""

    is_recorded_when_refused: ClassVar[bool] = False

    job_id: str

    def execute(self, work: Work) -> Letter | None:
        if work.actor is not SYSTEM:
            raise SystemOnly()
        job = work.session.get(Job, self.job_id, with_for_update=True)
        if job is None or job.state in (JobState.DONE, JobState.DEAD):
            return None
        if job.state == JobState.READY and job.due_at > work.now:
            return None  # it failed and rests; this bell is a late one
        mail = work.session.get_one(Mail, job.args["mail_id"], with_for_update=True)
        if mail.state == MailState.WAITING and mail.taken_until is not None and mail.taken_until > work.now:
            return None
        person = work.session.get_one(Person, mail.person_id)
        address = work.session.get(MailAddress, mail.person_id)
        if mail.state != MailState.WAITING or address is None or not _is_wanted(mail, person, address):
            if mail.state == MailState.WAITING:
                mail.settle(MailState.DROPPED, at=work.now)
            job.state, job.lease_until = JobState.DONE, None
            return None
        mail.attempts, mail.taken_until = mail.attempts + 1, work.now + TAKEN
        return letter_of(work, mail, person, address)


def _is_wanted(mail: Mail, person: Person, address: MailAddress) -> bool:
    """Not for people who left, nor to an address that they changed meanwhile or that does not exist."""
    if person.left_at is not None or address.address != mail.address:
        return False
    return address.code is not None if mail.kind == MailKind.CONFIRMATION else address.is_usable
