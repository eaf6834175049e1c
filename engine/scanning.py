"""Whether a file is safe to keep: asked of a scanner of the host before a command with files begins."""

import shlex
import subprocess
from typing import Protocol

from engine.errors import Conflict, Rejected

PATIENCE_SECONDS = 60


class FileInfected(Rejected):
    """The scanner found something harmful in the file."""


class ScannerUnavailable(Conflict):
    """The scanner does not answer; no file is taken unchecked."""


class Scanner(Protocol):
    def check(self, content: bytes) -> None:
        """Raises FileInfected and ScannerUnavailable."""
        ...


class NoScanner:
    """For installations whose host checks files in another place."""

    def check(self, content: bytes) -> None:
        return


class CommandScanner:
    """A programme that reads the file from standard input; exit 0 is clean, 1 infected, as with `clamdscan -`."""

    def __init__(self, command: str) -> None:
        self._words = shlex.split(command)

    def check(self, content: bytes) -> None:
        try:
            done = subprocess.run(  # noqa: S603 - the operator's own setting
                self._words, input=content, capture_output=True, timeout=PATIENCE_SECONDS, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as failure:
            raise ScannerUnavailable() from failure
        if done.returncode == 1:
            raise FileInfected()
        if done.returncode != 0:
            raise ScannerUnavailable()
