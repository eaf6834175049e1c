import hmac
import secrets
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.errors import Conflict, Rejected
from engine.model.base_model import Model, UtcDateTime

CODE_VALID = timedelta(hours=24)
MOST_TRIES = 5


class MailCodeWrong(Rejected):
    """This is not the code of the mail that confirms the address."""


class MailCodeExpired(Conflict):
    """The code was used, is too old, or was mistyped too often; ask for a new one."""


class MailAddress(Model):
    """Where somebody gets mail. Nothing but its code goes to an address before that code came back.

    `refused_at`: the mail server said for good that nobody lives there; nothing more is sent until it is entered anew.
    """

    __tablename__ = "mail_address"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    address: Mapped[str] = mapped_column(String(254))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    code: Mapped[str | None] = mapped_column(String(6))
    tries: Mapped[int] = mapped_column(default=0)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    refused_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    refusal: Mapped[str | None] = mapped_column(Text)

    @property
    def is_usable(self) -> bool:
        return self.confirmed_at is not None and self.refused_at is None

    def ask(self, address: str, *, at: datetime) -> None:
        """A new address, or the same once more: it has to be confirmed."""
        self.address, self.asked_at, self.code, self.tries = address, at, f"{secrets.randbelow(1_000_000):06d}", 0
        self.confirmed_at = self.refused_at = self.refusal = None

    def confirm(self, code: str, *, at: datetime) -> bool:
        """False for a wrong code, which is counted. Raises MailCodeExpired."""
        if self.code is None or self.tries >= MOST_TRIES or at > self.asked_at + CODE_VALID:
            raise MailCodeExpired()
        if not hmac.compare_digest(code.strip().encode(), self.code.encode()):
            self.tries += 1
            return False
        self.confirmed_at, self.code = at, None
        return True

    def refuse(self, answer: str, *, at: datetime) -> None:
        self.refused_at, self.refusal = at, answer[:1000]
