import pytest

from engine.commands.recompute_clock import SystemOnly
from engine.commands.settle_memberships import SettleMemberships
from engine.commands.sign_in import SignedIn, SignIn
from engine.model import ComingMembership, GroupMembership, HistoryEntry
from engine.outbox.ticking import tick
from tests.city import City
from tests.engine.conftest import Visits
from tests.registry import add_person, grant, id_of


def acts(city: City, username: str) -> list[str]:
    entries = sorted(city.rows(HistoryEntry, HistoryEntry.stream == "administration"), key=lambda e: e.seq)
    return [entry.action for entry in entries if entry.details.get("person") == username]


def test_a_term_begins_and_ends_by_itself(people: City) -> None:
    made = add_person(people)
    grant(people, made, "city_union", starts_on="2026-03-03", ends_on="2026-03-04")

    for day, groups in ((2, set()), (3, {"city_union"}), (4, {"city_union"}), (5, set())):
        tick(people.engine, lambda job_id: None)
        held = people.rows(GroupMembership, GroupMembership.person_id == made)
        assert {membership.group for membership in held} == groups, day
        people.clock.advance(days=1)

    assert acts(people, "zhu") == ["person_added", "membership_granted", "membership_begun", "membership_ended"]
    assert people.rows(ComingMembership) == []


def test_the_last_day_ends_at_midnight_even_when_nobody_ticks(visits: Visits) -> None:
    city = visits.city
    grant(city, id_of(city, "guide"), "city_union", ends_on="2026-03-02")
    city.clock.advance(hours=14)  # 23:00 in the city
    signed_in = city.run(SignIn(username="guide", password="demo"), by="system")
    assert isinstance(signed_in, SignedIn)

    before = city.engine.authenticate(signed_in.token)
    city.clock.advance(hours=2)
    after = city.engine.authenticate(signed_in.token)

    assert before is not None and "city_union" in before.groups  # noqa: PT018
    assert after is not None and after.groups == {"bargaining_guide"}  # noqa: PT018


def test_what_may_not_begin_any_more_is_dropped_and_recorded(people: City) -> None:
    made = add_person(people)
    grant(people, made, "city_union", starts_on="2026-03-03")
    with people.session() as session, session.begin():
        session.add(GroupMembership(person_id=made, group="city_union"))
    people.clock.advance(days=1)

    people.run(SettleMemberships(), by="system")

    assert acts(people, "zhu")[-1] == "membership_dropped"
    assert len(people.rows(GroupMembership, GroupMembership.person_id == made)) == 1


def test_only_the_system_does_it(people: City) -> None:
    with pytest.raises(SystemOnly):
        people.run(SettleMemberships(), by="security")
