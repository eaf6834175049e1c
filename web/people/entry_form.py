"""A form of the register on a page: shown, drawn again, handed in; nothing that was typed is lost."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Response, make_response, render_template, request

from engine.command import Command
from engine.definitions.form import AnswersRejected, Form
from engine.errors import Conflict
from web import door
from web.error_pages import sentence_for
from web.filling_in import Verdict, judge, read_sent
from web.fragments import is_fragment
from web.read_only import read_only

Page = Callable[..., str]


def entry(
    form: Form, words: Mapping[str, Any], *, answers: Any, verdict: Verdict | None = None, may_write: bool = True
) -> dict[str, Any]:
    """What `people/entry_form.html` needs."""
    view = form.view(answers, words)
    return {"view": view if may_write else read_only(view), "verdict": verdict or Verdict(), "may_write": may_write}


def hand_in(
    form: Form, words: Mapping[str, Any], *, page: Page, command: Callable[[dict[str, Any]], Command[Any]]
) -> Any:
    """The result of the command; or, as a Response, the page drawn again or with what is wrong.

    `page` takes `answers`, `verdict` and `complaint` and gives the whole page.
    """
    sent = read_sent(form, words, task_id=None)
    if sent.intent != "submit":
        return make_response(page(answers=sent.answers, verdict=Verdict(), complaint=None))
    verdict = judge(form, sent, words)
    if verdict.must_be_shown:
        return make_response(page(answers=sent.answers, verdict=verdict, complaint=None), 422)
    try:
        return door.run(command(sent.answers))
    except AnswersRejected as refusal:
        said = Verdict(problems=refusal.problems)
        return make_response(page(answers=sent.answers, verdict=said, complaint=None), 422)
    except Conflict as late:
        return make_response(page(answers=sent.answers, verdict=Verdict(), complaint=sentence_for(late)), 409)


def drawn(template: str, **words: Any) -> str:
    """The whole page, or for a fragment request only its form."""
    return render_template("people/entry_form.html" if is_fragment() else template, **words)


def seen() -> int:
    """The version that the page showed; what is no number was shown by no page of ours."""
    given = request.form.get("seen", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0


def is_page(outcome: Any) -> bool:
    return isinstance(outcome, Response)
