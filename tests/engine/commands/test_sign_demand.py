"""A demand: more than a fifth exactly, each once, withdrawn without a trace, and no name before enough have signed."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.actor import SYSTEM
from engine.ballots.casting import BallotNotFound
from engine.ballots.roll import NotOnTheRoll
from engine.ballots.rule import Share
from engine.ballots.signatures import AlreadySigned
from engine.commands.cancel_case import CancelCase
from engine.commands.issue_ticket import IssueTicket
from engine.errors import EngineError
from engine.model import BallotSignature, HistoryEntry, Notice
from engine.model.ballot import BallotNotOpen
from engine.queries.demands import NamesHidden, demand_file, signatories
from tests.city import City
from tests.gatherings import DEMANDING, Gathering, gather, workers

FIFTH = Share(1, 5, inclusive=False)


@pytest.fixture
def demand(city: City) -> Gathering:
    return gather(city, DEMANDING)


@given(st.integers(1, 10_000))
def test_more_than_a_fifth_exactly(staff: int) -> None:
    needed = FIFTH.least(staff)

    assert needed * 5 > staff >= (needed - 1) * 5
    assert FIFTH.least(40) == 9


def test_the_last_signature_ends_it_and_the_union_sees_the_names(demand: Gathering) -> None:
    demand.sign(*workers(20))
    with demand.city.engine.reading() as session:
        before = demand_file(session, demand.city.actor("worker50"), demand.id)
        for who in ("chair", "worker1", "town_union"):
            with pytest.raises((NamesHidden, BallotNotFound)):
                signatories(session, demand.city.actor(who), demand.id)
    demand.sign("rep1")
    demand.work_off()

    assert (before.signed, before.needed, before.asked, before.reached) == (20, 21, 101, False)
    assert demand.variables["reached"] is True
    with demand.city.engine.reading() as session:
        names = signatories(session, demand.city.actor("chair"), demand.id, limit=200)
        with pytest.raises(NamesHidden):
            signatories(session, demand.city.actor("worker1"), demand.id)
        for boss in ("boss", "hr"):
            with pytest.raises((BallotNotFound, NamesHidden)):
                signatories(session, demand.city.actor(boss), demand.id)
    assert (names.total, "rep1" in [row.username for row in names.items]) == (21, True)
    with pytest.raises(BallotNotOpen):
        demand.withdraw("rep1")


def test_twice_is_refused(demand: Gathering) -> None:
    demand.sign("worker1")

    with pytest.raises(AlreadySigned):
        demand.sign("worker1")


@pytest.mark.parametrize("who", ["boss", "hr", "rep2_1", "hrss"])
def test_who_acts_for_the_enterprise_or_belongs_elsewhere_does_not_sign(demand: Gathering, who: str) -> None:
    with pytest.raises((BallotNotFound, NotOnTheRoll)):
        demand.sign(who)


def test_without_enough_at_the_end_all_names_are_gone(demand: Gathering) -> None:
    demand.sign(*workers(20))
    demand.city.clock.advance(days=2)
    with pytest.raises(BallotNotOpen):
        demand.sign("worker21")
    demand.end("demand_reached")

    assert demand.variables["reached"] is False
    assert demand.city.rows(BallotSignature) == []
    with demand.city.engine.reading() as session:
        assert demand_file(session, demand.city.actor("worker1"), demand.id).signed is None
        with pytest.raises(NamesHidden):
            signatories(session, demand.city.actor("chair"), demand.id)


def test_two_at_the_last_place_and_two_by_one_person(demand: Gathering) -> None:
    demand.sign(*workers(20))

    def attempt(name: str) -> str:
        try:
            demand.sign(name)
        except EngineError as refusal:
            return refusal.code
        return "signed"

    with ThreadPoolExecutor(4) as pool:
        said = sorted(pool.map(attempt, ["worker21", "worker21", "worker22", "worker23"]))

    assert said.count("signed") == 1
    assert len(demand.city.rows(BallotSignature)) == 21


def test_no_person_in_the_history_and_no_ticket_of_a_demand(demand: Gathering) -> None:
    demand.sign(*workers(21))
    demand.work_off()

    told = str([(e.actor, e.details) for e in demand.city.rows(HistoryEntry) if e.action.startswith("demand")])
    assert "worker2" not in told
    assert "worker2'" not in str([n.params for n in demand.city.rows(Notice)])
    with pytest.raises(BallotNotFound):
        demand.city.run(IssueTicket(ballot_id=demand.id, blinded=b"x"), by="worker30")
    with pytest.raises(BallotNotFound):
        demand.city.engine.casting.cast(demand.id, {"key": "", "token": "", "sealed": "", "proof": ""})


def test_a_case_that_is_ended_takes_the_signatures_with_it(demand: Gathering) -> None:
    demand.sign("worker1", "worker2")
    demand.city.engine.run(CancelCase(case_id=demand.case_id, reason="撤销"), actor=SYSTEM)

    assert demand.city.rows(BallotSignature) == []
    assert demand.row.abort_reason is not None
