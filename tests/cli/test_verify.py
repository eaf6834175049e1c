from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import main
from engine.audit import build_evidence
from tests.engine.audit.chains import evidence, history, sealed

ENTRIES = history(4)
BUNDLE = build_evidence(evidence(ENTRIES, seals=[sealed(ENTRIES)]))


def _verify(path: Path) -> Result:
    return CliRunner().invoke(main, ["verify", str(path)])


def test_a_good_bundle_ends_with_zero_and_a_checked_signature(tmp_path: Path) -> None:
    path = tmp_path / "evidence.zip"
    path.write_bytes(BUNDLE)

    ran = _verify(path)

    assert ran.exit_code == 0
    assert "the signature is valid" in ran.output
    assert ran.output.endswith("核验通过 VERIFIED\n")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (b'"task_id":"task-3"', b'"task_id":"task-5"', "history entry 3 [case-1] was changed"),
        (b"3000.5", b"3000.6", "line 1, entry 3 [case-1]"),
        ("会议".encode(), "会意".encode(), "documents/001-"),
    ],
)
def test_one_changed_byte_ends_with_one_and_its_place(tmp_path: Path, before: bytes, after: bytes, said: str) -> None:
    path = tmp_path / "evidence.zip"
    assert BUNDLE.count(before) >= 1
    path.write_bytes(BUNDLE.replace(before, after))

    ran = _verify(path)

    assert ran.exit_code == 1
    assert said in ran.output
    assert ran.output.endswith("核验未通过 NOT VERIFIED\n")


def test_a_file_that_is_no_bundle_ends_with_one(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("x")

    assert _verify(path).exit_code == 1
    assert _verify(tmp_path / "missing.zip").exit_code == 2
