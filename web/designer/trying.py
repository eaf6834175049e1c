"""One try of a draft: who can do what now, their forms, the clock, and a way back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, make_response, redirect, request, url_for

from engine.errors import EngineError, Rejected
from playing.attachments import SUFFIXES
from playing.expectations import ScenarioFailed
from playing.trial import TrialRun
from playing.written import read_step
from web.designer.trial_door import acting, own, why_not
from web.designer.trial_page import Typed, page_of
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
    with own(trial_id).running() as run, run.engine.reading() as session:
        xml = view_of(run, session, which=request.args.get("diagram")).drawn.xml
    return Response(xml, content_type="application/xml")


@screen.post("/designer/tries/<trial_id>/start")
@permission("designer")
def start(trial_id: str) -> Response | str:
    person, enterprise = request.args.get("as", ""), request.args.get("enterprise") or None

    def form_of(run: TrialRun, session: Any) -> Filled:
        found = beginning(run, session, person, enterprise)
        names = {document["id"]: document["name"] for document in found.context["documents"]}
        return Filled(found.form, found.context, names, {"as": person, "enterprise": _name_of(found, enterprise)})

    with own(trial_id).running() as run:
        return _hand_in(run, form_of, run.start, person=person)


@screen.post("/designer/tries/<trial_id>/take")
@permission("designer")
def take(trial_id: str) -> Response | str:
    task_id, person = request.form.get("task", ""), request.form.get("as", "")
    with own(trial_id).running() as run:
        with run.engine.reading() as session:
            is_theirs = task_of(run, session, task_id, person).task.assignee == person
        if not is_theirs:
            run.claim(task_id, person)
    return redirect(url_for("pages.trying.show", trial_id=trial_id, task=task_id, **{"as": person}) + "#now")


@screen.post("/designer/tries/<trial_id>/tasks/<task_id>")
@permission("designer")
def hand_in(trial_id: str, task_id: str) -> Response | str:
    person = request.args.get("as", "")

    def form_of(run: TrialRun, session: Any) -> Filled:
        file = task_of(run, session, task_id, person)
        word = "initiate" if file.task.discretionary else "task"
        names = {document.id: document.name for document in file.documents}
        return Filled(file.form, file.context, names, {word: file.task.element_id, "as": person})

    with own(trial_id).running() as run:
        return _hand_in(run, form_of, run.do, person=person, task_id=task_id)


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
        chosen = next((one for one in run.stories if one.name == asked["story"]), None)
        if chosen is None:
            raise ScenarioFailed(asked["story"][:80])
        until = asked.get("until", "")
        run.play(chosen, until=int(until) if until.isdecimal() else None)
    elif "expect" in asked:
        run.do(run.expect())
    else:
        run.do(read_step(asked.get("step", "")))


@dataclass(frozen=True)
class Filled:
    """A form with its words, the names of its files by their ids, and the step of a scenario without the answers."""

    form: Any
    context: Mapping[str, Any]
    names: Mapping[str, str]
    step: Mapping[str, Any]


def _hand_in(
    run: TrialRun,
    form_of: Callable[[TrialRun, Any], Filled],
    do: Callable[..., None],
    *,
    person: str,
    task_id: str = "",
) -> Response | str:
    """What was sent goes out, or its page comes again with what is wrong and all that was typed."""
    with run.engine.reading() as session, acting(run, person):
        filled = form_of(run, session)
        sent = read_sent(filled.form, filled.context, task_id=task_id or None)
    with run.engine.reading() as session:  # again: files may just have been stored
        filled = form_of(run, session)
        verdict = _verdict(filled, sent)
    if verdict is None:
        told = {**filled.step, "answers": with_names(sent.answers, filled.names)}
        verdict = _tried(lambda: do({**filled.step, "answers": sent.answers}, told=told))
    if verdict is None:
        return _back(run.journal.id)
    page = page_of(run, typed=Typed(person, sent.answers, verdict, task_id))
    return make_response(page, 422 if verdict.problems else 200)


def _verdict(filled: Filled, sent: Sent) -> Verdict | None:
    """None when it may go out."""
    if sent.intent == "redraw":
        return Verdict(problems=sent.problems)
    verdict = judge(filled.form, sent, filled.context)
    return verdict if verdict.must_be_shown else None


def _tried(act: Callable[[], None]) -> Verdict | None:
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
