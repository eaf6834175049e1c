"""What is said to a process that runs commands, and what it answers: pickles, one a line."""

import base64
import pickle
from dataclasses import dataclass, field
from typing import Any

from engine.command import Command


@dataclass(frozen=True)
class Sent:
    command: Command[Any]
    by: str
    key: str


@dataclass(frozen=True)
class Order:
    """`die_at`: the moment, counted from 1, of this kind: before and after every statement, before and after every
    commit. None: live.
    """

    sent: tuple[Sent, ...]
    die_at: int | None = None


@dataclass
class Report:
    """`heard`: what was performed by transactions that were committed; `result` of the last command."""

    heard: list[str] = field(default_factory=list)
    result: Any = None
    died: bool = False


def packed(thing: Any) -> str:
    return base64.b64encode(pickle.dumps(thing)).decode()


def unpacked(line: str) -> Any:
    return pickle.loads(base64.b64decode(line))
