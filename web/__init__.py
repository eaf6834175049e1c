"""The pages edge: one module a screen; it translates between browsers and the engine and decides nothing."""

from pathlib import Path

from flask import Blueprint, Flask
from flask_babel import Babel

from web import (
    ballots,
    built_files,
    calendar_feed,
    case_dispatch,
    case_documents,
    case_list,
    case_notes,
    case_page,
    case_papers,
    copies,
    cosigning,
    csrf,
    designer,
    dispatch_board,
    documents,
    error_pages,
    forms,
    going_back,
    guard,
    headers,
    incidents,
    language,
    locale_switch,
    login,
    mail_failures,
    mail_settings,
    me,
    negotiation,
    notices,
    online_voting,
    papers,
    people,
    processes,
    requests,
    spot,
    stand_ins,
    start_case,
    task_acts,
    task_page,
    template_words,
    training_clock,
    unsubscribe,
    worklist,
)

_SCREENS = (
    login.screen,
    locale_switch.screen,
    worklist.screen,
    task_page.screen,
    task_acts.screen,
    going_back.screen,
    cosigning.screen,
    case_list.screen,
    start_case.screen,
    case_page.screen,
    case_dispatch.screen,
    case_documents.screen,
    case_papers.screen,
    case_notes.screen,
    documents.screen,
    copies.screen,
    negotiation.screen,
    me.screen,
    stand_ins.screen,
    notices.screen,
    mail_settings.screen,
    mail_failures.screen,
    calendar_feed.screen,
    unsubscribe.screen,
    processes.screen,
    requests.screen,
    spot.screen,
    dispatch_board.screen,
    incidents.screen,
    papers.screen,
    *people.SCREENS,
    *designer.SCREENS,
    *ballots.SCREENS,
    online_voting.screen,
    training_clock.screen,
)


def register(app: Flask) -> None:
    """Add the pages, their words and their protection to the application."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(Path(__file__).parent / "translations")
    app.config["BABEL_DEFAULT_LOCALE"] = "zh"
    app.config["SESSION_COOKIE_NAME"] = "tongban_said"  # Flask's own cookie; it only carries one-time messages
    app.config["SESSION_COOKIE_SAMESITE"] = "Lax"
    Babel(app, locale_selector=language.current_locale)
    template_words.register(app)
    forms.register(app)
    ballots.register(app)
    app.after_request(headers.protect)
    error_pages.register(app)
    app.register_blueprint(_pages())


def _pages() -> Blueprint:
    pages = Blueprint("pages", __name__, template_folder="templates", static_folder="static", static_url_path="/assets")
    pages.before_request(guard.limit_body)
    pages.before_request(built_files.send_compressed)
    pages.before_request(csrf.refuse_other_sites)
    pages.before_request(guard.check_permission)
    pages.before_request(csrf.refuse_without_token)
    pages.after_request(csrf.remember_visit)
    error_pages.register_for_pages(pages)
    for screen in _SCREENS:
        pages.register_blueprint(screen)
    return pages
