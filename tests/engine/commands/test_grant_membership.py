from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from engine.commands.grant_membership import GrantMembership
from engine.commands.record_leaving import PersonLeft, RecordLeaving
from engine.definitions.form import AnswersRejected
from engine.groups import GROUPS, THREE_ADMINISTRATORS
from engine.memberships import NotToYourself
from engine.model import ComingMembership, GroupMembership
from engine.permissions import NotInGroup
from tests.city import STAR, City
from tests.registry import add_person, administration, grant, id_of, organisation_id


def refused(city: City, username: str, group: str, **more: Any) -> list[tuple[str, str]]:
    with pytest.raises(AnswersRejected) as refusal:
        grant(city, id_of(city, username), group, **more)
    return [(problem.path, problem.code) for problem in refusal.value.problems]


def test_a_group_counts_where_it_was_granted(people: City) -> None:
    made = add_person(people)

    grant(people, made, "town_union", town="古山镇")
    grant(people, made, "congress_rep", organisation=STAR)
    grant(people, made, "hrss_reviewer")

    star = organisation_id(people, STAR)
    expected = {f"person:{made}", "town_union@古山镇", f"congress_rep@org:{star}", "hrss_reviewer@*"}
    assert people.actor("zhu").audiences == expected


def test_it_is_recorded_with_place_term_and_reason(people: City) -> None:
    made = add_person(people)

    grant(people, made, "town_union", town="古山镇", ends_on="2026-12-31")

    entry = administration(people)[-1]
    assert (entry.action, entry.actor, entry.reason) == ("membership_granted", "security", "按分工")
    assert entry.details == {"person": "zhu", "group": "town_union", "town": "古山镇", "ends_on": "2026-12-31"}


WRONG: tuple[tuple[str, dict[str, Any], tuple[str, str]], ...] = (
    ("town_union", {}, ("town", "choose_one")),
    ("town_union", {"town": "金山镇"}, ("town", "not_an_option")),
    ("city_union", {"town": "古山镇"}, ("town", "hidden_field")),
    ("worker", {}, ("organisation", "required")),
    ("worker", {"organisation": "无此企业"}, ("organisation", "unknown_enterprise")),
    ("worker", {"organisation": "永康市总工会"}, ("organisation", "unknown_enterprise")),
    ("kings", {}, ("group", "not_an_option")),
    ("city_union", {"starts_on": "2026-03-01"}, ("starts_on", "in_the_past")),
    ("city_union", {"ends_on": "2026-03-01"}, ("ends_on", "ends_before_it_begins")),
    ("city_union", {"reason": " "}, ("reason", "required")),
)


def test_what_is_wrong_is_told_at_its_place(people: City) -> None:
    for group, more, problem in WRONG:
        assert problem in refused(people, "doctor1", group, **more), (group, more)
    assert administration(people) == []


def test_twice_the_same_is_refused(people: City) -> None:
    assert refused(people, "union", "city_union") == [("group", "already_member")]


def test_nobody_is_two_of_the_three_administrators(people: City) -> None:
    for number, one in enumerate(sorted(THREE_ADMINISTRATORS)):
        username = f"zhu{number}"
        grant(people, add_person(people, username), one)
        for other in THREE_ADMINISTRATORS:
            code = "already_member" if one == other else "one_administrator_only"
            assert refused(people, username, other) == [("group", code)]
            assert refused(people, username, other, starts_on="2026-04-01") == [("group", code)]


def test_an_administrator_to_be_counts_already(people: City) -> None:
    made = add_person(people)
    grant(people, made, "audit_admin", starts_on="2026-04-01")

    assert refused(people, "zhu", "system_admin") == [("group", "one_administrator_only")]


def test_the_database_itself_refuses_a_second_administrator(people: City) -> None:
    with people.session() as session:
        session.add(GroupMembership(person_id=id_of(people, "admin"), group="audit_admin"))
        with pytest.raises(IntegrityError):
            session.flush()


def test_what_begins_later_waits(people: City) -> None:
    made = add_person(people)

    grant(people, made, "city_union", starts_on="2026-03-09", ends_on="2026-03-31")

    assert people.actor("zhu").groups == frozenset()
    (waiting,) = people.rows(ComingMembership)
    assert (waiting.group, waiting.starts_on.isoformat()) == ("city_union", "2026-03-09")


def test_the_security_administrator_grants_and_nobody_else_and_nothing_to_himself(people: City) -> None:
    made = add_person(people)
    for other in ("admin", "auditor", "union", "hr"):
        with pytest.raises(NotInGroup):
            people.run(GrantMembership(person_id=made, answers={"group": "city_union", "reason": "自荐"}), by=other)

    with pytest.raises(NotToYourself):
        grant(people, id_of(people, "security"), "city_union")


def test_who_left_gets_nothing(people: City) -> None:
    made = add_person(people)
    people.run(RecordLeaving(person_id=made, reason="离职"), by="admin")

    with pytest.raises(PersonLeft):
        grant(people, made, "city_union")


def test_every_group_has_a_place(people: City) -> None:
    made = add_person(people)
    administrators = {"system_admin", "security_admin"}
    for group in sorted(GROUPS - administrators):
        place = {"organisation": STAR} if group in {"worker", "congress_rep"} or group.startswith("enterprise") else {}
        in_town = {"town": "古山镇"} if group in {"town_union", "town_office", "liaison"} else {}
        grant(people, made, group, **place, **in_town)

    assert people.actor("zhu").groups == GROUPS - administrators
