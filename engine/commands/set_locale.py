from dataclasses import dataclass

from engine.command import Command
from engine.errors import Problem, Rejected
from engine.model import Person
from engine.work import Work

LOCALES = ("zh", "en")


class LocaleUnknown(Rejected):
    """The screens exist in Chinese (zh) and English (en)."""


@dataclass(frozen=True, kw_only=True)
class SetLocale(Command[None]):
    """Choose the language of your screens."""

    locale: str

    def execute(self, work: Work) -> None:
        if self.locale not in LOCALES:
            raise LocaleUnknown(problems=[Problem(path="locale", code="not_an_option")])
        person = work.session.get(Person, work.actor.person_id)
        if person is not None:
            person.locale = self.locale
