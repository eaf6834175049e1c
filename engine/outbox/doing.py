"""One job, done by whoever hears the bell."""

import logging

from engine.actor import SYSTEM
from engine.commands.do_job import DoJob, FailJob
from engine.engine import Engine

log = logging.getLogger(__name__)


def do_job(engine: Engine, job_id: str) -> bool:
    """True when this call did it; False when it was done before, or failed and will be tried again."""
    try:
        return engine.run(DoJob(job_id=job_id), actor=SYSTEM)
    except Exception as error:
        log.exception("job %s failed", job_id)
        engine.run(FailJob(job_id=job_id, error=repr(error)), actor=SYSTEM)
        return False
