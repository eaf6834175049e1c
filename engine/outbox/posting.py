"""Sending mail: the letter is taken in one transaction, travels outside of any, and another notes what became of it.

A worker that dies in between leaves a mail that is sent once more with the same Message-ID, by which mail
programmes know it again. Nothing is sent while a transaction holds a lock.
"""

import logging

from engine.actor import SYSTEM
from engine.commands.report_mail import ReportMail
from engine.commands.take_mail import TakeMail
from engine.engine import Engine
from engine.model.mail import MailState
from engine.post import LetterRefused

log = logging.getLogger(__name__)


def send_mail(engine: Engine, job_id: str) -> bool:
    """True when this call sent it or learned that it never can."""
    letter = engine.run(TakeMail(job_id=job_id), actor=SYSTEM)
    if letter is None:
        return False
    outcome, answer, is_address_refused = MailState.SENT, "", False
    try:
        if engine.post is None:
            raise ConnectionError("no mail server is set up")
        answer = engine.post.send(letter)
    except LetterRefused as refused:
        outcome, answer, is_address_refused = MailState.REFUSED, refused.answer, refused.is_address
    except Exception as trouble:
        log.warning("mail %s was not sent", letter.mail_id, exc_info=True)
        outcome, answer = MailState.FAILED, f"{type(trouble).__name__}: {trouble}"
    report = ReportMail(job_id=job_id, outcome=outcome, answer=answer, is_address_refused=is_address_refused)
    engine.run(report, actor=SYSTEM)
    return outcome != MailState.FAILED
