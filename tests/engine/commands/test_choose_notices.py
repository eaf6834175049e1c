from typing import Any

import pytest

from engine.commands.choose_notices import ChooseNotices, NoticesWrong
from engine.queries.mail_settings import MailSettings, mail_settings
from tests.city import City


def settings(city: City, by: str = "hr") -> MailSettings:
    with city.engine.reading() as session:
        return mail_settings(session, city.actor(by))


def test_wishes_are_changed_piece_by_piece_and_for_one_person(people: City) -> None:
    people.run(ChooseNotices(ways={"mentioned": "off"}), by="hr")
    people.run(ChooseNotices(digest_at="07:15", quiet_from="", quiet_until=""), by="hr")

    mine, theirs = settings(people), settings(people, "chair")
    assert (mine.ways["mentioned"], mine.ways["task_opened"], mine.digest_at) == ("off", "by_clock", "07:15")
    assert (mine.quiet_from, theirs.quiet_from) == (None, "21:00")
    assert theirs.ways["mentioned"] == "by_clock"


@pytest.mark.parametrize("wrong", [
    {"ways": {"mentioned": "by_pigeon"}}, {"ways": {"rumour": "off"}}, {"ways": {"process_notice": "off"}},
    {"digest_at": "25:00"}, {"digest_at": "8:30"}, {"quiet_from": "21:00", "quiet_until": ""},
])  # fmt: skip
def test_what_is_not_possible_is_refused_and_nothing_changes(people: City, wrong: dict[str, Any]) -> None:
    with pytest.raises(NoticesWrong) as refusal:
        people.run(ChooseNotices(**wrong), by="hr")

    assert len(refusal.value.problems) == 1
    assert settings(people) == settings(people, "chair")
