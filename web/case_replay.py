"""The diagram at an earlier moment: which act of the case is shown, and how to go on from there."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext as _

from engine.queries.diagram import DiagramState, DiagramVersion
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


def scene(frames: Sequence[Frame], *, step: int | None) -> Scene:
    """An act that is not there is the last one."""
    number = step if step is not None and 1 <= step <= len(frames) else len(frames)
    return Scene(number, len(frames), words(frames[number - 1]) if frames else "")


def last_step_of(frames: Sequence[Frame], version: int, last_entry: int | None) -> int | None:
    """The last act that was done on a version; where it was run on more than once, the latest that fits."""
    fits = (frame.version == version and last_entry in (None, frame.last_entry) for frame in reversed(frames))
    return next((len(frames) - place for place, found in enumerate(fits) if found), None)


def as_it_was(drawn: DiagramState, frames: Sequence[Frame], at: Scene) -> DiagramState:
    """The diagram with the tokens of that act; for the last one of a version more is known than its history tells."""
    if at.is_now:
        return drawn
    frame, following = frames[at.step - 1], frames[at.step]
    here = {mark.element_id for mark in frame.current} | set(frame.failed)
    if following.carried is not None:
        marks = (*frame.current, *(mark for mark in drawn.current if mark.element_id not in here))
        return replace(drawn, current=marks, failed=frame.failed)
    done = tuple(element for element in passed(frames[: at.step]) if element not in here)
    return replace(drawn, done=done, current=frame.current, failed=frame.failed)


def passed(frames: Sequence[Frame]) -> tuple[str, ...]:
    """What tokens have left by the last of these acts, as the diagram has it on which that was done."""
    first = next((n for n in reversed(range(len(frames))) if frames[n].carried is not None), 0)
    own = (element for frame in frames[first:] for element in frame.passed)
    return tuple(dict.fromkeys((*(frames[first].carried or ()), *own)))


def film(frames: Sequence[Frame], versions: Sequence[DiagramVersion]) -> list[dict[str, Any]]:
    """Every act for the viewer: its sheet, its words, what was passed in it, and where the tokens stood after it."""
    sheets = {(one.version, one.last_entry): number for number, one in enumerate(versions)}
    return [
        {
            "sheet": sheets[frame.version, frame.last_entry],
            "words": words(frame),
            "carried": frame.carried,
            "passed": frame.passed,
            "current": [{"element_id": m.element_id, "label": token_words(m)} for m in frame.current],
            "failed": frame.failed,
        }
        for frame in frames
    ]


def words(frame: Frame) -> str:
    """One line: when, who, what."""
    what, step = action_words(frame), named(frame, "element_name")
    what = _("%(act)s“%(step)s”", act=what, step=step) if step else what
    who = _("系统") if frame.actor == "system" else frame.actor_name
    return f"{moment(frame.at)} · {who} · {what}"
