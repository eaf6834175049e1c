"""Why a case was offered to whom (派单依据): for those in charge of it."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Blueprint, request
from flask_babel import lazy_gettext as later

from engine.queries.dispatching import dispatch_grounds
from web import door
from web.case_page import page_of_case
from web.language import current_locale, sentence
from web.permission import permission

screen = Blueprint("case_dispatch", __name__)
OUTCOMES = {
    "offered": later("等待答复"),
    "accepted": later("承接"),
    "declined": later("已谢绝"),
    "recused": later("回避"),
    "lapsed": later("逾期未答复"),
    "superseded": later("已由他人承接"),
    "left": later("已退出"),
}


@screen.get("/cases/<case_id>/dispatch")
@permission("case_party")
def show(case_id: str) -> str:
    """The offers, and one ranking: the newest, or the one that is named."""
    behind = request.args.get("behind", "")
    with door.reading() as session:
        grounds = dispatch_grounds(
            session, door.actor(), case_id, catalogue=door.engine().catalogue,
            ranking_id=request.args.get("ranking"), behind=int(behind) if behind.isdecimal() else 0,
        )  # fmt: skip
        return page_of_case(session, case_id, "dispatch", grounds=grounds)


def outcome_words(outcome: str) -> str:
    return str(OUTCOMES.get(outcome, outcome))


def reason_words(reasons: Iterable[Mapping[str, Any]]) -> str:
    """A reason has commas of its own."""
    words = (sentence("dispatch", reason["code"], **reason["params"]) for reason in reasons)
    return ("; " if current_locale() == "en" else "；").join(words)
