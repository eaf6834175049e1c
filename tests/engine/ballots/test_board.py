"""The board: what is published can be counted again by a stranger, and whatever is done to it is found and located."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import update

from cli import main
from engine.ballots import verify
from engine.ballots.verify import verify_board
from engine.model import BallotTray
from engine.queries.ballots import BallotNotCounted, published_board
from tests.ballots import Congress, prepared_congress

Lines = list[dict[str, Any]]
PAPERS = 6


@pytest.fixture(scope="module")
def board(database_hosts: Any, congress_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The board of six votes."""
    folder = tmp_path_factory.mktemp("board")
    with prepared_congress(database_hosts, "sqlite", secrets=congress_folder, data_dir=folder) as congress:
        for number in range(1, PAPERS + 1):
            congress.vote(f"rep{number}", "yes" if number <= 4 else "no")
        congress.close()
        return read_board(congress)


def read_board(congress: Congress) -> bytes:
    with congress.city.engine.reading() as session:
        return published_board(session, congress.city.actor("rep1"), congress.ballot_id)


def findings(lines: Lines) -> list[tuple[Any, ...]]:
    content = b"".join(
        json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n" for line in lines
    )
    return verify_board(content).findings


def swap(values: list[Any], one: int, other: int) -> None:
    values[one], values[other] = values[other], values[one]


def add_yes(lines: Lines) -> None:
    lines[-1]["result"]["motions"][0]["yes"] += 1


def drop_everywhere(lines: Lines) -> None:
    del lines[3]
    del lines[-2]["entries"][2]


def copy_choice(lines: Lines) -> None:
    lines[2]["sealed"] = lines[1]["sealed"]


def test_it_is_right(board: bytes) -> None:
    report = verify_board(board)

    assert report.findings == []
    assert report.count == PAPERS


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        (lambda lines: lines[3].update(sealed=lines[4]["sealed"]), ("changed", 3)),
        (lambda lines: lines[3].update(key=lines[4]["key"]), ("changed", 3)),
        (copy_choice, ("changed", 2)),
        (lambda lines: lines.pop(1), ("dropped", 1)),
        (lambda lines: lines.pop(PAPERS), ("dropped", PAPERS)),
        (lambda lines: lines.insert(2, {**lines[4], "proof": lines[1]["proof"]}), ("added", 2)),
        (lambda lines: lines.insert(PAPERS + 1, dict(lines[1])), ("added", PAPERS + 1)),
        (lambda lines: lines.insert(2, dict(lines[1])), ("added", 2)),
        (lambda lines: swap(lines, 2, 5), ("moved", 2)),
        (lambda lines: lines[2]["choice"].update(m1="abstain"), ("choice", 2)),
        (lambda lines: lines[0].update(title="另一个标题"), ("head",)),
        (lambda lines: lines[0]["rule"]["majority"].update(inclusive=True), ("head",)),
        (add_yes, ("signature",)),
        (drop_everywhere, ("entries",)),
        (lambda lines: lines[-1].update(opened_with=lines[0]["seal_key"]), ("signature",)),
        (lambda lines: lines[-1].update(signature=lines[-1]["public_key"]), ("signature",)),
    ],
)
def test_whatever_is_done_to_it_is_named(board: bytes, damage: Callable[[Lines], Any], found: tuple[Any, ...]) -> None:
    lines = [json.loads(line) for line in board.splitlines()]
    damage(lines)

    first = findings(lines)[0]
    assert first[: len(found)] == found


@pytest.mark.parametrize("content", [b"", b"{}", b"[]\n[]\n[]\n[]", b"\xff\xfe", b'{"a":1.5}\n' * 4, b"[" * 100_000])
def test_a_hostile_file_is_refused_and_not_an_error(content: bytes) -> None:
    assert [code for code, *_ in verify_board(content).findings] == ["unreadable"]


def test_every_single_byte_counts(board: bytes) -> None:
    places = range(0, len(board), max(1, len(board) // 60))

    unseen = [
        place for place in places if verify_board(board[:place] + bytes([board[place] ^ 1]) + board[place + 1 :]).ok
    ]

    assert unseen == []


def test_a_paper_that_was_changed_in_the_database_is_located(congress: Congress) -> None:
    for number in range(1, 4):
        congress.vote(f"rep{number}")
    congress.close()
    (tray,) = congress.city.rows(BallotTray)
    damaged = bytearray(tray.papers)
    damaged[len(damaged) // 3 + 600 - 60] ^= 1  # in the sealed choice of the second paper
    with congress.city.session() as session, session.begin():
        session.execute(update(BallotTray).values(papers=bytes(damaged)))

    assert verify_board(read_board(congress)).findings[0][:2] == ("changed", 2)


def test_before_the_count_there_is_no_board(congress: Congress) -> None:
    congress.vote("rep1")

    with pytest.raises(BallotNotCounted):
        read_board(congress)


def test_every_receipt_is_on_the_board(congress: Congress) -> None:
    receipts = [congress.vote(f"rep{number}") for number in range(1, 8)]
    congress.close()

    *_, listed, _ = [json.loads(line) for line in read_board(congress).splitlines()]
    assert {receipt.entry for receipt in receipts} == set(listed["entries"])


@pytest.mark.parametrize(("spoil", "code", "word"), [(False, 0, "VERIFIED"), (True, 1, "NOT VERIFIED")])
def test_the_command(board: bytes, tmp_path: Path, spoil: bool, code: int, word: str) -> None:
    path = tmp_path / "board.jsonl"
    path.write_bytes(board.replace(b'"yes":4', b'"yes":5') if spoil else board)

    ran = CliRunner().invoke(main, ["ballot", "verify", str(path)])

    assert (ran.exit_code, ran.output.splitlines()[-1].split(" ", 1)[1]) == (code, word)


def test_the_verifier_stands_alone(board: bytes, tmp_path: Path) -> None:
    """As a single file in an empty folder, without this programme on the path."""
    (tmp_path / "verify.py").write_bytes(Path(verify.__file__).read_bytes())
    (tmp_path / "board.jsonl").write_bytes(board)

    ran = subprocess.run(
        [sys.executable, "-I", "verify.py", "board.jsonl"], cwd=tmp_path, capture_output=True, check=False
    )

    assert ran.returncode == 0, ran.stdout.decode() + ran.stderr.decode()
