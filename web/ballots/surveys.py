"""The anonymous survey on the phone: what is asked, the sheet, and after the count the cells that are large enough."""

import hashlib
from typing import Any, Literal

from flask import Blueprint, render_template

from engine.queries.surveys import SurveyFile, survey_file
from web import door
from web.permission import permission

Standing = Literal["may", "not_on_roll", "over", "counted", "aborted"]
screen = Blueprint("surveys", __name__)
_FOR_CLIENT = ("id", "title", "ticket_key", "seal_key", "receipt_key", "choice_size")


@screen.get("/surveys/<survey_id>")
@permission("signed_in")
def show(survey_id: str) -> str:
    with door.reading() as session:
        shown = survey_file(session, door.actor(), survey_id, safe=door.engine().safe)
    mark = hashlib.sha256(f"{shown.id}:{door.actor().person_id}".encode()).hexdigest()[:16]
    return render_template(
        "surveys/survey.html", survey=shown, standing=_standing(shown), client=_for_client(shown), mark=mark
    )


def _standing(survey: SurveyFile) -> Standing:
    if survey.state in ("counted", "aborted"):
        return survey.state  # type: ignore[return-value]
    if not survey.on_roll:
        return "not_on_roll"
    return "may" if survey.state == "open" and door.now() < survey.closes_at else "over"


def _for_client(survey: SurveyFile) -> dict[str, Any]:
    """Only what is the same for everybody."""
    return {name: getattr(survey, name) for name in _FOR_CLIENT}
