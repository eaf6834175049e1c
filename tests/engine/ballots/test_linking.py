"""The attack of somebody who holds everything that is stored: who voted how must stay as unknown as by guessing.

The worst case: every voter votes at once after taking the ticket, so that both happen in the same order, and those who
came first say yes. The attacker has all tables with the places and transactions of their rows, and the files' times.
"""

import base64
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from engine.ballots.box import PAPERS_A_TRAY, papers_of
from engine.model import BallotTicket, BallotTray, HistoryEntry, Job, KeptReply, Model
from tests.ballots import Congress, enrol, open_congress
from tests.city import PEOPLE, open_city
from tests.databases import KINDS

# The full run takes 1000 voters.
VOTERS = int(os.environ.get("TONGBAN_TEST_VOTERS", "100"))


@pytest.fixture(scope="module", params=KINDS)
def voted(
    request: pytest.FixtureRequest, database_hosts: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Congress]:
    """`seat0`, `seat1` … came in this order; the first half said yes."""
    with database_hosts.of(request.param).fresh(PEOPLE) as fresh:
        city = open_city(fresh, data_dir=tmp_path_factory.mktemp("voted"))
        enrol(city, [f"seat{number}" for number in range(VOTERS)])
        congress = open_congress(city)
        for number in range(VOTERS):
            congress.vote(f"seat{number}", "yes" if number < VOTERS / 2 else "no")
        yield congress
        city.engine.database.dispose()


def rows_in_order_of_writing(congress: Congress, model: type[Model], columns: str) -> list[Any]:
    """As they lie in the table, and by the transaction that wrote them."""
    order = "rowid" if congress.city.database.kind == "sqlite" else "xmin::text::bigint, ctid"
    with congress.city.engine.reading() as session:
        return list(session.execute(text(f"SELECT {columns} FROM {model.__tablename__} ORDER BY {order}")))


def voters_as_they_came(congress: Congress) -> list[int]:
    ids = {congress.city.actor(f"seat{number}").person_id: number for number in range(VOTERS)}
    return [ids[person_id] for (person_id,) in rows_in_order_of_writing(congress, BallotTicket, "person_id")]


def papers_as_they_lie(congress: Congress) -> list[int]:
    """Whose paper each is, which only this test knows, in the order that the box gives away."""
    owner = {vote["key"]: int(voter.removeprefix("seat")) for voter, vote in congress.votes.items()}
    width = 32 + 384 + 64 + congress.ballot.choice_size + 48
    trays = [bytes(row[0]) for row in rows_in_order_of_writing(congress, BallotTray, "papers")]
    keys = [tray[place : place + 32] for tray in trays for place in range(0, len(tray), width)]
    return [owner[base64.b64encode(key).decode()] for key in keys]


def test_the_tickets_do_tell_the_order(voted: Congress) -> None:
    """So the attack is a real one: one of the two sides is known."""
    assert voters_as_they_came(voted) == list(range(VOTERS))


def test_the_order_of_the_box_tells_nothing(voted: Congress) -> None:
    came, lie = voters_as_they_came(voted), papers_as_they_lie(voted)
    assert sorted(lie) == sorted(came)

    hits = sum(guess == truth for guess, truth in zip(came, lie, strict=True))
    right = sum((guess < VOTERS / 2) == (truth < VOTERS / 2) for guess, truth in zip(came, lie, strict=True))
    middle = (VOTERS - 1) / 2
    spread = sum((number - middle) ** 2 for number in range(VOTERS))
    correlation = sum((a - middle) * (b - middle) for a, b in zip(came, lie, strict=True)) / spread

    # A random order has one hit on average, half of the choices right, and no correlation: five standard deviations.
    assert hits <= 8
    assert abs(right - VOTERS / 2) <= 5 * (VOTERS / 4) ** 0.5
    assert abs(correlation) <= 5 / VOTERS**0.5


def test_a_tray_narrows_a_vote_down_to_many(voted: Congress) -> None:
    width = 32 + 384 + 64 + voted.ballot.choice_size + 48

    sizes = [len(tray.papers) // width for tray in voted.city.rows(BallotTray)]

    assert sum(sizes) == VOTERS
    assert min(sizes) >= PAPERS_A_TRAY / 4


def test_no_other_table_knows_anything_of_a_paper(voted: Congress) -> None:
    with voted.city.engine.reading() as session:
        papers = list(papers_of(session, voted.ballot_id, choice_size=voted.ballot.choice_size))
        dump = b"\n".join(
            _bytes(value)
            for name, table in Model.metadata.tables.items()
            if name != "ballot_tray"
            for row in session.execute(table.select())
            for value in row
        )

    parts = [part for paper in papers for part in (paper.key, paper.token, paper.sealed, paper.proof)]
    marks = [bytes.fromhex(mark) for paper in papers for mark in (paper.number, paper.entry)]
    spellings = [s for p in [*parts, *marks] for s in (p, p.hex().encode(), base64.b64encode(p))]
    assert [spelling for spelling in spellings if spelling in dump] == []


def test_the_box_knows_no_person(voted: Congress) -> None:
    ids = [voted.city.actor(f"seat{number}").person_id for number in range(VOTERS)]
    box = b"".join(tray.papers for tray in voted.city.rows(BallotTray))

    names = [spelling for id_ in ids for spelling in (id_.encode(), bytes.fromhex(id_))]
    signed = [bytes(ticket.blind_signature) for ticket in voted.city.rows(BallotTicket)]
    assert [name for name in [*names, *signed] if name in box] == []


def test_no_file_and_no_background_work_is_touched_by_a_vote(congress: Congress, tmp_path: Path) -> None:
    congress.vote("rep1")  # the first one makes the key that signs receipts
    vote = congress.prepare("rep2")

    def traces() -> Any:
        files = [path for path in tmp_path.rglob("*") if path.is_file()]
        times = {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in files}
        return times, [len(congress.city.rows(model)) for model in (HistoryEntry, Job, KeptReply)]

    before = traces()
    congress.cast(vote)

    assert traces() == before


def _bytes(value: Any) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()
