import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from engine.balloting import NotAScrutineer
from engine.ballots import reminders
from engine.commands.abort_ballot import AbortBallot
from engine.commands.mark_paper_voter import MarkPaperVoter
from engine.commands.remind_voters import ReminderTooSoon, RemindVoters
from engine.model import HistoryEntry, Notice
from engine.model.ballot import BallotNotOpen
from tests.ballots import Congress


def remind(congress: Congress, by: str = "chair") -> None:
    congress.city.run(RemindVoters(ballot_id=congress.ballot_id), by=by)
    congress.work_off()


def told(congress: Congress, kind: str = "ballot_reminder") -> set[str]:
    """Who has a notice; nobody has two of one reminder."""
    rows = congress.city.rows(Notice, Notice.kind == kind)
    assert len({(row.person_id, row.at) for row in rows}) == len(rows)
    return {row.person_id for row in rows}


def ids(congress: Congress, *numbers: int) -> set[str]:
    return {congress.city.actor(f"rep{number}").person_id for number in numbers}


@pytest.fixture
def mixed(mixed_congress: Congress) -> Congress:
    """`rep1` has a paper ballot, `rep2` a ticket."""
    mixed_congress.city.run(MarkPaperVoter(ballot_id=mixed_congress.ballot_id, voter="rep1"), by="chair")
    mixed_congress.ticket("rep2", Ed25519PrivateKey.generate())
    return mixed_congress


@pytest.fixture(params=[400, 7])
def in_parts(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """All at once, and in six jobs."""
    monkeypatch.setattr(reminders, "VOTERS_A_PART", request.param)


@pytest.mark.usefixtures("in_parts")
def test_only_those_who_have_not_taken_part_are_told(mixed: Congress) -> None:
    remind(mixed)

    assert told(mixed) == ids(mixed, *range(3, 41))


def test_everybody_is_told_that_it_opened(mixed: Congress) -> None:
    mixed.work_off()

    assert told(mixed, "ballot_opened") == ids(mixed, *range(3, 41)), "the other two had come before the job ran"
    notice = mixed.city.rows(Notice, Notice.kind == "ballot_opened")[0]
    assert notice.params["ballot_id"] == mixed.ballot_id


def test_planned_reminders_come_once_each(mixed: Congress) -> None:
    for hours in (0, 47, 1, 0, 1, 20, 1, 0, 3):
        mixed.city.clock.advance(hours=hours)
        mixed.work_off()

    times = {notice.at for notice in mixed.city.rows(Notice, Notice.kind == "ballot_reminder")}
    closes = mixed.ballot.closes_at
    assert sorted((closes - at).total_seconds() / 3600 for at in times) == [2, 24]
    assert told(mixed) == ids(mixed, *range(3, 41))


def test_those_that_were_missed_are_made_up_for_once(mixed: Congress) -> None:
    mixed.city.clock.advance(hours=71)
    mixed.work_off()

    assert len({notice.at for notice in mixed.city.rows(Notice, Notice.kind == "ballot_reminder")}) == 1


def test_whoever_takes_a_ticket_in_between_is_left_alone(mixed: Congress) -> None:
    remind(mixed)
    mixed.ticket("rep3", Ed25519PrivateKey.generate())
    mixed.city.clock.advance(hours=5)
    remind(mixed)

    rows = mixed.city.rows(Notice, Notice.kind == "ballot_reminder")
    assert [sum(row.person_id in ids(mixed, n) for row in rows) for n in (3, 4)] == [1, 2]


def test_scrutineers_remind_after_a_pause_and_not_right_before_the_system_does(mixed: Congress) -> None:
    remind(mixed)
    with pytest.raises(ReminderTooSoon):
        remind(mixed, by="guide")
    mixed.city.clock.advance(hours=45)
    with pytest.raises(ReminderTooSoon):
        remind(mixed)


def test_only_a_scrutineer_reminds_and_only_while_there_is_time(mixed: Congress) -> None:
    with pytest.raises(NotAScrutineer):
        remind(mixed, by="rep5")
    mixed.city.clock.advance(days=3)
    with pytest.raises(BallotNotOpen):
        remind(mixed)


def test_a_ballot_that_has_ended_reminds_nobody(mixed: Congress) -> None:
    mixed.city.run(RemindVoters(ballot_id=mixed.ballot_id), by="chair")
    mixed.city.run(AbortBallot(ballot_id=mixed.ballot_id, reason="停电"), by="chair")
    mixed.city.clock.advance(days=4)
    mixed.work_off()

    assert told(mixed) == set()


def test_the_history_tells_that_voters_were_reminded_not_whom_nor_how_many(mixed: Congress) -> None:
    remind(mixed)

    (line,) = mixed.city.rows(HistoryEntry, HistoryEntry.action == "ballot_reminded")
    assert (line.actor, line.details) == ("chair", {"ballot": mixed.ballot_id})
