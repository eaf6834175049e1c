"""A letter as a message: plain text and HTML, in the recipient's language, with the headers of automatic mail."""

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from pathlib import Path
from typing import Any

from flask import Flask, g, render_template
from flask_babel import Babel, ngettext
from flask_babel import gettext as _

from engine.notice_kinds import REQUIRED
from engine.post import Letter, LetterItem
from web.language import current_locale, day, moment
from web.mails.unsubscribing import EVERYTHING, Wish, sign
from web.notice_kinds import kind_name

_WEB = Path(__file__).parent.parent


@dataclass(frozen=True)
class _Reader:
    """Whoever reads the mail decides its language."""

    locale: str


class MailWriter:
    """Has an application of its own for templates and words: letters are written where no page is asked for."""

    def __init__(self, *, address: str, sender: str, secret_key: str) -> None:
        self._address = address
        self._sender = parseaddr(sender)
        self._secret_key = secret_key
        self._words = _application()

    def write(self, letter: Letter) -> EmailMessage:
        with self._words.app_context():
            g.actor, g.now = _Reader(letter.locale), letter.at
            return self._message(letter)

    def _message(self, letter: Letter) -> EmailMessage:
        facts = self._facts(letter)
        message = EmailMessage(policy=SMTP)
        name, address = self._sender
        message["From"] = Address(name or _("通办"), addr_spec=address)
        message["To"] = Address(letter.person_name, addr_spec=letter.address)
        message["Subject"] = subject_of(letter)
        message["Date"] = format_datetime(letter.at)
        message["Message-ID"] = letter.message_id
        message["Content-Language"] = "en" if letter.locale == "en" else "zh-CN"
        message["Auto-Submitted"] = "auto-generated"
        message["X-Auto-Response-Suppress"] = "All"
        if facts["stop_all"]:
            message["List-Unsubscribe"] = f"<{facts['stop_all']}>"
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message.set_content(render_template("mails/plain.html", **facts))
        message.add_alternative(render_template("mails/letter.html", **facts), subtype="html")
        return message

    def _facts(self, letter: Letter) -> dict[str, Any]:
        kinds = [kind for kind in dict.fromkeys(item.kind for item in letter.items) if kind not in REQUIRED]
        all_of_it = kinds[0] if letter.kind == "notice" and kinds else EVERYTHING
        return {
            "letter": letter,
            "lines": [_line(item, self._address) for item in letter.items],
            "subject": subject_of(letter),
            "language": "en" if letter.locale == "en" else "zh-CN",
            "home": self._address,
            "settings": f"{self._address}/me/notices",
            "stops": [(kind_name(kind), self._stop(letter, kind)) for kind in kinds],
            "stop_all": self._stop(letter, all_of_it) if kinds else None,
        }

    def _stop(self, letter: Letter, kind: str) -> str:
        return f"{self._address}/unsubscribe/{sign(Wish(letter.person_id, kind), self._secret_key)}"


def subject_of(letter: Letter) -> str:
    """A subject line holds no line break, whatever a diagram calls its steps."""
    if letter.code:
        return _("[通办] 邮箱确认码")
    brand = _("通办")
    if letter.kind == "notice" and letter.items:
        return " ".join(f"[{brand}] {_title(letter.items[0])}".split())
    count = ngettext("%(num)d 条消息", "%(num)d 条消息", len(letter.items))
    return f"[{brand}] {count} · {day(letter.at)}"


def _line(item: LetterItem, address: str) -> dict[str, str]:
    case = " · ".join(filter(None, (item.case_number, item.case_title)))
    return {"title": _title(item), "case": case, "deadline": _deadline(item), "link": f"{address}{item.path}"}


def _title(item: LetterItem) -> str:
    english = {name: item.params.get(f"{name}_en") if current_locale() == "en" else None for name in ("task", "clock")}
    said = [english[name] or item.params.get(name) for name in ("task", "clock")]
    about = next(filter(None, said), item.params.get("ballot"))
    colon = ": " if current_locale() == "en" else "："
    title = f"{kind_name(item.kind)}{colon}{about}" if about else kind_name(item.kind)
    return _("【代办】%(title)s", title=title) if item.is_for_another else title


def _deadline(item: LetterItem) -> str:
    if item.params.get("due"):
        return day(item.params["due"])
    closes_at = item.params.get("closes_at")
    at = datetime.fromisoformat(closes_at) if closes_at else item.due_at
    return moment(at) if at else ""


def _application() -> Flask:
    application = Flask("tongban-mail", static_folder=None, template_folder=str(_WEB / "templates"))
    application.config["BABEL_TRANSLATION_DIRECTORIES"] = str(_WEB / "translations")
    application.config["BABEL_DEFAULT_LOCALE"] = "zh"
    Babel(application, locale_selector=current_locale)
    application.jinja_env.trim_blocks = application.jinja_env.lstrip_blocks = True
    return application
