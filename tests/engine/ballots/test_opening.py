"""What is frozen when a ballot opens, what keeps it from opening, and how the process stops it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag

from engine.ballots.opening import BallotPlan, BallotWrong, open_ballot
from engine.ballots.roll import roll_hash
from engine.ballots.safe import KeySafe
from engine.model import BallotRollEntry, BallotTray, GroupMembership, Person
from engine.model.ballot import BallotNotOpen
from tests.ballots import Congress, enrol, open_congress
from tests.city import MONDAY, City
from tests.engine.ballots.test_rule import MOTION, rule

VOTERS = {f"v{number}": f"{number:032}" for number in range(5)}
PLAN = BallotPlan(
    case_id="c1",
    title="草案表决",
    mode="online",
    motions=[MOTION],
    rule=rule(),
    voters=VOTERS,
    scrutineers={"a": "1" * 32, "b": "2" * 32},
    closes_at=MONDAY + timedelta(hours=1),
)


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"mode": "onsite"}, "mode"),
        ({"scrutineers": {"a": "1" * 32}}, "scrutineers"),
        ({"voters": dict(list(VOTERS.items())[:4])}, "voters"),
        ({"closes_at": MONDAY}, "closes_at"),
    ],
)
def test_what_keeps_it_from_opening(tmp_path: Any, change: dict[str, Any], wrong: str) -> None:
    with pytest.raises(BallotWrong) as refusal:
        open_ballot(None, KeySafe(tmp_path), replace(PLAN, **change), at=MONDAY)  # type: ignore[arg-type]

    assert [problem.path for problem in refusal.value.problems] == [wrong]


def test_the_roll_stays_as_it_was_when_it_opened(congress: Congress) -> None:
    ballot, names = congress.ballot, [f"rep{number}" for number in range(1, 41)]
    enrol(congress.city, ["latecomer"])
    with congress.city.session() as session, session.begin():
        leaver = session.query(Person).filter_by(username="rep7").one()
        session.query(GroupMembership).filter_by(person_id=leaver.id).delete()

    entries = {entry.person_id for entry in congress.city.rows(BallotRollEntry)}

    assert entries == {congress.city.actor(name).person_id for name in names}
    assert ballot.seats == 40
    assert ballot.roll_hash == roll_hash(ballot.id, names, salt=ballot.roll_salt)
    assert ballot.roll_hash != roll_hash(ballot.id, [*names, "latecomer"], salt=ballot.roll_salt)


def test_the_keys_are_not_in_the_database(congress: Congress, tmp_path: Any) -> None:
    ballot = congress.ballot
    (tmp_path / "other").mkdir()

    key = congress.city.engine.safe.seal_key(ballot.wrapped_seal_key, ballot_id=ballot.id)

    assert key.public_key().public_bytes_raw() == ballot.seal_key
    assert key.private_bytes_raw() not in ballot.wrapped_seal_key
    with pytest.raises(InvalidTag):
        KeySafe(tmp_path / "other").seal_key(ballot.wrapped_seal_key, ballot_id=ballot.id)
    with pytest.raises(InvalidTag):
        congress.city.engine.safe.seal_key(ballot.wrapped_seal_key, ballot_id="another")


def test_all_staff_may_be_the_roll_and_the_box_has_a_tray_for_some_64(people: City) -> None:
    congress = open_congress(people, roll="staff")

    assert congress.ballot.rule["roll_base"] == "staff"
    assert congress.ballot.seats > 90
    assert len(people.rows(BallotTray)) == round(congress.ballot.seats / 64)


STOPPING = """
begin -> open_vote -> told -> stop_vote -> wait -> finish
service open_vote: type ballot/open; {inputs}; out ballot = ballot
user told
service stop_vote: type ballot/close; in ballot = ballot
catch wait: message ballot_closed; out result = result
message ballot_closed: = ballot
"""


def test_a_process_stops_the_vote(people: City) -> None:
    congress = open_congress(people, text=STOPPING)
    early, late = congress.prepare("rep1"), congress.prepare("rep2")
    congress.cast(early)
    congress.do("told")

    assert congress.ballot.state == "stopped"
    with pytest.raises(BallotNotOpen):
        congress.cast(late)
    assert congress.close()["back"] == 1
