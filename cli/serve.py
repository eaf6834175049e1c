"""`tongban serve`: pages and API on gunicorn; without a broker, the background work in the same process."""

import logging
from typing import Any

import click
from gunicorn.app.base import BaseApplication

from app import create_app
from engine.long_lived import set_aside
from settings import Settings

GRACEFUL_SECONDS = 30


class Server(BaseApplication):  # type: ignore[misc]
    """One process with threads. The application is made after the fork, so no thread or connection is shared."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        options = {
            "bind": f"{self._settings.host}:{self._settings.port}",
            "workers": 1,
            "worker_class": "gthread",
            "threads": self._settings.threads,
            "graceful_timeout": GRACEFUL_SECONDS,
            "timeout": 120,
            "accesslog": None,
            "loglevel": "warning",
            "proc_name": "tongban",
            # The heartbeat file must not lie on a disk that may be slow.
            "worker_tmp_dir": _memory_folder(),
            "control_socket_disable": True,
        }
        for name, value in options.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:
        app = create_app(self._settings)
        if self._settings.is_embedded:
            from engine.outbox.embedded import EmbeddedWorker

            EmbeddedWorker(app.extensions["tongban"]).start()
        set_aside()
        return app


def _memory_folder() -> str | None:
    from pathlib import Path

    return "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108


@click.command()
def serve() -> None:
    """Start the application on TONGBAN_HOST:TONGBAN_PORT."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for chatty in ("kombu", "celery", "spiff"):
        logging.getLogger(chatty).setLevel(logging.ERROR)
    settings = Settings.from_environment()
    click.echo(f"Tongban 通办: http://{settings.host}:{settings.port}  (stop with Ctrl+C)")
    Server(settings).run()
