"""A vote that comes at the instant at which a ballot ends is counted and has a receipt, or it is refused; never in
between."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

import pytest

from engine.balloting import stop_ballot
from engine.ballots.casting import Receipt
from engine.command import Command
from engine.commands.abort_ballot import AbortBallot
from engine.commands.close_ballot import BallotStillRuns, CloseBallot
from engine.errors import EngineError
from engine.work import Work
from tests.ballots import Congress

THREADS = 6
VOTERS = 24
REFUSALS = {"ballot_not_open"}


@dataclass(frozen=True, kw_only=True)
class StopBallot(Command[None]):
    """What the service `ballot/close` does."""

    case_id: str
    ballot_id: str

    def execute(self, work: Work) -> None:
        stop_ballot(work.as_system().lock_case(self.case_id, clocks_first=False), self.ballot_id)


def outcome(congress: Congress, vote: dict[str, str]) -> Receipt | str:
    try:
        return congress.cast(vote)
    except EngineError as refusal:
        return refusal.code


def cast_around(congress: Congress, end: Callable[[], Any], *, moment: int) -> tuple[set[str], set[str]]:
    """Everybody casts at once, and in the midst of it the ballot ends: entries of the receipts, and the refusals."""
    votes = [congress.prepare(f"rep{number}") for number in range(1, VOTERS + 1)]
    acts = [lambda vote=vote: outcome(congress, vote) for vote in votes]
    acts.insert(moment, end)
    with ThreadPoolExecutor(THREADS) as threads:
        outcomes = list(threads.map(lambda act: act(), acts))
    del outcomes[moment]
    receipts = {got.entry for got in outcomes if isinstance(got, Receipt)}
    return receipts, {got for got in outcomes if isinstance(got, str)}


def close(congress: Congress, *, by: str) -> str:
    return congress.city.run(CloseBallot(ballot_id=congress.ballot_id, before_time=True), by=by)


def must_have_counted(congress: Congress, receipts: set[str]) -> None:
    congress.work_off()
    assert {paper.entry for paper in congress.papers()} == receipts
    assert congress.variables["result"]["back"] == len(receipts)


@pytest.mark.parametrize("round_", range(3))
def test_when_the_second_scrutineer_closes(congress: Congress, round_: int) -> None:
    close(congress, by="chair")
    moment = random.Random(round_).randrange(4, 20)

    receipts, refusals = cast_around(congress, lambda: close(congress, by="guide"), moment=moment)

    assert refusals <= REFUSALS
    must_have_counted(congress, receipts)


@pytest.mark.parametrize("round_", range(3))
def test_when_the_process_stops_it(congress: Congress, round_: int) -> None:
    stop = StopBallot(case_id=congress.case_id, ballot_id=congress.ballot_id)
    moment = random.Random(round_).randrange(4, 20)

    receipts, refusals = cast_around(congress, lambda: congress.city.run(stop, by="system"), moment=moment)

    assert refusals <= REFUSALS
    assert congress.ballot.state == "stopped"
    for scrutineer in ("chair", "guide"):
        close(congress, by=scrutineer)
    must_have_counted(congress, receipts)


@pytest.mark.parametrize("round_", range(3))
def test_when_the_time_runs_out_while_votes_are_on_their_way(congress: Congress, round_: int) -> None:
    """Every look at the clock is a millisecond later; both scrutineers close as soon as they may."""
    clock, looks = congress.city.clock, random.Random(round_).randrange(20, 60)
    votes = [congress.prepare(f"rep{number}") for number in range(1, VOTERS + 1)]
    clock.now = congress.ballot.closes_at
    clock.advance(milliseconds=-looks)

    def later() -> datetime:
        clock.advance(milliseconds=1)
        return clock.now

    congress.city.engine._clock = later
    with ThreadPoolExecutor(THREADS) as threads:
        casts = threads.map(partial(outcome, congress), votes)
        for scrutineer in ("chair", "guide"):
            threads.submit(close_as_soon_as_possible, congress, scrutineer).result()
        outcomes = list(casts)

    assert {got for got in outcomes if isinstance(got, str)} <= REFUSALS
    must_have_counted(congress, {got.entry for got in outcomes if isinstance(got, Receipt)})


def close_as_soon_as_possible(congress: Congress, by: str) -> None:
    for _ in range(1000):
        try:
            congress.city.run(CloseBallot(ballot_id=congress.ballot_id), by=by)
            return
        except BallotStillRuns:
            continue
    raise AssertionError("the ballot did not end")


@pytest.mark.parametrize("round_", range(3))
def test_when_it_is_aborted_nothing_is_left(congress: Congress, round_: int) -> None:
    abort = AbortBallot(ballot_id=congress.ballot_id, reason="停电")
    moment = random.Random(round_).randrange(4, 20)

    _, refusals = cast_around(congress, lambda: congress.city.run(abort, by="chair"), moment=moment)
    congress.work_off()

    assert refusals <= REFUSALS
    assert congress.papers() == []
    assert congress.variables["result"]["aborted"]
