"""`tongban serve` as somebody runs it who wants to know everything: with an access log.

`python -m tests.logged_server URL FOLDER PORT LOG`. The application itself never writes one.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cli.serve import Server
from settings import Settings
from tests.servers import free_port, wait_for_port

# When, from where, what, how it ended, how long the answer was, how long it took, with which headers.
EVERYTHING = '%(h)s %(t)s "%(r)s" %(s)s %(B)s %(D)s "%(f)s" "%(a)s" "%({content-length}i)s"'


class LoggedServer(Server):
    def __init__(self, settings: Settings, access_log: Path) -> None:
        self._access_log = access_log
        super().__init__(settings)

    def load_config(self) -> None:
        super().load_config()
        self.cfg.set("accesslog", str(self._access_log))
        self.cfg.set("access_log_format", EVERYTHING)


@dataclass(frozen=True)
class Logs:
    """`said` is what the server itself writes to its terminal."""

    port: int
    access: Path
    said: Path


@contextmanager
def logged_server(url: str, *, data_dir: Path, logs: Path) -> Iterator[Logs]:
    """Listens while the block runs; the logs are there afterwards, too."""
    made = Logs(free_port(), logs / "access.log", logs / "said.log")
    command = [sys.executable, "-m", __name__, url, str(data_dir), str(made.port), str(made.access)]
    with made.said.open("wb") as said, subprocess.Popen(command, stdout=said, stderr=said) as process:
        try:
            wait_for_port(made.port, process=process, seconds=60)
            yield made
        finally:
            process.terminate()
            process.wait(60)


def main(url: str, folder: str, port: str, log: str) -> None:
    settings = Settings(database_url=url, data_dir=Path(folder), secret_key="logged", port=int(port))
    LoggedServer(settings, Path(log)).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
