from typing import Any

import pytest

from engine.commands.enter_expert import EnterExpert, ExpertChanged
from engine.commands.record_leaving import PersonLeft, RecordLeaving
from engine.definitions.form import AnswersRejected
from engine.model import Expert
from engine.people import PersonNotFound
from engine.permissions import NotInGroup
from tests.city import City
from tests.experts import ANSWERS, enter_expert, expert
from tests.registry import administration, grant, id_of


def wrong_with(city: City, username: str = "lawyer1", **changes: Any) -> list[tuple[str, str]]:
    with pytest.raises(AnswersRejected) as refusal:
        enter_expert(city, username, **changes)
    assert city.rows(Expert) == []
    return [(problem.path, problem.code) for problem in refusal.value.problems]


def test_a_line_is_entered_and_changed_without_its_content_in_the_history(people: City) -> None:
    enter_expert(people, fields="劳动争议、 合同纠纷,劳动争议")
    enter_expert(people, by="security", seen=1, employer="浙江紫微律师事务所", fields="合同纠纷")

    line = expert(people)
    assert (line.profession, line.employer, line.fields, line.towns) == (
        "lawyer", "浙江紫微律师事务所", ["合同纠纷"], ["古山镇"],
    )  # fmt: skip
    assert (line.status, line.max_open, line.lock_version) == ("active", 3, 2)
    entered, changed = administration(people)
    assert (entered.action, entered.details) == ("expert_entered", {"person": "lawyer1"})
    assert (changed.action, changed.details) == (
        "expert_changed", {"person": "lawyer1", "changed": ["employer", "fields"]},
    )  # fmt: skip


def test_fields_written_one_after_the_other_count_once(people: City) -> None:
    enter_expert(people, fields="劳动争议、 合同纠纷,劳动争议；")

    assert expert(people).fields == ["劳动争议", "合同纠纷"]


def test_the_form_may_name_the_person(people: City) -> None:
    people.run(EnterExpert(answers={**ANSWERS, "person": "lawyer2"}), by="federation")

    assert expert(people, "lawyer2").employer == ANSWERS["employer"]
    for person, code in (("nobody", "unknown_person"), (None, "required"), (["lawyer1"], "unknown_person")):
        with pytest.raises(AnswersRejected) as refusal:
            people.run(EnterExpert(answers={**ANSWERS, "person": person}), by="federation")
        assert [(one.path, one.code) for one in refusal.value.problems] == [("person", code)]


def test_the_same_again_is_no_act_and_the_second_of_two_is_told(people: City) -> None:
    enter_expert(people)
    enter_expert(people, seen=1)
    assert expert(people).lock_version == 1

    for seen in (0, 2):
        with pytest.raises(ExpertChanged):
            enter_expert(people, seen=seen, max_open=5)

    assert [entry.action for entry in administration(people)] == ["expert_entered"]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"max_open": 0}, ("max_open", "too_small")),
        ({"max_open": 11}, ("max_open", "too_large")),
        ({"term_to": "2025-12-31"}, ("term_to", "check_failed")),
        ({"towns": ["无此镇"]}, ("towns", "not_an_option")),
        ({"profession": "accountant"}, ("profession", "not_of_this_profession")),
        ({"profession": "architect"}, ("profession", "not_an_option")),
        ({"licence_until": "soon"}, ("licence_until", "not_a_date")),
        ({"fields": "、，"}, ("fields", "required")),
        ({"fields": "、".join(map(str, range(11)))}, ("fields", "too_many_fields")),
        ({"fields": "长" * 31}, ("fields", "field_too_long")),
        ({"employer": None}, ("employer", "required")),
    ],
)
def test_what_is_wrong_is_said_by_field(people: City, changes: dict[str, Any], found: tuple[str, str]) -> None:
    assert found in wrong_with(people, **changes)


def test_who_is_no_expert_is_not_entered(people: City) -> None:
    assert wrong_with(people, "hr") == [("profession", "not_of_this_profession")]
    with pytest.raises(PersonNotFound):
        people.run(EnterExpert(person_id="nobody", answers=ANSWERS), by="federation")


def test_nobody_enters_their_own_line(people: City) -> None:
    grant(people, id_of(people, "federation"), "expert_lawyer")

    assert wrong_with(people, "federation") == [("person", "own_line_of_experts")]


def test_who_left_is_dismissed_and_not_changed(people: City) -> None:
    person_id = enter_expert(people)
    people.run(RecordLeaving(person_id=person_id, reason="调离"), by="admin")

    assert expert(people).status == "dismissed"
    with pytest.raises(PersonLeft):
        enter_expert(people, seen=2, max_open=5)


@pytest.mark.parametrize("username", ["admin", "auditor", "liaison", "lawyer2", "union", "hr"])
def test_others_do_not_keep_the_register(people: City, username: str) -> None:
    with pytest.raises(NotInGroup):
        enter_expert(people, by=username)


def test_the_federation_of_a_town_does_not_keep_it(people: City) -> None:
    grant(people, id_of(people, "guide"), "federation", town="古山镇")

    with pytest.raises(NotInGroup):
        enter_expert(people, by="guide")
