"""The diagrams of a case by the versions that it ran on: which is asked for, where the others are."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from engine.queries.diagram import DiagramState, DiagramVersion, sheets
from engine.queries.replay import Frame
from web.case_outline import outline
from web.case_replay import Scene, last_step_of, scene
from web.diagram_sheets import links, listed
from web.language import moment


@dataclass(frozen=True)
class VersionChoice:
    words: str
    address: str
    is_open: bool


def number_given(name: str) -> int | None:
    """A number in the address; anything else is none."""
    given = request.args.get(name, "")
    return int(given) if given.isdecimal() and len(given) < 9 else None


def chosen_act(frames: Sequence[Frame]) -> tuple[Scene, int | None, int | None]:
    """The act that is asked for, and the version with its last entry on whose diagram it is shown."""
    step, version, until = (number_given(name) for name in ("step", "version", "until"))
    if step is None and version is not None:
        return scene(frames, step=last_step_of(frames, version, until)), version, until
    at = scene(frames, step=step)
    if at.is_now:
        return at, None, None
    return at, frames[at.step - 1].version, frames[at.step - 1].last_entry


def sheets_of_case(case_id: str, drawn: DiagramState) -> dict[str, Any]:
    """What the page needs beside the marks. The slider gets a sheet for every version, in their order."""
    kit = _kit(case_id, drawn, drawn.version)
    process = drawn.version.process if drawn.version else None
    return {
        "outline": outline(process, drawn) if process else (),
        "listed_sheets": listed(drawn.sheets, here=drawn.here, **kit),
        "links": links(drawn.sheets, **kit),
        "source": _source(case_id, drawn, drawn.version),
        "versions": _choices(case_id, drawn),
        "film_sheets": json.dumps([_film_sheet(case_id, drawn, one) for one in drawn.versions]),
    }


def _choices(case_id: str, drawn: DiagramState) -> tuple[VersionChoice, ...]:
    """Nothing to choose from where the case was never moved."""
    if len(drawn.versions) < 2:
        return ()
    addresses = (_address(case_id, drawn, one) for one in drawn.versions)
    return tuple(
        VersionChoice(_words(one), address, one == drawn.version)
        for one, address in zip(drawn.versions, addresses, strict=True)
    )


def _words(one: DiagramVersion) -> str:
    if one.until is None:
        return _("第%(version)s版（现行）", version=one.version)
    return _("第%(version)s版（至%(time)s）", version=one.version, time=moment(one.until))


def _film_sheet(case_id: str, drawn: DiagramState, one: DiagramVersion) -> dict[str, str]:
    return {"source": _source(case_id, drawn, one), "links": links(sheets(one.process), **_kit(case_id, drawn, one))}


def _kit(case_id: str, drawn: DiagramState, one: DiagramVersion | None) -> dict[str, Any]:
    address: Callable[[str], str] = lambda key: _address(case_id, drawn, one, key)  # noqa: E731
    return {"shown": _shown(drawn, one), "address": address}


def _shown(drawn: DiagramState, one: DiagramVersion | None) -> str:
    """The diagram that is open, or the main one of a version that does not have it."""
    known = [sheet.key for sheet in sheets(one.process)] if one else [drawn.key]
    return drawn.key if drawn.key in known else known[0]


def _source(case_id: str, drawn: DiagramState, one: DiagramVersion | None) -> str:
    where = _version_in_address(drawn, one)
    return url_for("pages.case_page.diagram_file", case_id=case_id, diagram=_shown(drawn, one), **where)


def _address(case_id: str, drawn: DiagramState, one: DiagramVersion | None, key: str | None = None) -> str:
    """The main diagram of the version on which the case runs has the plain address."""
    which = None if one is None or key == one.process.key else key
    where = _version_in_address(drawn, one)
    return url_for("pages.case_page.show_diagram", case_id=case_id, diagram=which, **where)


def _version_in_address(drawn: DiagramState, one: DiagramVersion | None) -> dict[str, int | None]:
    if one is None or one.until is None:
        return {}
    is_one_of_many = sum(other.version == one.version for other in drawn.versions) > 1
    return {"version": one.version, "until": one.last_entry if is_one_of_many else None}
