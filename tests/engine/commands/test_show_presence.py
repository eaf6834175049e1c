import pytest

from engine.agreeing import NegotiationNotFound
from engine.commands.show_presence import ShowPresence
from engine.model import NegotiationPresence
from tests.talks import Talks


def show(talks: Talks, *, by: str, clause_id: str | None = None) -> None:
    talks.city.run(ShowPresence(case_id=talks.case_id, clause_id=clause_id), by=by)


def here(talks: Talks, by: str = "boss") -> dict[str, str | None]:
    return {seat.person: seat.clause_id for seat in talks.table(by).seats if seat.is_here}


def test_both_sides_and_those_who_look_on_are_seen_for_half_a_minute(talks: Talks) -> None:
    writing_on = talks.clause("支付办法").id
    show(talks, by="chair", clause_id=writing_on)
    show(talks, by="worker60", clause_id="no such clause")
    assert here(talks) == {"chair": writing_on, "worker60": None}
    assert talks.table("boss").clauses[1].editors == (talks.city.actor("chair").name,)

    talks.city.clock.advance(seconds=20)
    show(talks, by="worker60")
    talks.city.clock.advance(seconds=20)

    assert here(talks) == {"worker60": None}


def test_it_is_written_down_only_when_it_says_something_new(talks: Talks) -> None:
    show(talks, by="chair")
    (first,) = talks.city.rows(NegotiationPresence)
    talks.city.clock.advance(seconds=5)
    show(talks, by="chair")
    assert talks.city.rows(NegotiationPresence)[0].seen_at == first.seen_at
    assert not talks.table("chair").is_due

    talks.city.clock.advance(seconds=10)
    assert talks.table("chair").is_due


def test_who_does_not_sit_at_the_table_is_not_in_the_room(talks: Talks) -> None:
    before = len(talks.history)
    for outsider in ("rep9", "boss2"):
        with pytest.raises(NegotiationNotFound):
            show(talks, by=outsider)
    assert len(talks.history) == before
