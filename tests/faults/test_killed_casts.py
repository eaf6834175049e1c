"""The server is killed at every message of a cast to the database: no receipt is lost, no vote doubled."""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.ballots.box import papers_of
from tests.ballots import Congress
from tests.city import open_city

MOST_MESSAGES = 40


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


def cast_and_die(congress: Congress, folder: Path, vote: dict[str, str], *, moment: int) -> tuple[str, bool]:
    """In a child: gives the entry of the receipt that it could still report (or nothing), and whether it was killed."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            engine = open_city(congress.city.database, data_dir=folder).engine
            engine._clock = congress.city.clock
            engine.casting._terms_of(congress.ballot_id)
            dialect, killer = engine.database.engine.dialect, KilledAt(moment)
            for message in ("do_begin", "do_execute", "do_execute_no_params", "do_commit"):
                setattr(dialect, message, killer.around(getattr(dialect, message)))
            os.write(writing, engine.casting.cast(congress.ballot_id, vote).entry.encode())
        finally:
            os._exit(0)
    os.close(writing)
    _, status = os.waitpid(pid, 0)
    with os.fdopen(reading) as told:
        return told.read(), os.WIFSIGNALED(status)


@pytest.fixture
def sweep(congress: Congress, tmp_path: Path) -> list[tuple[dict[str, str], str]]:
    """Every moment of a cast with a voter of its own: the vote, and the receipt that was still reported."""
    congress.vote("rep40")
    told = []
    for moment in range(1, MOST_MESSAGES):
        vote = congress.prepare(f"rep{moment}")
        receipt, killed = cast_and_die(congress, tmp_path, vote, moment=moment)
        told.append((vote, receipt))
        if not killed:
            break
    else:
        raise AssertionError("a cast has more messages than moments were tried")
    return told


def entries(congress: Congress) -> list[str]:
    with congress.city.engine.reading() as session:
        papers = papers_of(session, congress.ballot_id, choice_size=congress.ballot.choice_size)
        return [paper.entry for paper in papers]


def test_no_receipted_vote_is_lost_and_none_is_doubled(congress: Congress, sweep: list[Any]) -> None:
    assert len(sweep) >= 8, "there are too few moments to have swept a whole cast"
    stored = entries(congress)

    reported = {receipt for _, receipt in sweep if receipt}
    assert reported
    assert reported <= set(stored)
    assert len(stored) == len(set(stored))

    # Whoever was left without a receipt sends the same vote again.
    receipts = [congress.cast(vote).entry for vote, _ in sweep]
    after = entries(congress)
    assert set(receipts) <= set(after)
    assert len(after) == len(set(after)) == len(sweep) + 1
    assert congress.close()["back"] == len(sweep) + 1
