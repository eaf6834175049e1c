"""One try of a draft: who can do what now, their forms, the clock, and a way back."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, make_response, redirect, request, url_for

from engine.errors import EngineError, Rejected
from engine.queries.task_file import TaskFile
from playing.attachments import SUFFIXES
from playing.expectations import ScenarioFailed
from playing.stories import stories_of
from playing.trial import TrialRun
from playing.written import read_step
from web.designer.trial_door import acting, own, why_not
from web.designer.trial_page import page_of
from web.designer.trial_view import beginning, task_of, view_of
from web.filling_in import Sent, Verdict, judge, read_sent
from web.permission import permission

screen = Blueprint("trying", __name__)


@screen.get("/designer/tries/<trial_id>")
@permission("designer")
def show(trial_id: str) -> str:
    with own(trial_id).running() as run:
        return page_of(run)


@screen.get("/designer/tries/<trial_id>/diagram")
@permission("designer")
def drawing(trial_id: str) -> Response:
    with own(trial_id).running() as run:
        return Response(view_of(run, which=request.args.get("diagram")).drawn.xml, content_type="application/xml")


@screen.post("/designer/tries/<trial_id>/start")
@permission("designer")
def start(trial_id: str) -> Response | str:
    person, enterprise = request.args.get("as", ""), request.args.get("enterprise") or None
    with own(trial_id).running() as run:
        found = beginning(run, person, enterprise)
        with acting(run, person):
            sent = read_sent(found.form, found.context, task_id=None)
        found = beginning(run, person, enterprise)
        verdict = _verdict(found.form, sent, found.context)
        if verdict is None:
            names = {d["id"]: d["name"] for d in found.context["documents"]}
            step = {"as": person, "enterprise": _name_of(found, enterprise), "answers": sent.answers}
            verdict = _tried(lambda: run.start(step, told={**step, "answers": with_names(sent.answers, names)}))
        if verdict is not None:
            return make_response(page_of(run, answers=sent.answers, verdict=verdict), 422 if verdict.problems else 200)
    return _back(trial_id)


@screen.post("/designer/tries/<trial_id>/take")
@permission("designer")
def take(trial_id: str) -> Response | str:
    task_id, person = request.form.get("task", ""), request.form.get("as", "")
    with own(trial_id).running() as run:
        if task_of(run, task_id, person).task.assignee != person:
            run.claim(task_id, person)
    return redirect(url_for("pages.trying.show", trial_id=trial_id, task=task_id, **{"as": person}) + "#now")


@screen.post("/designer/tries/<trial_id>/tasks/<task_id>")
@permission("designer")
def hand_in(trial_id: str, task_id: str) -> Response | str:
    person = request.args.get("as", "")
    with own(trial_id).running() as run:
        file = task_of(run, task_id, person)
        with acting(run, person):
            sent = read_sent(file.form, file.context, task_id=task_id)
        file = task_of(run, task_id, person)  # again: files may just have been stored
        verdict = _verdict(file.form, sent, file.context) or _handed_in(run, file, person, sent.answers)
        if verdict is not None:
            page = page_of(run, task=file, person=person, answers=sent.answers, verdict=verdict)
            return make_response(page, 422 if verdict.problems else 200)
    return _back(trial_id)


@screen.post("/designer/tries/<trial_id>/steps")
@permission("designer")
def step(trial_id: str) -> Response | str:
    """What is no form: time passes, somebody declines, votes are cast, a story is played, a step is taken back."""
    with own(trial_id).running() as run:
        try:
            _do(run, request.form)
        except (ScenarioFailed, EngineError) as failure:
            return make_response(page_of(run, complaint=why_not(failure)), 422)
    return _back(trial_id)


def _do(run: TrialRun, asked: Mapping[str, str]) -> None:
    if "take_back" in asked:
        run.take_back()
    elif asked.get("advance"):
        run.do({"advance": asked["advance"]})
    elif asked.get("decline"):
        run.do({"decline": asked["decline"], "as": asked.get("as", ""), "reason": asked.get("reason", "")})
    elif asked.get("story"):
        chosen = next((one for one in stories_of(run.journal.process) if one.name == asked["story"]), None)
        if chosen is None:
            raise ScenarioFailed(asked["story"][:80])
        until = asked.get("until", "")
        run.play(chosen, until=int(until) if until.isdecimal() else None)
    elif "expect" in asked:
        run.do(run.expect())
    else:
        run.do(read_step(asked.get("step", "")))


def _verdict(form: Any, sent: Sent, context: Any) -> Verdict | None:
    """None when it may go out."""
    if sent.intent == "redraw":
        return Verdict(problems=sent.problems)
    verdict = judge(form, sent, context)
    return verdict if verdict.must_be_shown else None


def _handed_in(run: TrialRun, file: TaskFile, person: str, answers: Mapping[str, Any]) -> Verdict | None:
    word = "initiate" if file.task.discretionary else "task"
    told = {word: file.task.element_id, "as": person}
    names = {document.id: document.name for document in file.documents}
    step = {**told, "answers": answers}
    return _tried(lambda: run.do(step, told={**told, "answers": with_names(answers, names)}))


def _tried(act: Any) -> Verdict | None:
    try:
        act()
    except Rejected as refusal:
        return Verdict(problems=refusal.problems)
    return None


def with_names(answers: Any, names: Mapping[str, str]) -> Any:
    """The answers with files by their names, as scenarios write them."""
    if isinstance(answers, Mapping):
        return {key: with_names(value, names) for key, value in answers.items()}
    if isinstance(answers, list | tuple):
        return [with_names(item, names) for item in answers]
    if isinstance(answers, str) and answers in names:
        name = names[answers]
        return name if name.endswith(SUFFIXES) else f"{name}.pdf"
    return answers


def _name_of(found: Any, enterprise: str | None) -> str | None:
    offered = {one.id: one.name for one in found.enterprises}
    if enterprise:
        return offered.get(enterprise)
    return next(iter(offered.values())) if len(offered) == 1 else None


def _back(trial_id: str) -> Response:
    return redirect(url_for("pages.trying.show", trial_id=trial_id))
