import pytest

from engine.commands.end_expert_absence import EndExpertAbsence
from engine.experts import ExpertNotFound
from engine.model.expert import ExpertNotAway
from tests.city import City
from tests.engine.commands.test_set_expert_absence import be_absent
from tests.experts import enter_expert, expert
from tests.registry import administration


def test_an_absence_is_taken_back_and_another_one_can_be_set(people: City) -> None:
    person_id = enter_expert(people)
    be_absent(people, "2026-03-04", "2026-03-09")
    people.run(EndExpertAbsence(), by="lawyer1")
    assert (expert(people).absent_from, expert(people).absent_until) == (None, None)
    assert administration(people)[-1].action == "expert_absence_ended"

    be_absent(people, "2026-03-03", "2026-03-04")
    people.run(EndExpertAbsence(person_id=person_id), by="federation")
    assert expert(people).absent_from is None


def test_without_one_there_is_none_to_take_back(people: City) -> None:
    person_id = enter_expert(people)
    with pytest.raises(ExpertNotAway):
        people.run(EndExpertAbsence(), by="lawyer1")
    be_absent(people, "2026-03-02", "2026-03-03")
    people.clock.advance(days=2)
    with pytest.raises(ExpertNotAway):
        people.run(EndExpertAbsence(), by="lawyer1")
    with pytest.raises(ExpertNotFound):
        people.run(EndExpertAbsence(person_id=person_id), by="lawyer2")
