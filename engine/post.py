"""What leaves by mail, as the engine hands it over; how it reads and how it travels is for others to say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class LetterItem:
    """One notice without anything secret: its title, the case, the step, the deadline and where to read on.

    `is_for_another`: it arrived for somebody for whom the reader stands in.
    """

    kind: str
    params: Mapping[str, str]
    case_number: str | None
    case_title: str | None
    due_at: datetime | None
    path: str
    at: datetime
    is_for_another: bool = False


@dataclass(frozen=True)
class Letter:
    """`message_id` stays the same however often it is sent; `code` is set in the mail that confirms an address."""

    mail_id: str
    message_id: str
    address: str
    person_id: str
    person_name: str
    locale: str
    kind: str
    at: datetime
    items: tuple[LetterItem, ...] = ()
    code: str | None = None


class LetterRefused(Exception):
    """The mail server will never take this letter; `is_address` when the recipient does not exist there."""

    def __init__(self, answer: str, *, is_address: bool = False) -> None:
        super().__init__(answer)
        self.answer, self.is_address = answer, is_address


class Post(Protocol):
    """`domain` is the right half of every message's name."""

    domain: str

    def send(self, letter: Letter) -> str:
        """What the server answered. Raises LetterRefused; any other exception means: try again later."""
