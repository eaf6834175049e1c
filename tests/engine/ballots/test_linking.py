"""The attack of somebody who holds everything that is stored: who voted how must stay as unknown as by guessing.

The worst case: every voter votes at once after taking the ticket, from an address of the voter's own, so that both
happen in the same order, and those who came first say yes. The attacker has all tables with the places and
transactions of their rows, an access log that should not be there, all other logs, the files and their times, and
after the count the raw pages of the database.
"""

import base64
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from cli.serve import Server
from engine.ballots.box import PAPERS_A_TRAY
from engine.ballots.votes import Vote
from engine.model import BallotTicket, BallotTray, HistoryEntry, Job, KeptReply, Model
from settings import Settings
from tests.ballots import Congress, enrol, open_congress
from tests.city import PEOPLE, open_city
from tests.databases import KINDS
from tests.logged_server import Logs, logged_server
from tests.raw_files import raw_files
from tests.voters_at_home import address_of, vote_from_home

VOTERS = int(os.environ.get("TONGBAN_TEST_VOTERS", "1000"))
LATE = 8
pytestmark = pytest.mark.timeout(900)


@dataclass(frozen=True)
class Known:
    """What the attacker has; `congress.votes` is what only the test knows."""

    congress: Congress
    logs: Logs
    folder: Path

    @property
    def votes_logged(self) -> list[str]:
        return [line for line in self.logs.access.read_text().splitlines() if "/votes " in line]


@pytest.fixture(scope="module", params=KINDS)
def known(
    request: pytest.FixtureRequest, database_hosts: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Known]:
    """`seat0`, `seat1` … came in this order; the first half said yes."""
    folder, logs = tmp_path_factory.mktemp("voted"), tmp_path_factory.mktemp("logs")
    with database_hosts.of(request.param).fresh(PEOPLE) as fresh:
        city = open_city(fresh, data_dir=folder)
        city.clock.now = datetime.now(UTC)  # that of the server
        voters = [f"seat{number}" for number in range(VOTERS)]
        enrol(city, voters)
        congress = open_congress(city)
        congress.work_off()
        with logged_server(fresh.url, data_dir=folder, logs=logs) as served:
            vote_from_home(congress, voters, port=served.port, says=lambda n: "yes" if n < VOTERS / 2 else "no")
        yield Known(congress, served, folder)
        city.engine.database.dispose()


def rows_in_order_of_writing(congress: Congress, model: type[Model], columns: str) -> list[Any]:
    """As they lie in the table, and by the transaction that wrote them."""
    order = "rowid" if congress.city.database.kind == "sqlite" else "xmin::text::bigint, ctid"
    with congress.city.engine.reading() as session:
        return list(session.execute(text(f"SELECT {columns} FROM {model.__tablename__} ORDER BY {order}")))


def voters_as_they_came(congress: Congress) -> list[int]:
    ids = {congress.city.actor(f"seat{number}").person_id: number for number in range(VOTERS)}
    return [ids[person_id] for (person_id,) in rows_in_order_of_writing(congress, BallotTicket, "person_id")]


def owners(congress: Congress) -> dict[bytes, int]:
    """Whose paper each key is, which only this test knows."""
    return {base64.b64decode(vote["key"]): int(voter.removeprefix("seat")) for voter, vote in congress.votes.items()}


def papers_as_they_lie(congress: Congress) -> list[int]:
    """Whose paper each is, in the order that the box gives away."""
    owner, width = owners(congress), paper_width(congress)
    trays = [bytes(row[0]) for row in rows_in_order_of_writing(congress, BallotTray, "papers")]
    return [owner[tray[place : place + 32]] for tray in trays for place in range(0, len(tray), width)]


def paper_width(congress: Congress) -> int:
    return 32 + 384 + 64 + congress.ballot.choice_size + 48


def spellings(papers: Sequence[Vote]) -> list[bytes]:
    parts = [part for paper in papers for part in (paper.key, paper.token, paper.sealed, paper.proof)]
    marks = [bytes.fromhex(mark) for paper in papers for mark in (paper.number, paper.entry)]
    return [spelt for part in [*parts, *marks] for spelt in (part, part.hex().encode(), base64.b64encode(part))]


def must_be_as_good_as_chance(guess: Sequence[int], truth: Sequence[int]) -> None:
    """In a random order one guess is right on average, half of the choices are, two pairs of those who came one after
    the other lie side by side, and nothing is correlated. Five standard deviations are allowed, of what is rare as many
    as chance gives once in a million times: a box without order fails here in less than one of 100,000 runs.
    """
    assert set(guess) >= set(truth)
    size, middle = len(truth), (VOTERS - 1) / 2
    pairs = list(zip(guess, truth, strict=False))
    hits = sum(a == b for a, b in pairs)
    right = sum((a < VOTERS / 2) == (b < VOTERS / 2) for a, b in pairs)
    spread = sum((number - middle) ** 2 for number in truth)
    correlation = sum((a - middle) * (b - middle) for a, b in pairs) / spread
    neighbours = sum(abs(a - b) == 1 for a, b in pairwise(truth))

    assert hits <= 8
    assert neighbours <= 12
    assert abs(right - size / 2) <= 5 * (size / 4) ** 0.5
    assert abs(correlation) <= 5 / size**0.5


