"""What every template can say: dates, names, pills, icons, who is looking."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, current_app, g, url_for
from markupsafe import Markup

from engine.groups import EXPERT_GROUPS
from engine.queries.people import unread_notices
from web import csrf, door
from web.built_assets import built
from web.case_dispatch import outcome_words, reason_words
from web.case_notes import circle_words, mention_names
from web.case_tabs import case_tabs
from web.clock_pill import basis, clock_pill
from web.cosigning_words import cause_words, mode_words, state_words
from web.device import device
from web.fragments import is_fragment
from web.headers import style_nonce
from web.history_words import action_facts, action_words, case_status, document_status, task_state
from web.language import city_day, current_locale, day, listed, moment, named, problem_words, sentence, since, size
from web.live_page import fingerprint
from web.negotiation_words import clause_act, clause_status, marked, side_words
from web.notice_kinds import kind_name, mail_words
from web.notice_links import notice_link
from web.notice_words import notice_words
from web.papers import looks_after_papers
from web.paragraphs import paragraphs
from web.people.admin_words import act_facts, act_words
from web.people.expert_words import profession_words
from web.people_words import candidate_words, role_words
from web.task_steps import by_step
from web.waiting_words import incident_words, waiting_lines

_SPRITE = Path(__file__).parent / "static" / "icons.svg"


def register(app: Flask) -> None:
    app.jinja_env.filters.update(
        action=action_words,
        action_facts=action_facts,
        basis=basis,
        by_step=by_step,
        case_status=case_status,
        case_tabs=case_tabs,
        city_day=city_day,
        day=day,
        device=device,
        document_status=document_status,
        incident_words=incident_words,
        kind_name=kind_name,
        listed=listed,
        mail_words=mail_words,
        marked=marked,
        moment=moment,
        named=named,
        notice_link=notice_link,
        notice_words=notice_words,
        paragraphs=paragraphs,
        problem_words=problem_words,
        since=since,
        size=size,
        task_state=task_state,
        waiting_lines=waiting_lines,
    )
    _add_words_about_people(app)
    _add_functions(app)


def _add_words_about_people(app: Flask) -> None:
    app.jinja_env.filters.update(
        act_facts=act_facts,
        act_words=act_words,
        candidates=candidate_words,
        circle=circle_words,
        clause_act=clause_act,
        clause_status=clause_status,
        cosign_cause=cause_words,
        cosign_mode=mode_words,
        cosign_state=state_words,
        dispatch_outcome=outcome_words,
        dispatch_profession=profession_words,
        dispatch_reasons=reason_words,
        mention_names=mention_names,
        role=role_words,
        side=side_words,
    )


def _add_functions(app: Flask) -> None:
    app.jinja_env.globals.update(
        built=built,
        icon=icon,
        sentence=sentence,
        clock_pill=clock_pill,
        csrf_token=csrf.token,
        fingerprint=fingerprint,
        locale=current_locale,
        style_nonce=style_nonce,
    )
    app.context_processor(_frame)


def icon(name: str, css: str = "") -> Markup:
    """An icon of the sprite; the text beside it speaks, the icon is silent."""
    return Markup('<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>').format(
        css, url_for("pages.static", filename="icons.svg", v=_sprite_version()), name
    )


@cache
def _sprite_version() -> str:
    """Lets browsers keep the sprite for good, and fetch a new one after an upgrade."""
    return hashlib.sha256(_SPRITE.read_bytes()).hexdigest()[:8]


def _frame() -> dict[str, Any]:
    """What the frame around every page shows; fragments do without the query."""
    demo = bool(current_app.config.get("DEMO"))
    if g.get("actor") is None or is_fragment():
        return {"person": None, "demo": demo, "actor": g.get("actor")}
    with door.reading() as session:
        unread = unread_notices(session, g.actor)
    return {
        "person": g.actor,
        "unread_notices": unread,
        "demo": demo,
        "actor": g.actor,
        "expert_groups": frozenset(EXPERT_GROUPS.values()),
        "keeps_papers": looks_after_papers(g.actor),
        "system_time": door.now() if demo else None,
    }
