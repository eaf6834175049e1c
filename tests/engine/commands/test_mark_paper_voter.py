import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from engine.balloting import NotAScrutineer
from engine.ballots.roll import NotOnTheRoll, VotesOnline, VotesOnPaper
from engine.commands.mark_paper_voter import MarkPaperVoter, NotAMixedBallot
from engine.model import HistoryEntry
from tests.ballots import Congress


def mark(congress: Congress, voter: str, by: str = "chair") -> None:
    congress.city.run(MarkPaperVoter(ballot_id=congress.ballot_id, voter=voter), by=by)


def test_who_votes_on_paper_cannot_vote_online_and_the_reverse(mixed_congress: Congress) -> None:
    mark(mixed_congress, "rep1")
    mixed_congress.ticket("rep2", Ed25519PrivateKey.generate())

    with pytest.raises(VotesOnPaper):
        mixed_congress.ticket("rep1", Ed25519PrivateKey.generate())
    with pytest.raises(VotesOnline):
        mark(mixed_congress, "rep2")


def test_only_a_scrutineer_gives_paper_ballots_and_only_to_voters(mixed_congress: Congress) -> None:
    with pytest.raises(NotAScrutineer):
        mark(mixed_congress, "rep1", by="rep2")
    for stranger in ("boss2", "nobody"):
        with pytest.raises(NotOnTheRoll):
            mark(mixed_congress, stranger)


def test_the_history_tells_that_a_paper_was_given_not_to_whom(mixed_congress: Congress) -> None:
    mark(mixed_congress, "rep1")
    mark(mixed_congress, "rep1")

    (line,) = mixed_congress.city.rows(HistoryEntry, HistoryEntry.action == "paper_ballot_given")
    assert (line.actor, line.details) == ("chair", {"ballot": mixed_congress.ballot_id})


def test_an_online_ballot_has_no_paper(congress: Congress) -> None:
    with pytest.raises(NotAMixedBallot):
        mark(congress, "rep1")
