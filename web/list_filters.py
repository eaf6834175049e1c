"""Search and filters that stay in the address, for the worklist and the list of cases."""

from collections.abc import Set
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import request

from engine.queries.processes import process_detail, processes
from engine.queries.stages import former_stages, stages_in_use
from engine.registry import towns
from web import door
from web.language import current_locale, named

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class FilterChoices:
    processes: Choices
    stages: Choices
    towns: Choices


def given(name: str) -> str | None:
    """One filter of the address; an empty field filters nothing."""
    return request.args.get(name, "").strip() or None


def address_with(**changes: str | None) -> str:
    """The address of this list with some filters changed; None removes one."""
    kept = {name: value for name, value in request.args.items() if value and name != "cursor"}
    merged = {**kept, **changes}
    query = urlencode({name: value for name, value in merged.items() if value})
    return f"{request.path}?{query}" if query else request.path


def _former(session: Any, known: Set[str]) -> dict[str, str]:
    """Cases of older versions lie in stages that there are no more."""
    process = given("process")
    gone = stages_in_use(session, process=process) - known
    found = former_stages(session, gone, catalogue=door.engine().catalogue, process=process)
    return {id_: english if english and current_locale() == "en" else name for id_, (name, english) in found.items()}


def filter_choices(session: Any) -> FilterChoices:
    rows = processes(session, door.actor(), catalogue=door.engine().catalogue)
    chosen = [row for row in rows if row.key == given("process")] or rows
    stages: dict[str, str] = {}
    for row in chosen:
        detail = process_detail(session, door.actor(), row.key, catalogue=door.engine().catalogue)
        stages |= {stage.id: named(stage) for stage in detail.process.stages}
    stages |= _former(session, stages.keys())
    return FilterChoices(
        processes=tuple((row.key, named(row)) for row in rows),
        stages=tuple(stages.items()),
        towns=tuple((town, town) for town in towns(session)),
    )
