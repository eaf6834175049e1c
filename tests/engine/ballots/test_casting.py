"""One vote a ticket, whatever is sent how often; counted and receipted, or refused."""

import base64
import os
import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from engine.ballots.box import AlreadyCast, papers_of
from engine.ballots.casting import BallotNotFound, Receipt
from engine.ballots.motions import motions_from, write_choice
from engine.ballots.voter import make_vote
from engine.ballots.votes import Vote, VoteNotGenuine, VoteUnreadable, receipt_message
from engine.errors import EngineError
from engine.model import HistoryEntry, Job
from engine.model.ballot import BallotNotOpen
from tests.ballots import Congress, enrol, open_congress

# The full run takes 1000 voters; each casts 50 times at once.
VOTERS = int(os.environ.get("TONGBAN_TEST_VOTERS", "10"))
CASTS_EACH = 50
THREADS = 8


def in_the_box(congress: Congress) -> list[Vote]:
    with congress.city.engine.reading() as session:
        return list(papers_of(session, congress.ballot_id, choice_size=congress.ballot.choice_size))


def twin_votes(congress: Congress, voter: str) -> list[dict[str, str]]:
    """Yes and no with one and the same ticket."""
    ballot, key = congress.ballot, Ed25519PrivateKey.generate()
    seal_key, token = X25519PublicKey.from_public_bytes(ballot.seal_key), congress.ticket(voter, key)
    written = [write_choice(motions_from(ballot.motions), {"m1": answer}) for answer in ("yes", "no")]
    votes = [
        make_vote(choice, voter=key, token=token, seal_key=seal_key, ballot_id=congress.ballot_id) for choice in written
    ]
    return [vote.as_json() for vote in votes]


def outcome(congress: Congress, vote: dict[str, str]) -> Receipt | str:
    try:
        return congress.cast(vote)
    except EngineError as refusal:
        return refusal.code


def test_the_receipt_names_the_paper_and_is_signed(congress: Congress) -> None:
    receipt = congress.vote("rep1")

    (paper,) = in_the_box(congress)
    assert (receipt.number, receipt.entry) == (paper.number, paper.entry)
    public: Ed25519PublicKey = congress.city.engine.safe.signer().public_key()
    public.verify(bytes.fromhex(receipt.signature), receipt_message(congress.ballot_id, receipt.entry))


def test_casting_again_gives_the_same_receipt_even_after_the_count(congress: Congress) -> None:
    vote = congress.prepare("rep1")
    first = congress.cast(vote)
    again = congress.cast(vote)
    congress.close()

    assert first == again == congress.cast(vote)
    assert len(in_the_box(congress)) == 1


def test_another_vote_with_the_same_ticket_is_refused(congress: Congress) -> None:
    yes, no = twin_votes(congress, "rep1")
    congress.cast(yes)

    with pytest.raises(AlreadyCast):
        congress.cast(no)
    assert [paper.as_json() for paper in in_the_box(congress)] == [yes]


@pytest.mark.parametrize("part", ["key", "token", "sealed", "proof"])
def test_a_changed_vote_is_refused(congress: Congress, part: str) -> None:
    vote, other = congress.prepare("rep1"), congress.prepare("rep2")

    for changed in ({part: other[part]}, {part: base64.b64encode(b"\0" * len(base64.b64decode(vote[part]))).decode()}):
        with pytest.raises(VoteNotGenuine):
            congress.cast({**vote, **changed})
    assert in_the_box(congress) == []


@pytest.mark.parametrize("part", ["key", "token", "sealed", "proof"])
@pytest.mark.parametrize("wrong", [None, "", "!", 7, "AAAA", "é"])
def test_what_is_no_vote_is_refused(congress: Congress, part: str, wrong: Any) -> None:
    vote = congress.prepare("rep1")

    with pytest.raises((VoteUnreadable, VoteNotGenuine)):
        congress.cast({**vote, part: wrong})


def test_a_ticket_of_another_ballot_is_worth_nothing(congress: Congress) -> None:
    other = open_congress(congress.city)
    vote = congress.prepare("rep1")

    with pytest.raises(VoteNotGenuine):
        other.cast(vote)
    with pytest.raises(BallotNotFound):
        replace(other, ballot_id="f" * 32).cast(vote)


def test_a_copy_of_somebodys_sealed_choice_counts_as_spoilt(congress: Congress) -> None:
    """Handed in under another key it does not open: nobody can find out a choice by copying it."""
    vote, ballot, key = congress.prepare("rep1"), congress.ballot, Ed25519PrivateKey.generate()
    sealed = base64.b64decode(vote["sealed"])
    proof = key.sign(f"tongban-ballot/1 proof\0{ballot.id}\0".encode() + sealed)
    public, token = key.public_key().public_bytes_raw(), congress.ticket("rep2", key)
    congress.cast(Vote(key=public, token=token, sealed=sealed, proof=proof).as_json())
    congress.cast(vote)

    (motion,) = congress.close()["motions"]

    assert (motion["yes"], motion["spoilt"]) == (1, 1)


def test_casting_leaves_no_line_of_history_and_no_job(congress: Congress) -> None:
    vote = congress.prepare("rep1")
    before = [len(congress.city.rows(model)) for model in (HistoryEntry, Job)]
    congress.cast(vote)
    outcome(congress, {**vote, "proof": ""})

    assert [len(congress.city.rows(model)) for model in (HistoryEntry, Job)] == before


def test_the_last_moment_counts_and_the_closing_time_does_not(congress: Congress) -> None:
    first, second = congress.prepare("rep1"), congress.prepare("rep2")

    congress.city.clock.advance(days=1, microseconds=-1)
    assert isinstance(outcome(congress, first), Receipt)
    congress.city.clock.advance(microseconds=1)
    assert outcome(congress, second) == "ballot_not_open"
    assert isinstance(outcome(congress, first), Receipt)


@pytest.mark.timeout(1800)
def test_fifty_casts_at_once_by_every_voter_are_one_vote_each(
    request: pytest.FixtureRequest, database_kind: str
) -> None:
    if VOTERS <= 40:
        congress, voters = request.getfixturevalue("congress"), [f"rep{n}" for n in range(1, VOTERS + 1)]
    else:
        city, voters = request.getfixturevalue("people"), [f"seat{n}" for n in range(VOTERS)]
        enrol(city, voters)
        congress = open_congress(city)
    pairs = {voter: twin_votes(congress, voter) for voter in voters}
    casts = [(voter, pairs[voter][number % 2]) for voter in voters for number in range(CASTS_EACH)]
    random.Random(4).shuffle(casts)

    with ThreadPoolExecutor(THREADS) as threads:
        outcomes = list(threads.map(lambda cast: (cast[0], outcome(congress, cast[1])), casts))

    receipts = {(voter, got) for voter, got in outcomes if isinstance(got, Receipt)}
    assert Counter(voter for voter, _ in receipts) == dict.fromkeys(voters, 1)
    assert {got for _, got in outcomes if isinstance(got, str)} == {"already_cast"}
    assert sum(isinstance(got, Receipt) for _, got in outcomes) == VOTERS * CASTS_EACH // 2
    assert {paper.entry for paper in in_the_box(congress)} == {receipt.entry for _, receipt in receipts}


def test_a_stopped_ballot_takes_no_votes(congress: Congress) -> None:
    vote = congress.prepare("rep1")
    with congress.city.session() as session, session.begin():
        session.get(type(congress.ballot), congress.ballot_id).state = "stopped"

    with pytest.raises(BallotNotOpen):
        congress.cast(vote)
