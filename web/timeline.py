"""History as chapters by stage, with runs of automatic steps folded together."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

_ACCOMPANYING = {"document_filed"}


@dataclass
class Beat:
    """One act of a person, or a run of entries that only accompany such acts."""

    rows: list[Any]
    automatic: bool = False


@dataclass
class Chapter:
    stage: Any
    beats: list[Beat] = field(default_factory=list)


def timeline(rows: Iterable[Any], process: Any) -> tuple[Chapter, ...]:
    stages = {stage.id: stage for stage in process.stages}
    chapters: list[Chapter] = []
    for row in rows:
        stage = stages.get(row.stage)
        if not chapters or (stage is not None and chapters[-1].stage is not stage):
            chapters.append(Chapter(stage=stage))
        _add(chapters[-1], row)
    return tuple(chapters)


def _add(chapter: Chapter, row: Any) -> None:
    automatic = row.actor == "system" or row.action in _ACCOMPANYING
    if automatic and chapter.beats and chapter.beats[-1].automatic:
        chapter.beats[-1].rows.append(row)
    else:
        chapter.beats.append(Beat(rows=[row], automatic=automatic))
