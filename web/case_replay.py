"""The diagram at an earlier moment: which act of the case is shown, and how to go on from there."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext as _

from engine.definitions.process import Process
from engine.queries.diagram import DiagramState
from engine.queries.replay import Frame
from web.case_outline import token_words
from web.history_words import action_words
from web.language import moment, named


@dataclass(frozen=True)
class Scene:
    """Act `step` of `steps`, counted from 1; the last one is how things stand now."""

    step: int
    steps: int
    words: str

    @property
    def is_now(self) -> bool:
        return self.step == self.steps


def scene(frames: Sequence[Frame], process: Process, *, step: str | None) -> Scene:
    """An act that is not there is the last one."""
    number = int(step) if step and step.isdecimal() and len(step) < 9 else len(frames)
    number = number if 1 <= number <= len(frames) else len(frames)
    return Scene(number, len(frames), words(frames[number - 1], process) if frames else "")


def as_it_was(drawn: DiagramState, frames: Sequence[Frame], at: Scene) -> DiagramState:
    """The diagram with the tokens of that act; for the last one the case itself knows more than its history."""
    if at.is_now:
        return drawn
    frame = frames[at.step - 1]
    here = {mark.element_id for mark in frame.current} | set(frame.failed)
    passed = dict.fromkeys(element for earlier in frames[: at.step] for element in earlier.passed)
    done = tuple(element for element in passed if element not in here)
    return replace(drawn, done=done, current=frame.current, failed=frame.failed)


def film(frames: Sequence[Frame], process: Process) -> list[dict[str, Any]]:
    """Every act for the viewer: its words, what was passed in it, and where the tokens stood after it."""
    return [
        {
            "words": words(frame, process),
            "passed": frame.passed,
            "current": [{"element_id": m.element_id, "label": token_words(m)} for m in frame.current],
            "failed": frame.failed,
        }
        for frame in frames
    ]


def words(frame: Frame, process: Process) -> str:
    """One line: when, who, what."""
    element = process.elements.get(frame.element_id or "")
    what = action_words(frame, process)
    what = _("%(act)s“%(step)s”", act=what, step=named(element)) if element and named(element) else what
    who = _("系统") if frame.actor == "system" else frame.actor_name
    return f"{moment(frame.at)} · {who} · {what}"
