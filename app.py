"""Puts the parts together: settings → engine → Flask application with both edges."""

from flask import Flask, current_app, g, request

import api
import web
from engine.database import Database
from engine.engine import Engine
from engine.scanning import CommandScanner, NoScanner
from mailing.smtp import SmtpPost, SmtpServer
from playing.rehearsal import ERRANDS as REHEARSALS
from playing.trials import Trials
from services import ERRANDS, SERVICES
from settings import Settings
from web.mails.writer import MailWriter

SESSION_COOKIE = "tongban_session"


def create_engine_from(settings: Settings) -> Engine:
    engine = Engine(
        Database(settings.database_url),
        services=SERVICES,
        data_dir=settings.data_dir,
        is_demo=settings.demo,
        scanner=CommandScanner(settings.scan_command) if settings.scan_command else NoScanner(),
        post=create_post_from(settings) if settings.smtp_host else None,
    )
    engine.direct_deployment = settings.may_deploy_directly
    engine.errands.update({**ERRANDS, **REHEARSALS})
    return engine


def create_post_from(settings: Settings) -> SmtpPost:
    writer = MailWriter(address=settings.address, sender=settings.mail_from, secret_key=settings.secret_key)
    server = SmtpServer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        security=settings.smtp_security,
        user=settings.smtp_user,
        password=settings.smtp_password,
    )
    return SmtpPost(server, write=writer.write, sender=settings.mail_from)


def create_app(settings: Settings | None = None, *, engine: Engine | None = None) -> Flask:
    """A Flask application; `engine` may be shared with a worker in the same process."""
    settings = settings or Settings.from_environment()
    app = Flask("tongban", static_folder=None)
    app.config.update(
        SECRET_KEY=settings.secret_key, MAX_CONTENT_LENGTH=settings.max_upload_bytes + 1_000_000, DEMO=settings.demo,
        PUBLIC_ADDRESS=settings.address,
    )  # fmt: skip
    app.extensions["tongban"] = engine or create_engine_from(settings)
    app.extensions["trials"] = Trials(settings.data_dir / "tries")
    app.before_request(_know_the_actor)
    web.register(app)
    api.register(app)
    return app


def _know_the_actor() -> None:
    """`g.actor` is who sends this request, `g.by_cookie` whether a browser sent the proof by itself (CSRF matters)."""

    bearer = request.headers.get("Authorization", "")
    token = bearer.removeprefix("Bearer ").strip() if bearer.startswith("Bearer ") else None
    g.by_cookie = token is None
    token = token or request.cookies.get(SESSION_COOKIE)
    g.actor = current_app.extensions["tongban"].authenticate(token) if token else None