def test_the_tickets_do_tell_the_order(known: Known) -> None:
    """So the attack is a real one: one of the two sides is known."""
    assert voters_as_they_came(known.congress) == list(range(VOTERS))


def test_an_access_log_does_tell_who_voted_when(known: Known) -> None:
    """It is a mistake of the operator to have one: then the hour of each vote is known, but no paper has an hour."""
    places = {line.split()[0]: place for place, line in enumerate(known.votes_logged)}

    # A line is written after the answer, when the next voter may have come already.
    assert len(places) == len(known.votes_logged) == VOTERS
    assert max(abs(places[address_of(number)] - number) for number in range(VOTERS)) <= LATE


def test_the_server_itself_writes_none(known: Known) -> None:
    assert Server(Settings(secret_key="-")).cfg.accesslog is None
    assert [word for word in ("/votes", "/tickets", "127.1.") if word in known.logs.said.read_text()] == []


def test_in_an_access_log_all_votes_look_alike(known: Known) -> None:
    """Yes and no are sent and answered with the same length; only the address, the hour and how long it took differ."""
    rest = {re.sub(r"^\S+ \[.*?\]|(?<= )\d+ (?=\"-\")", "", line) for line in known.votes_logged}

    assert len(rest) == 1


def test_the_order_of_the_box_tells_nothing(known: Known) -> None:
    must_be_as_good_as_chance(voters_as_they_came(known.congress), papers_as_they_lie(known.congress))


def test_a_tray_narrows_a_vote_down_to_many(known: Known) -> None:
    width = paper_width(known.congress)

    sizes = [len(tray.papers) // width for tray in known.congress.city.rows(BallotTray)]

    assert sum(sizes) == VOTERS
    assert min(sizes) >= PAPERS_A_TRAY / 4


def test_no_other_table_knows_anything_of_a_paper(known: Known) -> None:
    """History, jobs, notices, mails, and whatever else there is."""
    with known.congress.city.engine.reading() as session:
        dump = b"\n".join(
            _bytes(value)
            for name, table in Model.metadata.tables.items()
            if name != "ballot_tray"
            for row in session.execute(table.select())
            for value in row
        )

    assert [spelling for spelling in spellings(known.congress.papers()) if spelling in dump] == []


def test_no_log_and_no_file_knows_anything_of_a_paper(known: Known) -> None:
    files = [*known.folder.rglob("*"), *known.logs.access.parent.iterdir()]
    written = b"\n".join(file.read_bytes() for file in files if file.is_file())

    assert b"/votes" in written
    assert [spelling for spelling in spellings(known.congress.papers()) if spelling in written] == []


def test_the_box_knows_no_person(known: Known) -> None:
    ids = [known.congress.city.actor(f"seat{number}").person_id for number in range(VOTERS)]
    box = b"".join(tray.papers for tray in known.congress.city.rows(BallotTray))

    names = [spelling for id_ in ids for spelling in (id_.encode(), bytes.fromhex(id_))]
    signed = [bytes(ticket.blind_signature) for ticket in known.congress.city.rows(BallotTicket)]
    assert [name for name in [*names, *signed] if name in box] == []


def test_after_the_count_the_raw_pages_tell_nothing_either(known: Known) -> None:
    """Deleted pages, dead rows and the log of SQLite included: each paper is there once, where its tray is."""
    came = voters_as_they_came(known.congress)
    assert known.congress.close()["back"] == VOTERS

    places = where_papers_lie(known.congress)

    lie = [owner for _, owner in sorted((place, owner) for owner, found in places.items() for place in found)]
    assert max(map(len, places.values())) == 1
    assert len(lie) > 0.95 * VOTERS
    must_be_as_good_as_chance(came, lie)


def where_papers_lie(congress: Congress) -> dict[int, list[tuple[str, int]]]:
    """Owners to places in the files, of papers whose key does not lie across the end of a page."""
    owner = owners(congress)
    some = list(owner)[:: max(1, VOTERS // 50)]
    files = {name: c for name, c in raw_files(congress.city.database).items() if any(key in c for key in some)}
    return {
        number: [(name, at.start()) for name, content in files.items() for at in re.finditer(re.escape(key), content)]
        for key, number in owner.items()
    }


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
