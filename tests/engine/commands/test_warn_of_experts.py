import pytest

from engine.commands.recompute_clock import SystemOnly
from engine.commands.set_expert_status import SetExpertStatus
from engine.commands.warn_of_experts import WarnOfExperts
from engine.model import Notice
from engine.outbox.ticking import tick
from tests.city import City
from tests.experts import enter_expert, expert
from tests.registry import id_of

# 2 March 2026 and sixty days.
LAST, AFTER = "2026-05-01", "2026-05-02"


def told(city: City) -> list[tuple[str, dict[str, str]]]:
    names = {id_of(city, name): name for name in ("lawyer1", "federation", "security")}
    found = city.rows(Notice, Notice.kind == "expert_ending")
    ends = ("licence_until", "term_to")
    rows = [(names[one.person_id], {key: one.params[key] for key in ends if key in one.params}) for one in found]
    return sorted(rows, key=str)


def test_the_expert_and_the_federation_are_told_once_for_each_end(people: City) -> None:
    enter_expert(people, licence_until=LAST)
    for _ in range(3):
        tick(people.engine, lambda _: None)
        people.clock.advance(days=1)
    once = {"licence_until": LAST}
    assert told(people) == [("federation", once), ("lawyer1", once)]

    enter_expert(people, seen=expert(people).lock_version, licence_until="2026-05-04", term_to="2026-05-03")
    tick(people.engine, lambda _: None)
    both = {"licence_until": "2026-05-04", "term_to": "2026-05-03"}
    assert told(people) == sorted(
        [(name, facts) for name in ("federation", "lawyer1") for facts in (once, both)], key=str
    )


def test_nobody_is_told_of_what_is_far_over_or_of_somebody_dismissed(people: City) -> None:
    enter_expert(people, licence_until=AFTER)
    enter_expert(people, "lawyer2", licence_until="2026-03-01")
    gone = enter_expert(people, "lawyer3", licence_until=LAST)
    people.run(SetExpertStatus(person_id=gone, status="dismissed", reason="辞聘"), by="federation")

    assert people.run(WarnOfExperts(), by="system") == 0
    people.clock.advance(days=1)
    assert people.run(WarnOfExperts(), by="system") == 1


def test_only_time_warns(people: City) -> None:
    with pytest.raises(SystemOnly):
        people.run(WarnOfExperts(), by="federation")
