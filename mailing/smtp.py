"""One letter, one visit to the mail server. What it will never take is told apart from what may go another time."""

import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import parseaddr

from engine.post import Letter, LetterRefused

SECONDS = 20
_OK = (250, 251)
_NOBODY = {550, 551, 553}
_FORBIDDEN = "5.7"  # a rule of that server, not a mistake in the address (RFC 3463)


@dataclass(frozen=True)
class SmtpServer:
    """`security` is none, starttls or tls; certificates are checked."""

    host: str
    port: int
    security: str = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)

    def connect(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self.security == "tls":
            client: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=SECONDS, context=context)
        else:
            client = smtplib.SMTP(self.host, self.port, timeout=SECONDS)
        try:
            if self.security == "starttls":
                client.starttls(context=context)
            if self.user:
                client.login(self.user, self.password)
        except BaseException:
            client.close()
            raise
        return client


class SmtpPost:
    """Sends letters as `write` words them."""

    def __init__(self, server: SmtpServer, *, write: Callable[[Letter], EmailMessage], sender: str) -> None:
        self._server = server
        self._write = write
        self._sender = parseaddr(sender)[1]
        self.domain = self._sender.rpartition("@")[2]

    def send(self, letter: Letter) -> str:
        """The server's answer. Raises LetterRefused, and OSError or SMTPException for what may go another time."""
        message = self._write(letter)
        with self._server.connect() as client:
            client.ehlo_or_helo_if_needed()
            _must_be_taken(*client.mail(self._sender), kind=smtplib.SMTPSenderRefused, sender=self._sender)
            code, answer = client.rcpt(letter.address)
            if code not in _OK:
                _refuse(code, answer, is_address=True)
            code, answer = client.data(message.as_bytes())
            if code != _OK[0]:
                _refuse(code, answer)
        return _text(code, answer)


def _must_be_taken(code: int, answer: bytes, *, kind: type[smtplib.SMTPSenderRefused], sender: str) -> None:
    """A sender that is refused is a mistake in our settings: the mail waits until it is mended."""
    if code not in _OK:
        raise kind(code, answer, sender)


def _refuse(code: int, answer: bytes, *, is_address: bool = False) -> None:
    said = _text(code, answer)
    if code < 500:
        raise smtplib.SMTPResponseException(code, answer)
    is_nobody = is_address and code in _NOBODY and not answer.decode("utf-8", "replace").startswith(_FORBIDDEN)
    raise LetterRefused(said, is_address=is_nobody)


def _text(code: int, answer: bytes) -> str:
    return f"{code} {answer.decode('utf-8', 'replace')}"
