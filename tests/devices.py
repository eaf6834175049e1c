"""The voters' own client, run in Node: what a browser does when somebody votes, without a browser."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent


class Threw(Exception):
    """The client refused; the argument is the code of the server's problem, or the name of the client's class."""


class Node:
    """One process for many devices."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def ask(self, do: str, **asked: Any) -> Any:
        """Raises Threw."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"do": do, **asked}) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        return _given(answer)

    def together(self, *asked: Mapping[str, Any]) -> list[Any]:
        """Several acts at once; what was thrown stands in the list."""
        return [answer.get("gave", answer.get("threw")) for answer in self.ask("together", acts=asked)]


@dataclass(frozen=True)
class Device:
    """A window of a browser in which one voter is logged in; windows with one `storage` are on one device."""

    node: Node
    ballot: Mapping[str, Any]
    base: str
    voter: str
    login: Mapping[str, str] = field(default_factory=dict)
    storage: str = ""

    def act(self, do: str, **more: Any) -> dict[str, Any]:
        about = {"ballot": self.ballot, "base": self.base, "voter": self.voter, "login": self.login}
        return {"do": do, **about, "storage": self.storage or self.voter, **more}

    def ask(self, do: str, **more: Any) -> Any:
        return self.node.ask(**self.act(do, **more))


@contextmanager
def node() -> Iterator[Node]:
    """Skips the test where Node or the packages of package.json are missing."""
    program = shutil.which("node")
    if program is None or not (HERE.parent / "node_modules" / "@cloudflare" / "blindrsa-ts").exists():
        pytest.skip("needs Node and the packages of package.json")
    command = [program, str(HERE / "device.mjs")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Node(process)
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(timeout=20) == 0


class LostAnswers:
    """Stands before an application: does what was asked, but the answers to the next requests never arrive."""

    def __init__(self, app: Callable[..., Iterable[bytes]]) -> None:
        self._app = app
        self.lost = 0
        self.address = ""
        self.seen: list[dict[str, Any]] = []

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        self.seen.append({key: value for key, value in environ.items() if key.startswith(("HTTP_", "PATH_"))})
        if not self.lost:
            return self._app(environ, start_response)
        self.lost -= 1
        list(self._app(environ, lambda *_: lambda _: None))
        start_response("502 Bad Gateway", [("Content-Type", "text/html")])
        return [b"<h1>Bad Gateway</h1>"]


def _given(answer: Mapping[str, Any]) -> Any:
    if "threw" in answer:
        raise Threw(answer["threw"], answer["said"])
    return answer["gave"]
