"""The page of one try, drawn inside its own city and shown in the frame of ours."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import render_template, request, url_for
from markupsafe import Markup

from engine.queries.task_file import TaskFile
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


@dataclass(frozen=True)
class Typed:
    """What was filled in and cannot go out yet: who as, in which task (none for the start), and what is wrong."""

    person: str
    answers: Mapping[str, Any]
    verdict: Verdict
    task_id: str = ""


def page_of(run: TrialRun, *, typed: Typed | None = None, complaint: str = "") -> str:
    """Forms read what they know while the page is drawn, so that the session lasts as long as that."""
    shared = {"trial": run.journal, "complaint": complaint}
    with run.engine.reading() as session:
        if run.journal.case_id is None:
            return _framed(run, "designer/trial_beginning.html", shared | _beginning(run, session, typed))
        return _framed(run, "designer/trial_running.html", shared | _under_way(run, session, typed))


def _under_way(run: TrialRun, session: Any, typed: Typed | None) -> dict[str, Any]:
    view = trial_view.view_of(run, session, which=request.args.get("diagram"))
    cast = trial_view.cast(view)
    at = typed.person if typed else request.args.get("as", "") or (cast[0][0] if cast else "")
    offered = trial_view.offered(run, session, at) if at else ()
    task_id = typed.task_id if typed else request.args.get("task", "")
    waits = task_id in {step.task.id for step in view.steps} | {task.id for task in offered}
    return {
        "view": view, "cast": cast, "at": at, "offered": offered, "next_due": _until(view),
        "filling": _filling(run, session, task_id, at, typed) if at and waits else None,
        "steps_told": list(enumerate(run.journal.steps, start=1))[-MOST_SHOWN:],
        "marks": diagram_sheets.marks(view.drawn), "ends_at": trial_view.end_of(view), **_sheets(run, view),
    }  # fmt: skip


def _beginning(run: TrialRun, session: Any, typed: Typed | None) -> dict[str, Any]:
    starters = trial_view.starters(run, session)
    person = typed.person if typed else request.args.get("as", "") or (starters[0][0] if starters else "")
    chosen = request.args.get("enterprise") or ""
    found = trial_view.beginning(run, session, person, chosen or None)
    view = found.form.view(typed.answers if typed else None, found.context) if found.form else None
    action = url_for("pages.trying.start", trial_id=run.journal.id, enterprise=chosen or None, **{"as": person})
    return {
        "starters": starters, "found": found, "chosen": chosen, "stories": run.stories,
        "story": request.args.get("story", ""), "at": person,
        "filling": Filling(person, action, view, typed.verdict if typed else Verdict()),
    }  # fmt: skip


def _framed(run: TrialRun, template: str, shared: dict[str, Any]) -> str:
    """Times are those of the city that is tried; the frame around belongs to who tries."""
    me = door.actor()
    if is_fragment():
        return render_template("designer/trial_form.html", **shared)
    with door.elsewhere(run.engine, me):
        body = render_template(template, **shared)
    return render_template("designer/trial.html", body=Markup(body), **shared)  # noqa: S704 - our own template


def _filling(run: TrialRun, session: Any, task_id: str, person: str, typed: Typed | None) -> Filling:
    task = trial_view.task_of(run, session, task_id, person)
    with acting(run, person):
        view = task.form.view(typed.answers if typed else task.draft, task.context) if task.form else None
    action = url_for("pages.trying.hand_in", trial_id=run.journal.id, task_id=task_id, **{"as": person})
    return Filling(person, action, view, typed.verdict if typed else Verdict(), task)


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
