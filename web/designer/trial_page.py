"""The page of one try, drawn inside its own city and shown in the frame of ours."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import render_template, request, url_for
from markupsafe import Markup

from engine.queries.task_file import TaskFile
from playing.stories import stories_of
from playing.trial import TrialRun
from web import diagram_sheets, door
from web.designer import trial_view
from web.designer.trial_door import acting
from web.filling_in import Verdict
from web.fragments import is_fragment

MOST_SHOWN = 60


@dataclass(frozen=True)
class Filling:
    """The form that lies open: of a task, or of the start."""

    person: str
    action: str
    view: Any
    verdict: Verdict
    task: TaskFile | None = None


def page_of(
    run: TrialRun,
    *,
    task: TaskFile | None = None,
    person: str = "",
    answers: Mapping[str, Any] | None = None,
    verdict: Verdict | None = None,
    complaint: str = "",
) -> str:
    """`task` is the one whose form lies open; without it the one that the address names."""
    shared = {"trial": run.journal, "complaint": complaint}
    person = person or request.args.get("as", "")
    if run.journal.case_id is None:
        return _beginning(run, shared, person=person, answers=answers, verdict=verdict)
    view = trial_view.view_of(run, which=request.args.get("diagram"))
    task = task or _asked_for(run, view, person)
    filling = _filling(run, task, person, answers=answers, verdict=verdict) if task else None
    cast = trial_view.cast(view)
    at = person or (cast[0][0] if cast else "")
    shared |= {
        "view": view, "cast": cast, "at": at, "offered": trial_view.offered(run, at) if at else (), "filling": filling,
        "steps_told": list(enumerate(run.journal.steps, start=1))[-MOST_SHOWN:], "next_due": _until(view),
        "marks": diagram_sheets.marks(view.drawn), "ends_at": trial_view.end_of(view), **_sheets(run, view),
    }  # fmt: skip
    return _framed(run, "designer/trial_running.html", shared)


def _beginning(run: TrialRun, shared: dict[str, Any], *, person: str, answers: Any, verdict: Verdict | None) -> str:
    starters = trial_view.starters(run)
    person = person or (starters[0][0] if starters else "")
    found = trial_view.beginning(run, person, request.args.get("enterprise") or None)
    view = found.form.view(answers, found.context) if found.form else None
    chosen = request.args.get("enterprise") or ""
    action = url_for("pages.trying.start", trial_id=run.journal.id, enterprise=chosen or None, **{"as": person})
    shared |= {
        "starters": starters, "found": found, "chosen": chosen, "stories": stories_of(run.journal.process),
        "story": request.args.get("story", ""), "at": person,
        "filling": Filling(person, action, view, verdict or Verdict()),
    }  # fmt: skip
    return _framed(run, "designer/trial_beginning.html", shared)


def _framed(run: TrialRun, template: str, shared: dict[str, Any]) -> str:
    """Times are those of the city that is tried; the frame around belongs to who tries."""
    me = door.actor()
    if is_fragment():
        return render_template("designer/trial_form.html", **shared)
    with door.elsewhere(run.engine, me):
        body = render_template(template, **shared)
    return render_template("designer/trial.html", body=Markup(body), **shared)  # noqa: S704 - our own template


def _asked_for(run: TrialRun, view: trial_view.TrialView, person: str) -> TaskFile | None:
    """What the address names, where it still waits; people may have done it in the meantime."""
    task_id = request.args.get("task", "")
    waiting = {step.task.id for step in view.steps} | {
        t.id for t in (trial_view.offered(run, person) if person else ())
    }
    return trial_view.task_of(run, task_id, person) if person and task_id in waiting else None


def _filling(
    run: TrialRun, task: TaskFile, person: str, *, answers: Mapping[str, Any] | None, verdict: Verdict | None
) -> Filling:
    with acting(run, person):
        view = task.form.view(answers if answers is not None else task.draft, task.context) if task.form else None
    action = url_for("pages.trying.hand_in", trial_id=run.journal.id, task_id=task.task.id, **{"as": person})
    return Filling(person, action, view, verdict or Verdict(), task)


def _sheets(run: TrialRun, view: trial_view.TrialView) -> dict[str, Any]:
    def address(key: str) -> str:
        return url_for("pages.trying.show", trial_id=run.journal.id, diagram=key)

    drawn = view.drawn
    return {
        "listed_sheets": diagram_sheets.listed(drawn.sheets, shown=drawn.key, address=address, here=drawn.here),
        "links": diagram_sheets.links(drawn.sheets, shown=drawn.key, address=address),
        "source": url_for("pages.trying.drawing", trial_id=run.journal.id, diagram=drawn.key),
    }


def _until(view: trial_view.TrialView) -> str:
    """How long until the next deadline, as ISO 8601, a minute after it; empty when none runs."""
    if view.next_due is None:
        return ""
    return iso_duration(view.next_due - view.now + timedelta(minutes=1))


def iso_duration(duration: timedelta) -> str:
    minutes = -(-int(duration.total_seconds()) // 60)
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    time = "".join(f"{amount}{unit}" for amount, unit in ((hours, "H"), (minutes, "M")) if amount)
    return f"P{days}D{'T' + time if time else ''}"
