"""The register of experts of the demo: everybody is in it, one licence ends soon, one of them is away."""

from engine.actor import SYSTEM
from engine.queries.experts import all_experts
from seeds.demo_data import EXPERTS
from seeds.seeding import enter_demo_experts
from tests.city import City


def test_all_experts_are_entered_once(people: City) -> None:
    assert enter_demo_experts(people.engine) == len(EXPERTS)
    assert enter_demo_experts(people.engine) == 0

    with people.engine.reading() as session:
        rows = all_experts(session, SYSTEM, today=people.clock.now.date())
    assert {row.username for row in rows} == {username for username, _name, _group in EXPERTS}
    assert [row.username for row in rows if row.ends_soon] == ["lawyer3"]
    assert [row.username for row in rows if row.why_not] == ["lawyer2"]
