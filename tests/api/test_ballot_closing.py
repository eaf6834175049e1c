"""Closing a ballot over HTTP: paper, reminders, two scrutineers, abort; and who may do what."""

from typing import Any

import pytest
from flask import Flask

from tests.api.conftest import Caller
from tests.api.test_ballots import ROLES, caller
from tests.ballots import Congress, congress_folder, mixed_congress

__all__ = ["congress_folder", "mixed_congress"]

THREE = {"back": 3, "motions": {"m1": {"yes": 2, "no": 1, "abstain": 0, "spoilt": 0}}}


@pytest.fixture
def served(edges: Flask, mixed_congress: Congress) -> Flask:
    edges.extensions["tongban"] = mixed_congress.city.engine
    return edges


@pytest.fixture
def scrutineers(served: Flask, mixed_congress: Congress) -> tuple[Caller, Caller]:
    return caller(served, mixed_congress, "chair"), caller(served, mixed_congress, "guide")


def test_from_the_first_paper_to_the_result(mixed_congress: Congress, scrutineers: tuple[Caller, Caller]) -> None:
    chair, guide = scrutineers
    at = f"/ballots/{mixed_congress.ballot_id}"
    for number in range(1, 25):
        mixed_congress.vote(f"rep{number}", "yes")
    for voter in ("rep38", "rep39", "rep40"):
        given = chair.post(f"{at}/paper-voters", {"voter": voter}).json
    assert (given["papers_given"], given["ballot"]["progress"]) == (3, {"present": 27, "needed": 27, "met": True})

    early = chair.post(f"{at}/close", {"paper": THREE})
    first = chair.post(f"{at}/close", {"paper": THREE, "before_time": True})
    differs = guide.post(f"{at}/close", {"paper": {**THREE, "back": 4}, "before_time": True})
    other = {"back": 3, "motions": {"m1": {"yes": 3, "no": 0, "abstain": 0, "spoilt": 0}}}
    unlike = guide.post(f"{at}/close", {"paper": other, "before_time": True})
    seen = chair.get(f"{at}/closing").json
    last = [one.post(f"{at}/close", {"paper": THREE, "before_time": True}) for one in scrutineers]
    mixed_congress.work_off()

    assert (early.status_code, early.json["code"]) == (409, "ballot_still_runs")
    assert first.json == {"id": mixed_congress.ballot_id, "state": "open"}
    assert (differs.status_code, differs.json["problems"][0]["path"]) == (422, "back")
    assert (unlike.status_code, unlike.json["code"]) == (409, "paper_totals_differ")
    assert [problem["path"] for problem in unlike.json["problems"]] == ["paper.m1.yes", "paper.m1.no"]
    assert [(one["username"], one["state"]) for one in seen["scrutineers"]] == [
        ("chair", "must_repeat"),
        ("guide", "must_repeat"),
    ]
    assert (seen["my_paper"], seen["doubts"]) == (THREE, ["m1.yes", "m1.no"])
    assert [answer.json["state"] for answer in last] == ["open", "closed"]
    result = chair.get(at).json["result"]
    assert (result["passed"], result["motions"][0]["yes"], result["back"]) == (True, 26, 27)


def test_paper_or_online_and_not_both(mixed_congress: Congress, scrutineers: tuple[Caller, Caller]) -> None:
    chair, at = scrutineers[0], f"/ballots/{mixed_congress.ballot_id}"
    mixed_congress.prepare("rep1")

    answers = [chair.post(f"{at}/paper-voters", {"voter": voter}) for voter in ("rep1", "rep2", "boss2")]

    assert [answer.json.get("code") for answer in answers] == ["votes_online", None, "not_on_the_roll"]


def test_voters_are_found_by_name(mixed_congress: Congress, scrutineers: tuple[Caller, Caller]) -> None:
    chair, at = scrutineers[0], f"/ballots/{mixed_congress.ballot_id}"
    mixed_congress.prepare("rep3")
    chair.post(f"{at}/paper-voters", {"voter": "rep30"})

    found = chair.get(f"{at}/voters", name="rep3").json["items"]

    assert {row["username"]: row["on_paper"] for row in found} == {
        name: name == "rep30" for name in ("rep3", *(f"rep{number}" for number in range(30, 40)))
    }
    assert {tuple(sorted(row)) for row in found} == {("name", "on_paper", "username")}, "nothing tells of a ticket"
    assert chair.get(f"{at}/voters", name="%").json["items"] == []


def test_reminders_have_their_pause(mixed_congress: Congress, scrutineers: tuple[Caller, Caller]) -> None:
    chair, guide = scrutineers
    at = f"/ballots/{mixed_congress.ballot_id}/reminders"

    answers = [one.post(at, {}) for one in (chair, guide)]

    assert [answer.status_code for answer in answers] == [200, 409]
    assert len(answers[0].json["reminders"]["planned"]) == 2
    assert answers[0].json["actions"]["remind"] == "reminder_too_soon"


def test_who_may_do_what(served: Flask, mixed_congress: Congress) -> None:
    """`chair` is a scrutineer, `hr` started the case, `rep1` is on the roll; the process has nobody in charge."""
    callers = [caller(served, mixed_congress, who) for who in ROLES]
    at = f"/ballots/{mixed_congress.ballot_id}"
    calls: dict[str, dict[str, Any]] = {
        "paper-voters": {"voter": "rep9"},
        "reminders": {},
        "close": {"paper": {**THREE, "back": 99}},
        "abort": {"reason": "停电了"},
    }

    found = {path: [one.post(f"{at}/{path}", body).status_code for one in callers] for path, body in calls.items()}
    found["closing"] = [one.get(f"{at}/closing").status_code for one in callers]
    found["voters"] = [one.get(f"{at}/voters", name="x").status_code for one in callers]

    scrutineers_only = [401, 403, 404, 200, 403, 404, 404, 404, 404, 404]
    refused = [status if status != 200 else 409 for status in scrutineers_only]
    assert found == {**dict.fromkeys(found, scrutineers_only), "close": refused}
