"""Where few voted on paper, nobody learns from what is published how those few, or the few others, voted."""

import base64
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from engine.audit import canonical_json, digest
from engine.ballots.verify import verify_board
from engine.ballots.withholding import FEW, SPLIT, reason_to_withhold, withheld
from engine.commands.mark_paper_voter import MarkPaperVoter
from engine.model import Ballot, BallotConfirmation, HistoryEntry, Job, ProcessInstance
from tests.ballots import Congress
from tests.engine.ballots.test_board import read_board


def result(*, seats: int = 40, issued: int, back: int, quorum: bool = True) -> dict[str, Any]:
    motions = [{"id": "m1", "kind": "draft", "title": "草案", "yes": 9, "passed": False, "valid": 9}]
    paper = {"back": back, "motions": {"m1": {"yes": back}}}
    return {"seats": seats, "issued_paper": issued, "paper": paper, "quorum": {"met": quorum}, "motions": motions}


@pytest.mark.parametrize(
    ("given", "online", "reason"),
    [
        (result(issued=4, back=4), 30, SPLIT),
        (result(issued=5, back=1), 30, None),  # five had paper, one of them gave it back: nobody knows who
        (result(issued=36, back=36), 1, SPLIT),  # four were left to vote online
        (result(issued=35, back=30), 1, None),
        (result(issued=4, back=0), 30, None),
        (result(issued=4, back=4, quorum=False), 0, FEW),
        (result(issued=4, back=4, seats=5), 0, None),  # it reached its quorum: the law asks for the numbers
        (result(issued=0, back=0, quorum=False), 1, None),  # who voted online nobody knows
    ],
)
def test_what_is_withheld_and_why(given: dict[str, Any], online: int, reason: str | None) -> None:
    assert reason_to_withhold(given, online=online, least=5) == reason
    told = withheld(given, online=online, least=5)

    assert told.get("withheld") == reason
    assert told["paper"] == (given["paper"] if reason is None else {"back": given["paper"]["back"]})
    assert ("yes" in told["motions"][0]) == (reason != FEW)


def counted(congress: Congress, *, paper: int, online: int) -> dict[str, Any]:
    for number in range(1, paper + 1):
        congress.city.run(MarkPaperVoter(ballot_id=congress.ballot_id, voter=f"rep{number}"), by="chair")
    for number in range(paper + 1, paper + online + 1):
        congress.vote(f"rep{number}", "yes")
    return congress.close(paper={"back": paper, "motions": {"m1": {"no": paper}}})


def test_of_three_on_paper_the_sum_is_told_and_no_more(mixed_congress: Congress) -> None:
    told = counted(mixed_congress, paper=3, online=27)

    board = read_board(mixed_congress)
    report, lines = verify_board(board), [json.loads(line) for line in board.splitlines()]
    assert [told["motions"][0][name] for name in ("yes", "no", "passed")] == [27, 3, True]
    assert (report.findings, report.count, len(lines)) == ([], 27, 3)
    assert set(lines[1]["entries"]) == {mixed_congress.cast(vote).entry for vote in mixed_congress.votes.values()}
    assert "opened_with" not in lines[2]
    assert mixed_congress.ballot.wrapped_seal_key is None, "nobody can open the box any more"
    assert kept_counts(mixed_congress) == []


def kept_counts(congress: Congress) -> list[str]:
    """Rows of the database that still say how the paper ballots were."""
    models = (Ballot, BallotConfirmation, HistoryEntry, Job, ProcessInstance)
    rows = [json.dumps(vars(row), default=str) for model in models for row in congress.city.rows(model)]
    return [row for row in rows if '"m1": {"no": 3' in row]


def test_of_three_ballots_without_a_quorum_nothing_is_told(mixed_congress: Congress) -> None:
    told = counted(mixed_congress, paper=3, online=0)

    (motion,) = told["motions"]
    assert (told["withheld"], told["back"], told["passed"]) == (FEW, 3, False)
    assert set(motion) == {"id", "title", "kind", "passed"}
    assert verify_board(read_board(mixed_congress)).findings == []


def test_five_on_paper_are_shown(mixed_congress: Congress) -> None:
    told = counted(mixed_congress, paper=5, online=5)

    report = verify_board(read_board(mixed_congress))
    assert "withheld" not in told
    assert (report.findings, report.count) == ([], 5)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda end: end["result"].update(withheld=FEW), ("result", "withheld")),
        (lambda end: end["result"].update(issued_paper=5, issued_online=25), ("result", "withheld")),
        (lambda end: end["result"]["motions"][0].update(yes=26), ("result", "m1")),
        (lambda end: end["result"]["motions"][0].update(passed=False), ("result", "m1")),
        (lambda end: end["result"].update(back=31), ("result", "back")),
    ],
)
def test_who_withholds_without_reason_or_tells_what_cannot_be_is_found(
    mixed_congress: Congress, change: Any, found: tuple[str, str]
) -> None:
    """Even by somebody who may sign."""
    counted(mixed_congress, paper=3, online=27)
    head, listed, end = [json.loads(line) for line in read_board(mixed_congress).splitlines()]
    change(end)
    signed = resigned(head, end)

    assert found in verify_board(b"\n".join(map(canonical_json, (head, listed, signed)))).findings


def resigned(head: dict[str, Any], end: dict[str, Any]) -> dict[str, Any]:
    key = Ed25519PrivateKey.generate()
    public = base64.b64encode(key.public_key().public_bytes_raw()).decode()
    unsigned = {**end, "public_key": public, "head_sha256": digest(head)}
    del unsigned["signature"]
    return {**unsigned, "signature": base64.b64encode(key.sign(canonical_json(unsigned))).decode()}
