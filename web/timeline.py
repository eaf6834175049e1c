"""History as chapters by stage, with runs of automatic steps folded together."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import Any

_ACCOMPANYING = {"document_filed"}
_OFFERS = {"task_opened", "task_cancelled"}


@dataclass
class Beat:
    """One act of a person, or a run of entries that only accompany such acts."""

    rows: list[Any]
    automatic: bool = False

    @property
    def runs(self) -> list[list[Any]]:
        return runs(self.rows)


@dataclass
class Chapter:
    stage: Any
    beats: list[Beat] = field(default_factory=list)


def runs(rows: Iterable[Any]) -> list[list[Any]]:
    """Neighbouring entries that say the same, such as thirty tasks opened at once, stand together."""
    said = attrgetter("action", "element_id", "actor", "taken_back")
    return [list(same) for _, same in groupby(rows, key=said)]


def recent(rows: Iterable[Any], *, limit: int) -> tuple[list[Any], ...]:
    """The latest runs. That somebody may start something is offered elsewhere; here it would hide what was done."""
    return tuple(runs(row for row in rows if not (row.action in _OFFERS and row.is_initiative))[:limit])


def timeline(rows: Iterable[Any]) -> tuple[Chapter, ...]:
    chapters: list[Chapter] = []
    for row in rows:
        if not chapters or (row.stage is not None and chapters[-1].stage != row.stage):
            chapters.append(Chapter(stage=row.stage))
        _add(chapters[-1], row)
    return tuple(chapters)


def _add(chapter: Chapter, row: Any) -> None:
    automatic = row.actor == "system" or row.action in _ACCOMPANYING
    if automatic and chapter.beats and chapter.beats[-1].automatic:
        chapter.beats[-1].rows.append(row)
    else:
        chapter.beats.append(Beat(rows=[row], automatic=automatic))
