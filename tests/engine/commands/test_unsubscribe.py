import pytest

from engine.actor import SYSTEM
from engine.commands.choose_notices import NoticesWrong
from engine.commands.recompute_clock import SystemOnly
from engine.commands.unsubscribe import Unsubscribe
from tests.city import City
from tests.engine.commands.test_choose_notices import settings


def test_one_kind_is_stopped_and_another_stays(people: City) -> None:
    people.engine.run(Unsubscribe(person_id=people.actor("hr").person_id, kinds=("task_opened",)), actor=SYSTEM)

    assert (settings(people).ways["task_opened"], settings(people).ways["task_urged"]) == ("off", "by_clock")


def test_everything_is_stopped_but_what_has_to_be_served(people: City) -> None:
    people.engine.run(Unsubscribe(person_id=people.actor("hr").person_id), actor=SYSTEM)

    kept = {kind for kind, way in settings(people).ways.items() if way != "off"}
    assert kept == {"process_notice"}


def test_only_the_link_in_a_mail_does_it(people: City) -> None:
    with pytest.raises(SystemOnly):
        people.run(Unsubscribe(person_id=people.actor("hr").person_id), by="chair")
    with pytest.raises(NoticesWrong):
        people.engine.run(Unsubscribe(person_id=people.actor("hr").person_id, kinds=("rumour",)), actor=SYSTEM)
    people.engine.run(Unsubscribe(person_id="nobody"), actor=SYSTEM)

    assert "off" not in settings(people).ways.values()
