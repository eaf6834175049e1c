"""What every template can say: dates, names, pills, icons, who is looking."""

from typing import Any

from flask import Flask, current_app, g, request, url_for
from markupsafe import Markup

from engine.queries.people import me
from web import csrf, door
from web.built_assets import built
from web.clock_pill import clock_pill
from web.history_words import action_words, case_status, document_status, task_state
from web.language import current_locale, day, moment, named, sentence, since, size
from web.paragraphs import paragraphs


def register(app: Flask) -> None:
    app.jinja_env.filters.update(
        day=day,
        moment=moment,
        since=since,
        named=named,
        size=size,
        paragraphs=paragraphs,
        action=action_words,
        case_status=case_status,
        task_state=task_state,
        document_status=document_status,
    )
    app.jinja_env.globals.update(
        built=built, icon=icon, sentence=sentence, clock_pill=clock_pill, csrf_token=csrf.token, locale=current_locale
    )
    app.context_processor(_frame)


def icon(name: str, css: str = "") -> Markup:
    """An icon of the sprite; the text beside it speaks, the icon is silent."""
    return Markup('<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>').format(
        css, url_for("pages.static", filename="icons.svg"), name
    )


def _frame() -> dict[str, Any]:
    """What the frame around every page shows; fragments do without the queries."""
    demo = bool(current_app.config.get("DEMO"))
    if g.get("actor") is None or "HX-Request" in request.headers:
        return {"person": None, "demo": demo}
    with door.reading() as session:
        person = me(session, g.actor)
    return {"person": person, "demo": demo, "system_time": door.now() if demo else None}
