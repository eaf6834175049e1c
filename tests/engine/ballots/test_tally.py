"""Several motions item by item, elections, spoilt votes."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.ballots.motions import (
    Motion,
    MotionsWrong,
    choice_size,
    motions_from,
    read_choice,
    read_motions,
    write_choice,
)
from engine.ballots.rule import BallotRule, Share
from engine.ballots.tally import Turnout, count_choices, result_of
from tests.ballots import open_congress
from tests.city import City

RULE = BallotRule(
    level="enterprise",
    roll_base="representatives",
    quorum=Share(2, 3, True),
    majority=Share(1, 2, False),
    min_cell=5,
    shows_turnout=True,
    texts={"quorum": {"zh": "到会", "en": "quorum"}, "majority": {"zh": "通过", "en": "majority"}},
)
NAMES = {f"c{number}": name for number, name in enumerate("甲乙丙丁", 1)}
ELECTION = Motion(id="m1", title="选举", kind="election", candidates=NAMES, places=2)
DRAFTS = read_motions([{"title": "草案"}, {"title": "津贴表"}])


def elected(*, seats: int = 40, present: int = 40, **votes: int) -> tuple[list[str], list[str], bool]:
    told = result_of([ELECTION], RULE, turnout=Turnout(seats, present), back=present, totals={"m1": votes})
    rows = told["motions"][0]["candidates"]
    return [c["id"] for c in rows if c["elected"]], [c["id"] for c in rows if c["tied"]], told["passed"]


@pytest.mark.parametrize(
    ("votes", "winners", "tied", "passed"),
    [
        ({"c1": 30, "c2": 25, "c3": 21}, ["c1", "c2"], [], True),
        ({"c1": 30, "c2": 20}, ["c1"], [], False),  # half of all is not more than half
        ({"c1": 30, "c2": 25, "c3": 25}, ["c1"], ["c2", "c3"], False),
        ({"c1": 25, "c2": 25, "c3": 25}, [], ["c1", "c2", "c3"], False),
        ({"c1": 25, "c2": 25}, ["c1", "c2"], [], True),
        ({"c4": 40, "c1": 21}, ["c4", "c1"], [], True),
        ({}, [], [], False),
    ],
)
def test_the_most_votes_and_more_than_half_of_all(
    votes: dict[str, int], winners: list[str], tied: list[str], passed: bool
) -> None:
    assert elected(**votes) == (winners, tied, passed)


def test_without_quorum_nobody_is_elected() -> None:
    assert elected(present=26, c1=26, c2=26) == ([], [], False)


def test_each_motion_is_decided_alone() -> None:
    choices = [{"m1": "yes", "m2": "yes" if number < 20 else "no"} for number in range(30)]

    told = result_of(DRAFTS, RULE, turnout=Turnout(40, 30), back=30, totals=count_choices(DRAFTS, choices))

    assert [motion["passed"] for motion in told["motions"]] == [True, False]
    assert not told["passed"]


@pytest.mark.parametrize(
    "plaintext",
    [
        None,
        b"",
        b"{",
        b"[1]",
        b'"yes"',
        b'{"m1":"maybe","m2":["c1"]}',
        b'{"m1":true,"m2":null}',
        b'{"m1":"yes","m2":"yes","m3":"yes"}',
        b'{"m1":{},"m2":["yes"]}',
        b"[" * 100_000,
        '{"m1":"\ud800"}'.encode("utf-8", "surrogatepass"),
    ],
    ids=range(11),
)
def test_what_is_not_offered_is_spoilt(plaintext: bytes | None) -> None:
    assert read_choice(DRAFTS, plaintext) == {"m1": "spoilt", "m2": "spoilt"}


def test_one_spoilt_answer_leaves_the_others() -> None:
    assert read_choice(DRAFTS, b'{"m1":"yes"}') == {"m1": "yes", "m2": "spoilt"}


@pytest.mark.parametrize("answer", [[], ["c1", "c1"], ["c1", "c2", "c3"], ["c9"], [1], "yes", [["c1"]]])
def test_a_wrong_list_of_candidates_is_spoilt(answer: Any) -> None:
    assert read_choice([ELECTION], write_choice([ELECTION], {"m1": answer})) == {"m1": "spoilt"}


@given(st.lists(st.sampled_from(["yes", "no", "abstain"]), max_size=60))
def test_the_parts_add_up(answers: list[str]) -> None:
    totals = count_choices(DRAFTS, [{"m1": answer, "m2": "spoilt"} for answer in answers])

    told = result_of(DRAFTS, RULE, turnout=Turnout(60, len(answers)), back=len(answers), totals=totals)

    for motion in told["motions"]:
        assert motion["yes"] + motion["no"] + motion["abstain"] + motion["spoilt"] == len(answers)
        assert motion["valid"] + motion["spoilt"] == len(answers)


def test_every_choice_has_the_same_length() -> None:
    motions = [*DRAFTS, Motion(id="m3", title="选举", kind="election", candidates=NAMES, places=2)]
    choices = [{"m1": "no", "m2": "abstain", "m3": ["c1", "c4"]}, {"m1": "no", "m2": "no", "m3": "abstain"}, {}]

    assert {len(write_choice(motions, choice)) for choice in choices} == {choice_size(motions)}


def test_motions_survive_being_kept() -> None:
    motions = read_motions(
        [{"title": "草案"}, {"title": "选举", "kind": "election", "candidates": [{"name": "甲"}], "places": 1}]
    )

    assert motions_from([motion.as_json() for motion in motions]) == motions


@pytest.mark.parametrize(
    "raw",
    [
        None,
        [],
        ["草案"],
        [{"title": " "}],
        [{"title": "x" * 501}],
        [{"title": "草案", "kind": "poll"}],
        [{"title": "草案", "candidates": [{"name": "甲"}]}],
        [{"title": "选举", "kind": "election"}],
        [{"title": "选举", "kind": "election", "candidates": [{"name": "甲"}, {"name": "甲"}], "places": 1}],
        [{"title": "选举", "kind": "election", "candidates": [{"name": "甲"}], "places": 2}],
        [{"title": "选举", "kind": "election", "candidates": [{"name": "甲"}], "places": "x"}],
        [{"title": "草案"}] * 51,
    ],
    ids=range(12),
)
def test_what_cannot_be_voted_on_is_refused(raw: Any) -> None:
    with pytest.raises(MotionsWrong):
        read_motions(raw)


def test_an_election_from_the_diagram_to_the_result(people: City) -> None:
    election = '{title: "协商代表", kind: "election", candidates: [{name: "甲"}, {name: "乙"}], places: 1}'
    congress = open_congress(people, motions=f'[{{title: "草案"}}, {election}]')
    for number in range(1, 28):
        chosen = ["c2"] if number <= 22 else ["c1"]
        congress.vote(f"rep{number}", {"m1": "yes", "m2": chosen})

    result = congress.close()

    votes = Counter({c["name"]: c["votes"] for c in result["motions"][1]["candidates"]})
    assert result["passed"]
    assert votes == {"乙": 22, "甲": 5}
