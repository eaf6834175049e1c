"""One job, done by whoever hears the bell."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from engine.actor import SYSTEM
from engine.commands.do_job import DoJob, FailJob, FinishJob
from engine.engine import Engine
from engine.outbox.batching import work_ahead
from engine.outbox.forgetting import forget_rewritten
from engine.outbox.migrating import move_ahead
from engine.outbox.posting import send_mail
from engine.queries.due import job_to_do

log = logging.getLogger(__name__)
# What leaves the house, and what is done to the files of the database, is not done inside a transaction.
OUTSIDE: Mapping[str, Callable[[Engine, str], bool]] = {"forget_rewritten": forget_rewritten, "send_mail": send_mail}


def do_job(engine: Engine, job_id: str) -> bool:
    """True when this call did it; False when it was done before, or failed and will be tried again."""
    try:
        with engine.reading() as session:
            kind, args = job_to_do(session, job_id, now=engine.now()) or ("", {})
        if kind in OUTSIDE:
            return OUTSIDE[kind](engine, job_id)
        if kind in engine.errands:
            return _errand(engine, job_id, kind, args)
        work_ahead(engine, job_id)
        move_ahead(engine, job_id)
        return engine.run(DoJob(job_id=job_id), actor=SYSTEM)
    except Exception as error:
        log.exception("job %s failed", job_id)
        engine.run(FailJob(job_id=job_id, error=repr(error)), actor=SYSTEM)
        return False


def _errand(engine: Engine, job_id: str, kind: str, args: Mapping[str, Any]) -> bool:
    """What takes its time holds no transaction: it is done first and marked afterwards."""
    engine.errands[kind](engine, args)
    engine.run(FinishJob(job_id=job_id), actor=SYSTEM)
    return True
