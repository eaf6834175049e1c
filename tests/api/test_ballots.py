"""Ballots over HTTP: a ticket with a login, a vote without one; and who may see what, at every stage."""

import base64
import json
from typing import Any

import pytest
from flask import Flask

from engine.actor import SYSTEM
from engine.ballots.motions import motions_from, write_choice
from engine.ballots.verify import verify_board
from engine.ballots.voter import Device
from engine.commands.sign_in import SignIn
from tests.api.conftest import Caller
from tests.ballots import Congress, congress, congress_folder

__all__ = ["congress", "congress_folder"]

ROLES = ("nobody", "rep1", "rep2_1", "chair", "hr", "boss2", "town_union", "town_union2", "admin", "designer")


@pytest.fixture
def served(edges: Flask, congress: Congress) -> Flask:
    edges.extensions["tongban"] = congress.city.engine
    return edges


def caller(served: Flask, congress: Congress, who: str) -> Caller:
    client = served.test_client(use_cookies=False)
    if who == "nobody":
        return Caller(client)
    attempt = SignIn(username=who, password="demo", agent="tests")
    return Caller(client, congress.city.engine.run(attempt, actor=SYSTEM).token)


def vote_over_http(voter: Caller, box: Caller, ballot_id: str, answer: str) -> dict[str, Any]:
    """As a browser does it, with nothing but what the interface answers."""
    ballot = voter.get(f"/ballots/{ballot_id}").json
    device = Device(ballot_id, ticket_key=ballot["ticket_key"], seal_key=ballot["seal_key"])
    blinded = base64.b64encode(device.blinded).decode()
    signed = voter.post(f"/ballots/{ballot_id}/tickets", {"blinded": blinded}).json["blind_signature"]
    choice = write_choice(motions_from(ballot["motions"]), {"m1": answer})
    vote = device.vote(choice, blind_signature=signed).as_json()
    receipt = box.post(f"/ballots/{ballot_id}/votes", vote)
    assert receipt.status_code == 200, receipt.text
    assert box.post(f"/ballots/{ballot_id}/votes", vote).json == receipt.json
    return receipt.json


def test_from_the_ticket_to_the_receipt_on_the_board(served: Flask, congress: Congress) -> None:
    voter, box = (caller(served, congress, who) for who in ("rep1", "nobody"))
    receipt = vote_over_http(voter, box, congress.ballot_id, "yes")
    congress.close()

    board = voter.get(f"/ballots/{congress.ballot_id}/board")
    _, paper, *_ = [json.loads(line) for line in board.data.splitlines()]
    assert (paper["number"], paper["choice"]) == (receipt["number"], {"m1": "yes"})
    assert verify_board(board.data).ok
    assert voter.get(f"/ballots/{congress.ballot_id}").json["result"]["motions"][0]["yes"] == 1


@pytest.mark.parametrize("proof", [{"Authorization": "Bearer x"}, {"Cookie": "tongban_session=x"}])
def test_a_vote_that_brings_a_login_is_refused(served: Flask, congress: Congress, proof: dict[str, str]) -> None:
    box, vote = caller(served, congress, "nobody"), congress.prepare("rep1")

    answer = box.send("POST", f"/ballots/{congress.ballot_id}/votes", json=vote, headers=proof)

    assert (answer.status_code, answer.json["code"]) == (403, "vote_with_login")
    assert box.post(f"/ballots/{congress.ballot_id}/votes", vote).status_code == 200


def test_a_vote_answers_without_cookie_and_writes_no_log(
    served: Flask, congress: Congress, caplog: pytest.LogCaptureFixture
) -> None:
    box, vote = caller(served, congress, "nobody"), congress.prepare("rep1")
    caplog.set_level("DEBUG")

    answer = box.post(f"/ballots/{congress.ballot_id}/votes", vote)
    refused = box.post(f"/ballots/{congress.ballot_id}/votes", {**vote, "proof": "AAAA"})

    assert (answer.status_code, refused.status_code) == (200, 422)
    assert "Set-Cookie" not in answer.headers
    assert [record for record in caplog.records if "127.0.0.1" in record.getMessage()] == []
    assert [part for part in vote.values() if part in caplog.text] == []


def test_who_may_do_what_while_it_is_open(served: Flask, congress: Congress) -> None:
    callers = [caller(served, congress, who) for who in ROLES]
    at = f"/ballots/{congress.ballot_id}"
    blinded = {"blinded": base64.b64encode(b"\x02" * 384).decode()}

    read = [c.get(at).status_code for c in callers]
    board = [c.get(f"{at}/board").status_code for c in callers]
    ticket = [c.post(f"{at}/tickets", blinded).status_code for c in callers]
    vote = [c.post(f"{at}/votes", one_vote(congress)).status_code for c in callers]

    assert read == [401, 200, 404, 200, 200, 404, 404, 404, 404, 404]
    assert board == [401, 409, 404, 409, 409, 404, 404, 404, 404, 404]
    assert ticket == [401, 200, 404, 403, 403, 404, 404, 404, 404, 404]
    assert vote == [200, *[403] * 9]


def one_vote(congress: Congress) -> dict[str, str]:
    """One vote that is ready to be cast, the same for everybody."""
    return congress.votes.get("rep5") or congress.prepare("rep5")


def test_nobody_sees_a_count_by_choice_before_the_count(served: Flask, congress: Congress) -> None:
    """Whatever is asked, two ballots that differ only in how people voted answer alike."""
    for number in range(10, 16):
        congress.vote(f"rep{number}", "yes")
    callers = {who: caller(served, congress, who) for who in ROLES}
    paths = [f"/ballots/{congress.ballot_id}{part}" for part in ("", "/board", "/tickets", "/votes")]
    paths += [f"/cases/{congress.case_id}{part}" for part in ("", "/history", "/waiting", "/diagram", "/documents")]

    texts = [c.get(path).text for c in callers.values() for path in paths]
    ballots = [c.get(paths[0]).json for c in callers.values()]

    assert [b["result"] for b in ballots if "result" in b] == [None] * 3
    assert {b["progress"]["present"] for b in ballots if "progress" in b} == {6}
    assert [text for text in texts if '"yes"' in text or '"spoilt"' in text] == []


@pytest.mark.parametrize("who", ["rep1", "chair"])
def test_progress_is_who_took_part_towards_the_quorum(served: Flask, congress: Congress, who: str) -> None:
    congress.vote("rep2", "no")

    ballot = caller(served, congress, who).get(f"/ballots/{congress.ballot_id}").json

    assert ballot["progress"] == {"present": 1, "needed": 27, "met": False}
    assert ballot["me"]["is_scrutineer"] == (who == "chair")
    assert set(ballot["me"]) == {"on_roll", "has_ticket", "on_paper", "is_scrutineer"}
