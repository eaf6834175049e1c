"""The way from a page into a try: the engine of its own city, and the demo people who act there."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from flask import current_app
from flask_babel import gettext as _

from engine.errors import EngineError, Problem
from playing.expectations import ScenarioFailed
from playing.trial import Trial, TrialRun
from playing.trials import Trials
from web import door
from web.error_pages import sentence_for
from web.language import problem_words


def trials() -> Trials:
    found: Trials = current_app.extensions["trials"]
    return found


def own(trial_id: str) -> Trial:
    """Raises TrialNotFound."""
    return trials().find(trial_id, owner=door.actor().person_id)


@contextmanager
def acting(run: TrialRun, username: str) -> Iterator[None]:
    """As this person in the city of the try, in the language of who tries."""
    person = replace(run.actor(username), locale=door.actor().locale)
    with door.elsewhere(run.engine, person):
        yield


def why_not(failure: Exception) -> str:
    """Why a step could not be done."""
    if isinstance(failure, ScenarioFailed):
        return str(failure)
    assert isinstance(failure, EngineError)
    problems = [_placed(problem) for problem in failure.problems]
    return "；".join([sentence_for(failure), *problems])


def _placed(problem: Problem) -> str:
    return (
        _("%(path)s：%(what)s", path=problem.path, what=problem_words(problem))
        if problem.path
        else problem_words(problem)
    )
