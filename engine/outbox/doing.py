"""One job, done by whoever hears the bell."""

import logging
from collections.abc import Callable, Mapping

from engine.actor import SYSTEM
from engine.commands.do_job import DoJob, FailJob
from engine.engine import Engine
from engine.outbox.batching import work_ahead
from engine.outbox.posting import send_mail
from engine.queries.due import job_kind

log = logging.getLogger(__name__)
# What leaves the house is not done inside a transaction.
OUTSIDE: Mapping[str, Callable[[Engine, str], bool]] = {"send_mail": send_mail}


def do_job(engine: Engine, job_id: str) -> bool:
    """True when this call did it; False when it was done before, or failed and will be tried again."""
    try:
        with engine.reading() as session:
            outside = OUTSIDE.get(job_kind(session, job_id) or "")
        if outside is not None:
            return outside(engine, job_id)
        work_ahead(engine, job_id)
        return engine.run(DoJob(job_id=job_id), actor=SYSTEM)
    except Exception as error:
        log.exception("job %s failed", job_id)
        engine.run(FailJob(job_id=job_id, error=repr(error)), actor=SYSTEM)
        return False
