"""Relay and Celery worker inside the web process: `make run` needs no other server."""

from threading import Event, Thread
from typing import Any

from celery.worker import WorkController

from engine.engine import Engine
from engine.outbox.bell import make_bell, rung
from engine.outbox.ticking import tick_until

TICK_SECONDS = 1.0


class EmbeddedWorker:
    """Starts daemon threads; create it after a fork, never before."""

    def __init__(self, engine: Engine, *, broker_url: str = "memory://", threads: int = 2) -> None:
        self._stopped = Event()
        self._app = make_bell(engine, broker_url)
        self._worker: Any = WorkController(
            app=self._app,
            pool_cls="threads",
            concurrency=threads,
            without_heartbeat=True,
            without_mingle=True,
            without_gossip=True,
            quiet=True,
        )
        ticking = {"engine": engine, "ring": rung(self._app), "seconds": TICK_SECONDS}
        self._threads = [
            Thread(target=self._worker.start, name="outbox-worker", daemon=True),
            Thread(target=tick_until, args=(self._stopped,), kwargs=ticking, name="outbox-relay", daemon=True),
        ]

    def start(self) -> "EmbeddedWorker":
        for thread in self._threads:
            thread.start()
        return self

    def stop(self) -> None:
        self._stopped.set()
        self._worker.stop(in_sighandler=True)
        self._threads[1].join(timeout=5)
