from collections.abc import Mapping
from typing import Any

import pytest

from engine.ballots.opening import BallotWrong
from engine.errors import EngineError, Problem
from engine.model.online_voting_switch import OnlineVotingOff
from engine.services import BusinessError, ServiceRefused
from services.ballot import abort, close, open_
from tests.services.call import RecordedCall


class BallotCall(RecordedCall):
    def open_ballot(self, wanted: Mapping[str, Any]) -> Mapping[str, Any]:
        self.wanted = wanted
        return {"ballot": "b1"}

    def stop_ballot(self, ballot_id: str) -> None:
        self.stopped = ballot_id

    def give_up_ballot(self, ballot_id: str, *, reason: str) -> None:
        self.given_up = (ballot_id, reason)

    def parties(self) -> Mapping[str, list[str]]:
        return {"worker_chief": ["chair"], "employer_negotiator": ["boss", "hr"], "scrutineer": ["rep9"]}


class ClosedDoor(BallotCall):
    """What the engine says when somebody wants to open a ballot."""

    refusal: EngineError

    def open_ballot(self, wanted: Mapping[str, Any]) -> Mapping[str, Any]:
        raise self.refusal


@pytest.mark.parametrize(
    ("given", "rows"),
    [
        ("草案", [{"title": "草案"}]),
        (["草案", {"title": "津贴表"}], [{"title": "草案"}, {"title": "津贴表"}]),
        (None, []),
    ],
)
def test_motions_are_texts_or_contexts(given: Any, rows: list[Any]) -> None:
    call = BallotCall({"motions": given, "title": "表决"})

    assert open_(call) == {"ballot": "b1"}
    assert (call.wanted["motions"], call.wanted["title"]) == (rows, "表决")


def test_a_ballot_is_stopped_by_its_id() -> None:
    call = BallotCall({"ballot": "b1"})

    assert (close(call), call.stopped) == ({}, "b1")


@pytest.mark.parametrize("ballot", [None, "", 7])
def test_without_an_id_nothing_is_stopped(ballot: Any) -> None:
    with pytest.raises(ServiceRefused):
        close(BallotCall({"ballot": ballot}))


def test_a_ballot_that_nobody_closes_is_given_up_by_its_id() -> None:
    call = BallotCall({"ballot": "b1", "reason": "监票人均已离职"})

    assert (abort(call), call.given_up) == ({}, ("b1", "监票人均已离职"))


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        (OnlineVotingOff(), "镇街工会已停用该企业的线上表决"),
        (BallotWrong(problems=[Problem("voters", "ballot_voters", {"least": 5})]), "名册不得少于 5 人"),
    ],
)
def test_what_keeps_it_from_opening_is_an_error_that_the_diagram_may_catch(refusal: EngineError, said: str) -> None:
    call = ClosedDoor({"motions": "草案"})
    call.refusal = refusal

    with pytest.raises(BusinessError) as thrown:
        open_(call)

    assert thrown.value.error_code == "ballot_refused"
    assert said in thrown.value.message


@pytest.mark.parametrize("scrutineers", [["rep9", "chair"], ["hr", "rep9"], ["rep7", "rep9"]])
def test_nobody_watches_over_a_vote_on_what_concerns_him(scrutineers: list[str]) -> None:
    election = {"title": "选举", "kind": "election", "places": 1, "candidates": [{"name": "王建", "person": "rep7"}]}

    with pytest.raises(BusinessError) as thrown:
        open_(BallotCall({"motions": [election], "scrutineers": scrutineers}))

    assert "不能担任监票人" in thrown.value.message
