"""What lies around a level: who catches what is thrown in it, and whether something may break it off."""

from dataclasses import dataclass

ANY = None  # a code that is not known, as a service may throw; of a catcher: every code


@dataclass(frozen=True)
class Frame:
    """One place that catches, of those around a level: the boundary events of an activity, or events beside a level."""

    errors: frozenset[str | None] = frozenset()
    escalations: frozenset[tuple[str | None, bool]] = frozenset()
    breaks: bool = False


Frames = tuple[Frame, ...]


@dataclass(frozen=True)
class Outcomes:
    """How a level may end, what may come out of it meanwhile, and whether there is a meanwhile at all."""

    completes: bool = True
    errors: frozenset[str | None] = frozenset()
    escalations: frozenset[str] = frozenset()
    waits: bool = True

    @property
    def throws(self) -> bool:
        return bool(self.errors or self.escalations)


def catches_error(frames: Frames, code: str | None) -> bool:
    return any(frame.errors and (code is ANY or {code, ANY} & frame.errors) for frame in frames)


def interrupts(frames: Frames, code: str) -> bool | None:
    """Whether the innermost place that catches the escalation interrupts; None when nothing catches it."""
    for frame in frames:
        caught = dict(frame.escalations)
        for wanted in (code, ANY):
            if wanted in caught:
                return caught[wanted]
    return None


def is_broken_off(frames: Frames) -> bool:
    return any(frame.breaks for frame in frames)
