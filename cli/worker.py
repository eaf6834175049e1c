"""`tongban worker`: fires clocks and does jobs on a host of its own, behind a broker."""

import logging
import os
import socket
from threading import Event, Thread

import click


@click.command()
@click.option("--concurrency", default=4, show_default=True, help="Jobs done at the same time.")
def worker(concurrency: int) -> None:
    """Start a worker for TONGBAN_BROKER_URL; any number of them may run on any number of hosts."""
    from app import create_engine_from
    from engine.long_lived import set_aside
    from engine.outbox.bell import make_bell, rung
    from engine.outbox.ticking import tick_until
    from settings import Settings

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    settings = Settings.from_environment()
    if settings.is_embedded:
        raise click.ClickException("with memory:// the work is done inside `tongban serve`; set TONGBAN_BROKER_URL")
    engine = create_engine_from(settings)
    bell = make_bell(engine, settings.broker_url)
    stopped = Event()
    ticking = {"engine": engine, "ring": rung(bell), "seconds": 1.0}
    Thread(target=tick_until, args=(stopped,), kwargs=ticking, name="outbox-relay", daemon=True).start()
    name = f"tongban-{os.getpid()}@{socket.gethostname()}"  # Celery wants no two of one name
    set_aside()
    bell.worker_main(
        ["worker", "--pool=threads", f"--concurrency={concurrency}", f"--hostname={name}", "--loglevel=WARNING"]
    )
    stopped.set()
