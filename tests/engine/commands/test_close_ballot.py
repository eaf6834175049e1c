from typing import Any

import pytest

from engine.balloting import NotAScrutineer
from engine.ballots.tally import PaperTotalsWrong
from engine.commands.close_ballot import CloseBallot, PaperTotalsDiffer
from engine.commands.mark_paper_voter import MarkPaperVoter
from engine.model import BallotConfirmation, HistoryEntry
from engine.model.ballot import BallotHasEnded, BallotNotOpen
from tests.ballots import Congress, open_congress
from tests.city import City


def close(congress: Congress, by: str, paper: Any = None) -> str:
    return congress.city.run(CloseBallot(ballot_id=congress.ballot_id, paper=paper), by=by)


def totals(yes: int, no: int = 0, *, back: int | None = None) -> dict[str, Any]:
    answers = {"yes": yes, "no": no, "abstain": 0, "spoilt": 0}
    return {"back": yes + no if back is None else back, "motions": {"m1": answers}}


@pytest.fixture
def mixed(people: City) -> Congress:
    """Three of forty were given a paper ballot, `rep4` took a ticket."""
    congress = open_congress(people, mode="mixed")
    for voter in ("rep1", "rep2", "rep3"):
        people.run(MarkPaperVoter(ballot_id=congress.ballot_id, voter=voter), by="chair")
    congress.vote("rep4")
    return congress


def test_one_scrutineer_does_not_close_it_however_often(congress: Congress) -> None:
    assert [close(congress, "chair"), close(congress, "chair")] == ["open", "open"]
    congress.vote("rep1")

    assert len(congress.city.rows(BallotConfirmation)) == 1


def test_the_second_one_closes_it(congress: Congress) -> None:
    late = congress.prepare("rep1")
    close(congress, "chair")

    assert close(congress, "guide") == "closed"
    with pytest.raises(BallotNotOpen):
        congress.cast(late)
    with pytest.raises(BallotHasEnded):
        close(congress, "chair")


@pytest.mark.parametrize("who", ["rep1", "hr"])
def test_nobody_else_closes_it(congress: Congress, who: str) -> None:
    with pytest.raises(NotAScrutineer):
        close(congress, who)


def test_what_was_counted_on_paper_and_online_is_added(mixed: Congress) -> None:
    result = mixed.close(paper=totals(2, 1))

    (motion,) = result["motions"]
    assert (result["present"], result["back"], motion["yes"], motion["no"]) == (4, 4, 3, 1)
    assert (result["issued_online"], result["issued_paper"]) == (1, 3)


def test_both_scrutineers_must_have_counted_the_same(mixed: Congress) -> None:
    close(mixed, "chair", totals(2, 1))
    with pytest.raises(PaperTotalsDiffer):
        close(mixed, "guide", totals(3))
    close(mixed, "chair", totals(3))

    assert close(mixed, "guide", totals(3)) == "closed"


@pytest.mark.parametrize(
    "paper",
    [
        None,
        {},
        totals(4),
        totals(2, back=3),
        totals(-1, 2),
        {"back": 1, "motions": {"m1": {"yes": 1.0, "no": 0}}},
        {"back": True, "motions": {"m1": {"yes": 1}}},
        {"back": 0, "motions": {"m1": {}, "m2": {}}},
        {"back": 1, "motions": {"m1": {"yes": 1, "perhaps": 0}}},
    ],
)
def test_totals_that_do_not_add_up_are_refused(mixed: Congress, paper: Any) -> None:
    with pytest.raises(PaperTotalsWrong):
        close(mixed, "chair", paper)


def test_the_history_names_the_scrutineers(congress: Congress) -> None:
    congress.close()

    lines = congress.city.rows(HistoryEntry, HistoryEntry.stream == congress.case_id)
    told = [(e.action, e.actor) for e in sorted(lines, key=lambda e: e.seq) if e.action.startswith("ballot")]
    assert told == [
        ("ballot_opened", "system"),
        ("ballot_confirmed", "chair"),
        ("ballot_confirmed", "guide"),
        ("ballot_closed", "system"),
        ("ballot_counted", "system"),
    ]
