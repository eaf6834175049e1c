import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from engine.ballots.casting import BallotNotFound
from engine.ballots.roll import NotOnTheRoll
from engine.ballots.tickets import BlindedValueWrong
from engine.commands.issue_ticket import IssueTicket, TicketTaken
from engine.model import BallotTicket, CaseAudience, HistoryEntry
from engine.model.ballot import BallotNotOpen
from tests.ballots import Congress

BLINDED = b"\x01" * 384


def issue(congress: Congress, by: str, blinded: bytes = BLINDED) -> str:
    return congress.city.run(IssueTicket(ballot_id=congress.ballot_id, blinded=blinded), by=by)


def test_the_signature_is_one_of_the_ballots_key(congress: Congress) -> None:
    token = congress.ticket("rep1", Ed25519PrivateKey.generate())

    assert len(token) == 384
    assert [t.person_id for t in congress.city.rows(BallotTicket)] == [congress.city.actor("rep1").person_id]


def test_the_same_request_again_gets_the_same_signature(congress: Congress) -> None:
    first = issue(congress, "rep1")

    assert issue(congress, "rep1") == first
    assert len(congress.city.rows(BallotTicket)) == 1


def test_a_second_ticket_is_refused(congress: Congress) -> None:
    issue(congress, "rep1")

    with pytest.raises(TicketTaken):
        issue(congress, "rep1", b"\x02" * 384)


@pytest.mark.parametrize(
    ("who", "refusal"), [("rep2_1", BallotNotFound), ("boss", BallotNotFound), ("hr", NotOnTheRoll)]
)
def test_only_those_on_the_roll_get_one(congress: Congress, who: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        issue(congress, who)

    assert congress.city.rows(BallotTicket) == []


@pytest.mark.parametrize(("is_guest", "refusal"), [(True, BallotNotFound), (False, NotOnTheRoll)])
def test_a_guest_of_the_case_sees_no_ballot_of_others(
    congress: Congress, is_guest: bool, refusal: type[Exception]
) -> None:
    key = f"person:{congress.city.actor('boss').person_id}"
    with congress.city.session() as session, session.begin():
        session.add(CaseAudience(case_id=congress.case_id, audience=key, is_guest=is_guest, is_live=True))

    with pytest.raises(refusal):
        issue(congress, "boss")


@pytest.mark.parametrize("blinded", [b"", b"\x01" * 383, b"\xff" * 384, bytes(384), bytes(383) + b"\x01"])
def test_what_is_no_blinded_value_is_not_signed(congress: Congress, blinded: bytes) -> None:
    with pytest.raises(BlindedValueWrong):
        issue(congress, "rep1", blinded)


def test_after_the_closing_time_there_are_no_new_tickets_but_the_old_ones(congress: Congress) -> None:
    first = issue(congress, "rep1")
    congress.city.clock.advance(days=1)

    assert issue(congress, "rep1") == first
    with pytest.raises(BallotNotOpen):
        issue(congress, "rep2")


def test_the_history_does_not_tell_who_took_a_ticket(congress: Congress) -> None:
    before = len(congress.city.rows(HistoryEntry))
    issue(congress, "rep1")
    with pytest.raises(TicketTaken):
        issue(congress, "rep1", b"\x02" * 384)

    assert len(congress.city.rows(HistoryEntry)) == before
