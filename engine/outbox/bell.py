"""Celery, set up so that a message may be lost, doubled or late without harm."""

from typing import Any

from celery import Celery

from engine.engine import Engine
from engine.outbox.doing import do_job

TASK = "tongban.do_job"
HARD_TIME_LIMIT_SECONDS = 90


def make_bell(engine: Engine, broker_url: str) -> Celery:
    """A Celery application with one task. JSON only: a message is never unpickled."""
    app = Celery("tongban", broker=broker_url)
    app.conf.update(
        task_serializer="json",
        accept_content=["json"],
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        worker_prefetch_multiplier=1,
        task_ignore_result=True,
        task_time_limit=HARD_TIME_LIMIT_SECONDS,
        broker_connection_retry_on_startup=True,
        worker_hijack_root_logger=False,
        # The in-memory broker looks for messages once a second unless told otherwise.
        broker_transport_options={"visibility_timeout": 3600, "polling_interval": 0.02},
    )

    # Threads of a pool ask the default application; a shared task would belong to the first engine of the process.
    app.set_default()

    @app.task(name=TASK, shared=False)
    def ring(job_id: str) -> bool:
        return do_job(engine, job_id)

    return app


def rung(app: Celery) -> Any:
    """What a tick calls for each job."""
    return lambda job_id: app.send_task(TASK, (job_id,), task_id=job_id)
