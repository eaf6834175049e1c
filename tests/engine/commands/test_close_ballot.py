from typing import Any

import pytest

from engine.balloting import NotAScrutineer
from engine.ballots.tally import PaperTotalsWrong
from engine.commands.close_ballot import BallotStillRuns, CloseBallot, PaperTotalsDiffer
from engine.commands.mark_paper_voter import MarkPaperVoter
from engine.model import Ballot, BallotConfirmation, HistoryEntry
from engine.model.ballot import BallotHasEnded, BallotNotOpen
from tests.ballots import Congress


def close(congress: Congress, by: str, paper: Any = None) -> str:
    return congress.city.run(CloseBallot(ballot_id=congress.ballot_id, paper=paper, before_time=True), by=by)


def doubts(congress: Congress) -> dict[str, list[str] | None]:
    names = {congress.city.actor(name).person_id: name for name in ("chair", "guide")}
    return {names[row.person_id]: row.doubts for row in congress.city.rows(BallotConfirmation)}


def totals(yes: int, no: int = 0, *, back: int | None = None) -> dict[str, Any]:
    answers = {"yes": yes, "no": no, "abstain": 0, "spoilt": 0}
    return {"back": yes + no if back is None else back, "motions": {"m1": answers}}


@pytest.fixture
def mixed(mixed_congress: Congress) -> Congress:
    """Three of forty were given a paper ballot, `rep4` took a ticket."""
    for voter in ("rep1", "rep2", "rep3"):
        mixed_congress.city.run(MarkPaperVoter(ballot_id=mixed_congress.ballot_id, voter=voter), by="chair")
    mixed_congress.vote("rep4")
    return mixed_congress


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


def test_totals_that_differ_must_be_counted_again_by_both(mixed: Congress) -> None:
    close(mixed, "chair", totals(2, 1))
    with pytest.raises(PaperTotalsDiffer) as refusal:
        close(mixed, "guide", totals(3))

    assert [problem.path for problem in refusal.value.problems] == ["paper.m1.yes", "paper.m1.no"]
    assert doubts(mixed) == {"chair": ["m1.yes", "m1.no"], "guide": ["m1.yes", "m1.no"]}
    assert close(mixed, "guide", totals(2, 1)) == "open", "the first one counts again, too"
    assert close(mixed, "chair", totals(2, 1)) == "closed"


def test_of_three_scrutineers_the_two_who_agree_are_believed(mixed: Congress) -> None:
    third = mixed.city.actor("hr").person_id
    with mixed.city.session() as session, session.begin():
        ballot = session.get(Ballot, mixed.ballot_id)
        ballot.scrutineers = [*ballot.scrutineers, third]
    close(mixed, "chair", totals(3))
    with pytest.raises(PaperTotalsDiffer):
        close(mixed, "guide", totals(2, 1))

    assert [close(mixed, who, totals(2, 1)) for who in ("hr", "guide")] == ["open", "closed"]
    mixed.work_off()
    assert mixed.ballot.result["motions"][0]["no"] == 1


def test_what_is_not_named_is_nought(mixed: Congress) -> None:
    close(mixed, "chair", totals(3))

    assert close(mixed, "guide", {"back": 3, "motions": {"m1": {"yes": 3}}}) == "closed"


def test_paper_given_out_after_a_count_makes_it_void(mixed: Congress) -> None:
    close(mixed, "chair", totals(3))
    mixed.city.run(MarkPaperVoter(ballot_id=mixed.ballot_id, voter="rep9"), by="guide")

    assert doubts(mixed) == {"chair": ["issued"]}
    assert close(mixed, "guide", totals(4)) == "open"
    assert close(mixed, "chair", totals(4)) == "closed"


def test_a_refusal_that_is_kept_can_be_sent_again_under_its_key(mixed: Congress) -> None:
    close(mixed, "chair", totals(3))
    command = CloseBallot(ballot_id=mixed.ballot_id, paper=totals(2, 1), before_time=True)

    for _ in range(2):
        with pytest.raises(PaperTotalsDiffer):
            mixed.city.run(command, by="guide", idempotency_key="k", fingerprint="f")
        close(mixed, "chair", totals(3))


def test_while_it_runs_it_is_closed_only_by_those_who_say_so(congress: Congress) -> None:
    plain = CloseBallot(ballot_id=congress.ballot_id)
    with pytest.raises(BallotStillRuns):
        congress.city.run(plain, by="chair")
    congress.city.clock.advance(days=1)

    assert [congress.city.run(plain, by=who) for who in ("chair", "guide")] == ["open", "closed"]


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
