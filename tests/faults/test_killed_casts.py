"""The server is killed at every message of a cast, a ticket and a count to the database.

No receipt is lost, no vote doubled, no ticket given twice; what was counted is what has a receipt.
"""

import base64
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from engine.ballots.motions import motions_from, write_choice
from engine.ballots.voter import Device
from engine.commands.close_ballot import CloseBallot
from engine.commands.issue_ticket import IssueTicket
from engine.model import Ballot, BallotTicket, Job
from engine.model.ballot import BallotState
from tests.ballots import Congress
from tests.city import City, open_city
from tests.faults.invariants import broken_invariants

MOST_MOMENTS = 1500
VOTER = "rep1"
ENDING = ("count_ballot", "forget_rewritten", "send_message")


class KilledAt:
    """Ends this process before or after the n-th message to the database; two moments a message."""

    def __init__(self, moment: int) -> None:
        self._left = moment

    def around(self, send: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*args: Any, **options: Any) -> Any:
            self._tick()
            answer = send(*args, **options)
            self._tick()
            return answer

        return watched

    def _tick(self) -> None:
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def do_and_die(congress: Congress, folder: Path, act: Callable[[City], str], *, moment: int) -> tuple[str, bool]:
    """In a child: gives what the act gave, when it still could, and whether it was killed."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            city = open_city(congress.city.database, data_dir=folder)
            city.engine._clock = congress.city.clock
            city.engine.casting._terms_of(congress.ballot_id)
            city.actor(VOTER)
            dialect, killer = city.engine.database.engine.dialect, KilledAt(moment)
            for message in ("do_begin", "do_execute", "do_execute_no_params", "do_commit", "do_rollback"):
                setattr(dialect, message, killer.around(getattr(dialect, message)))
            os.write(writing, act(city).encode())
        finally:
            os._exit(0)
    os.close(writing)
    _, status = os.waitpid(pid, 0)
    with os.fdopen(reading) as told:
        return told.read(), os.WIFSIGNALED(status)


def sweep(congress: Congress, folder: Path, act: Callable[[City], str]) -> Iterator[str]:
    """The same act, killed at every moment, until it lives; what it gave each time."""
    for moment in range(1, MOST_MOMENTS):
        gave, killed = do_and_die(congress, folder, act, moment=moment)
        yield gave
        if not killed:
            assert moment >= 8, "there are too few moments to have swept a whole act"
            return
    raise AssertionError("the act has more messages than moments were tried")


def entries(congress: Congress) -> list[str]:
    return [paper.entry for paper in congress.papers()]


def test_no_receipted_vote_is_lost_and_none_is_doubled(congress: Congress, tmp_path: Path) -> None:
    """Every moment of a cast with a voter of its own."""
    congress.vote("rep40")
    votes = iter([congress.prepare(f"rep{number}") for number in range(1, 40)])
    cast: list[dict[str, str]] = []

    def cast_next(city: City) -> str:
        return city.engine.casting.cast(congress.ballot_id, cast[-1]).entry

    told = []
    for vote in votes:
        cast.append(vote)
        receipt, killed = do_and_die(congress, tmp_path, cast_next, moment=len(cast))
        told.append(receipt)
        if not killed:
            break
    else:
        raise AssertionError("a cast has more messages than moments were tried")
    assert len(told) >= 8, "there are too few moments to have swept a whole cast"
    stored = entries(congress)

    reported = {receipt for receipt in told if receipt}
    assert reported
    assert reported <= set(stored)
    assert len(stored) == len(set(stored))

    # Whoever was left without a receipt sends the same vote again.
    receipts = [congress.cast(vote).entry for vote in cast]
    after = entries(congress)
    assert set(receipts) <= set(after)
    assert len(after) == len(set(after)) == len(cast) + 1
    assert congress.close()["back"] == len(cast) + 1


def test_one_and_the_same_vote_killed_at_every_moment_is_in_the_box_once(congress: Congress, tmp_path: Path) -> None:
    congress.vote("rep40")
    vote = congress.prepare(VOTER)

    told = list(sweep(congress, tmp_path, lambda city: city.engine.casting.cast(congress.ballot_id, vote).entry))

    assert set(told) - {""} == {congress.cast(vote).entry}
    assert len(entries(congress)) == 2


def test_a_ticket_that_is_asked_for_again_after_every_kill_is_the_same(congress: Congress, tmp_path: Path) -> None:
    ballot = congress.ballot
    keys = {"ticket_key": written(ballot.ticket_key), "seal_key": written(ballot.seal_key)}
    device = Device(ballot.id, **keys)
    question = IssueTicket(ballot_id=ballot.id, blinded=device.blinded)

    told = list(sweep(congress, tmp_path, lambda city: city.run(question, by=VOTER)))

    (ticket,) = congress.city.rows(BallotTicket)
    assert set(told) - {""} == {written(ticket.blind_signature)}
    vote = device.vote(write_choice(motions_from(ballot.motions), {"m1": "yes"}), blind_signature=told[-1])
    assert congress.cast(vote.as_json()).entry in entries(congress)


def test_a_count_that_is_killed_at_every_moment_counts_every_receipt_once(congress: Congress, tmp_path: Path) -> None:
    """From the second scrutineer's word to the message for the case, and to the last trace in the files."""
    receipts = {congress.vote(f"rep{number}", "yes" if number <= 25 else "no").entry for number in range(1, 31)}
    close = CloseBallot(ballot_id=congress.ballot_id, before_time=True)
    congress.city.run(close, by="chair")

    def end(city: City) -> str:
        if city.rows(Ballot, Ballot.id == congress.ballot_id)[0].state == BallotState.OPEN:
            city.run(close, by="guide")
        Congress(city, congress.case_id, congress.ballot_id).work_off()
        return "done"

    for _ in sweep(congress, tmp_path, end):
        congress.city.clock.advance(seconds=400)  # the leases of what the killed ones had begun run out
    congress.work_off()

    assert set(entries(congress)) == receipts
    assert congress.variables["result"]["back"] == len(receipts)
    assert congress.variables["result"]["motions"][0]["yes"] == 25
    assert {job.state for job in congress.city.rows(Job, Job.kind.in_(ENDING))} == {"done"}
    assert broken_invariants(congress.city.engine) == []


def written(content: bytes) -> str:
    return base64.b64encode(content).decode()
