import pytest

from engine.commands.set_locale import LocaleUnknown, SetLocale
from engine.model import Person
from tests.engine.conftest import Visits


def locale_of(visits: Visits, username: str) -> str:
    return visits.city.rows(Person, Person.username == username)[0].locale


def test_a_person_chooses_the_language_of_their_screens(visits: Visits) -> None:
    visits.city.run(SetLocale(locale="en"), by="hr")

    assert locale_of(visits, "hr") == "en"
    assert locale_of(visits, "chair") == "zh"


@pytest.mark.parametrize("locale", ["de", "", "EN", "zh-Hans"])
def test_other_languages_are_refused(visits: Visits, locale: str) -> None:
    with pytest.raises(LocaleUnknown) as refusal:
        visits.city.run(SetLocale(locale=locale), by="hr")

    assert refusal.value.problems[0].path == "locale"
    assert locale_of(visits, "hr") == "zh"
