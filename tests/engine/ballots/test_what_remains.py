"""In the files of the database nothing remains of what a ballot deleted or rewrote: no older box, no key, no name.

An older box beside a newer one would tell which paper came in between, and the tickets tell who came then.
"""

import pytest
from sqlalchemy import make_url, text

from engine.ballots.votes import Vote
from engine.commands.abort_ballot import AbortBallot
from engine.commands.close_ballot import CloseBallot
from engine.database import Database, NotTheOwner, OthersAreReading
from engine.model import Job
from engine.model.job import JobState
from tests.ballots import Congress
from tests.city import City
from tests.raw_files import raw_files

VOTERS = 20


@pytest.fixture
def voted(congress: Congress) -> Congress:
    for number in range(1, VOTERS + 1):
        congress.vote(f"rep{number}", "yes" if number % 2 else "no")
    return congress


def times_found(congress: Congress, parts: list[bytes]) -> list[int]:
    files = raw_files(congress.city.database).values()
    return [sum(content.count(part) for content in files) for part in parts]


def marks(papers: list[Vote]) -> list[bytes]:
    """Short enough that few of them lie across the end of a page."""
    return [part[:16] for paper in papers for part in (paper.key, paper.token, paper.sealed, paper.proof)]


def wrapped_keys(congress: Congress) -> list[bytes]:
    ballot = congress.ballot
    assert ballot.wrapped_ticket_key
    assert ballot.wrapped_seal_key
    return [ballot.wrapped_ticket_key[:16], ballot.wrapped_seal_key[:16]]


def test_while_it_runs_older_boxes_can_be_read(voted: Congress) -> None:
    """So there is something to forget, and what looks for it finds it."""
    assert max(times_found(voted, marks(voted.papers()))) > 1
    assert min(times_found(voted, wrapped_keys(voted))) >= 1


def test_after_the_count_each_paper_is_there_once_and_the_keys_are_nowhere(voted: Congress) -> None:
    papers, keys = voted.papers(), wrapped_keys(voted)
    voted.close()

    found = times_found(voted, marks(papers))

    assert max(found) == 1
    assert sum(found) > 0.95 * len(found)
    assert times_found(voted, keys) == [0, 0]
    assert voted.papers() == papers


def test_after_an_abort_there_is_nothing(voted: Congress) -> None:
    papers, keys = voted.papers(), wrapped_keys(voted)
    voted.city.run(AbortBallot(ballot_id=voted.ballot_id, reason="停电"), by="chair")
    voted.work_off()

    assert set(times_found(voted, [*marks(papers), *keys])) == {0}


def test_somebody_who_reads_meanwhile_delays_it(voted: Congress, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that began before is not waited for without end; the job is tried again and does what is left."""
    monkeypatch.setattr("engine.database.LONGEST_WAIT", 0.1)
    papers = voted.papers()
    for scrutineer in ("chair", "guide"):
        voted.city.run(CloseBallot(ballot_id=voted.ballot_id, before_time=True), by=scrutineer)
    with voted.city.engine.reading() as session:
        if voted.city.database.kind == "postgresql":
            session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        session.query(Job).first()
        voted.work_off()
    (job,) = voted.city.rows(Job, Job.kind == "forget_rewritten")
    assert job.state == JobState.READY
    assert OthersAreReading.__name__ in (job.last_error or "")
    assert voted.ballot.result

    voted.city.clock.advance(minutes=1)
    voted.work_off()

    assert max(times_found(voted, marks(papers))) == 1


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
def test_who_does_not_own_the_tables_is_told(people: City) -> None:
    """PostgreSQL itself only warns, and leaves everything as it is."""
    with people.session() as session, session.begin():
        session.execute(text("DROP ROLE IF EXISTS guest"))
        session.execute(text("CREATE ROLE guest LOGIN"))
    guest = Database(make_url(people.database.url).set(username="guest").render_as_string(hide_password=False))

    with pytest.raises(NotTheOwner):
        guest.forget_rewritten(("ballot_tray",))
    guest.dispose()
