import pytest

from engine.balloting import NotAScrutineer
from engine.commands.abort_ballot import AbortBallot
from engine.commands.cancel_case import CancelCase
from engine.model import BallotTray
from engine.model.ballot import BallotHasEnded, BallotNotOpen
from engine.model.case import ReasonMissing
from tests.ballots import Congress


def abort(congress: Congress, by: str = "chair", reason: str = "网络中断") -> None:
    congress.city.run(AbortBallot(ballot_id=congress.ballot_id, reason=reason), by=by)


def test_nothing_is_left_of_it_but_the_abort(congress: Congress) -> None:
    vote = congress.prepare("rep1")
    congress.cast(vote)

    abort(congress)

    ballot = congress.ballot
    assert (ballot.state, ballot.abort_reason) == ("aborted", "网络中断")
    assert (ballot.wrapped_seal_key, ballot.wrapped_ticket_key, ballot.result) == (None, None, None)
    assert congress.city.rows(BallotTray) == []
    with pytest.raises(BallotNotOpen):
        congress.cast(vote)


def test_the_case_is_told(congress: Congress) -> None:
    abort(congress)
    congress.work_off()

    assert congress.variables["result"] == {"aborted": True, "reason": "网络中断", "passed": False}


def test_it_needs_a_reason_and_somebody_responsible(congress: Congress) -> None:
    with pytest.raises(ReasonMissing):
        abort(congress, reason=" ")
    with pytest.raises(NotAScrutineer):
        abort(congress, by="rep1")


def test_what_was_counted_stands(congress: Congress) -> None:
    congress.vote("rep1")
    congress.close()

    with pytest.raises(BallotHasEnded):
        abort(congress)


def test_a_case_that_is_cancelled_takes_its_ballot_with_it(congress: Congress) -> None:
    congress.city.run(CancelCase(case_id=congress.case_id, reason="企业撤回"), by="system")

    assert congress.ballot.state == "aborted"
    assert congress.ballot.abort_reason == "企业撤回"
