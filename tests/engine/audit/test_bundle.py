"""What an evidence bundle holds, and that every damage to one of its files is found and located."""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from engine.audit import Seal, build_evidence, digest, report, verify, verify_bundle, verify_evidence
from tests.engine.audit.chains import (
    MINUTES,
    NOW,
    answers_of,
    evidence,
    files_of,
    findings,
    history,
    sealed,
    with_right_digests,
    zipped,
)

ENTRIES = history(6)
BUNDLE = build_evidence(evidence(ENTRIES, seals=[sealed(ENTRIES)]))
FILES = files_of(BUNDLE)
DOCUMENT = "documents/001-会议记录.txt"
VERIFIER = Path(verify.__file__)


def test_a_bundle_has_these_files() -> None:
    assert set(FILES) == {
        "manifest.json",
        "manifest.sha256",
        "history.jsonl",
        "answers.jsonl",
        "seals.json",
        "verify.py",
        DOCUMENT,
    }
    assert FILES["verify.py"] == VERIFIER.read_bytes()
    assert FILES[DOCUMENT] == MINUTES


def test_the_same_evidence_gives_the_same_bytes() -> None:
    assert build_evidence(evidence(ENTRIES, seals=[sealed(ENTRIES)])) == BUNDLE


def test_an_undamaged_bundle_is_verified(tmp_path: Path) -> None:
    path = tmp_path / "evidence.zip"
    path.write_bytes(BUNDLE)

    verdict = verify_bundle(str(path))

    assert verdict.ok
    assert {note.kind for note in verdict.notes} == {"counted", "sealed", "unchecked"}


def test_only_answers_that_the_history_names_go_in() -> None:
    lines = [json.loads(line) for line in FILES["answers.jsonl"].splitlines()]

    assert [line["seq"] for line in lines] == [3, 6]


def test_a_bundle_packed_again_with_compression_is_verified(tmp_path: Path) -> None:
    assert findings(tmp_path, zipped(FILES, compression=zipfile.ZIP_DEFLATED)) == []


def test_the_verifier_in_the_bundle_runs_without_any_package(tmp_path: Path) -> None:
    (tmp_path / "good.zip").write_bytes(BUNDLE)
    (tmp_path / "bad.zip").write_bytes(BUNDLE.replace(b'"actor":"hr"', b'"actor":"hx"', 1))
    (tmp_path / "verify.py").write_bytes(FILES["verify.py"])

    def run(name: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-I", "-S", "verify.py", name]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False)

    good, bad = run("good.zip"), run("bad.zip")

    assert (good.returncode, good.stderr) == (0, "")
    assert "VERIFIED" in good.stdout
    assert "fingerprint" in good.stdout
    assert "no signature was checked" in good.stdout
    assert bad.returncode == 1
    assert bad.stdout.startswith("✗ 第 1 [case-1] 条办理记录被改动\n  history entry 1 [case-1] was changed\n")


def test_the_verifier_imports_the_standard_library_only() -> None:
    imported = {
        line.split()[1] for line in VERIFIER.read_text("utf-8").splitlines() if line.startswith(("import", "from"))
    }

    assert {name.split(".")[0] for name in imported} <= set(sys.stdlib_module_names)


@pytest.mark.parametrize("name", FILES)
def test_any_changed_byte_of_any_file_is_found_and_located(tmp_path: Path, name: str) -> None:
    places = range(0, len(FILES[name]), 1 if len(FILES[name]) < 1500 else 101)
    for at in places:
        content = bytearray(FILES[name])
        content[at] ^= 1
        found = findings(tmp_path, zipped({**FILES, name: bytes(content)}))
        manifest_file = name.startswith("manifest.")
        assert any(("manifest" if manifest_file else name) in fault.place for fault in found), (name, at)


def test_any_changed_byte_of_the_history_names_its_entry(tmp_path: Path) -> None:
    lines = FILES["history.jsonl"].splitlines(keepends=True)
    start = 0
    for seq, line in enumerate(lines, 1):
        for at in range(start, start + len(line), 7):
            content = bytearray(FILES["history.jsonl"])
            content[at] ^= 1
            first = findings(tmp_path, zipped({**FILES, "history.jsonl": bytes(content)}))[0]
            assert first.place == f"{seq} [case-1]"
        start += len(line)


def test_a_changed_byte_of_the_zip_is_refused_or_harmless(tmp_path: Path) -> None:
    small = {name: content for name, content in FILES.items() if name != "verify.py"}
    bundle = zipped(with_right_digests(small))
    path = tmp_path / "evidence.zip"
    for at in range(len(bundle)):
        damaged = bytearray(bundle)
        damaged[at] ^= 1
        path.write_bytes(damaged)
        if verify_bundle(str(path)).ok:
            with path.open("rb") as file:
                archive = verify.Archive(file)
                assert {name: archive.read(name) for name in archive.infos} == files_of(bundle), at


@pytest.mark.parametrize("kept", range(0, len(BUNDLE), 499))
def test_a_bundle_cut_short_is_refused(tmp_path: Path, kept: int) -> None:
    assert [found.kind for found in findings(tmp_path, BUNDLE[:kept])] == ["unreadable"]


@pytest.mark.parametrize("name", sorted(set(FILES) - {"manifest.json", "manifest.sha256"}))
def test_a_missing_file_is_found(tmp_path: Path, name: str) -> None:
    found = findings(tmp_path, zipped({other: FILES[other] for other in FILES if other != name}))

    assert any(name in f"{fault.place} {fault.zh}" for fault in found)


def test_a_file_too_many_is_found(tmp_path: Path) -> None:
    found = findings(tmp_path, zipped({**FILES, "documents/002-新.txt": b"x"}))

    assert [(fault.kind, fault.place) for fault in found] == [("file_added", "documents/002-新.txt")]


def test_a_replaced_document_is_found_though_its_digest_was_made_to_fit(tmp_path: Path) -> None:
    found = findings(tmp_path, zipped(with_right_digests({**FILES, DOCUMENT: b"forged"})))

    assert [(fault.kind, fault.place) for fault in found] == [("document", DOCUMENT)]


def _forged_answers(change: str) -> bytes:
    lines = FILES["answers.jsonl"].splitlines(keepends=True)
    return {
        "changed": FILES["answers.jsonl"].replace(b"6000.5", b"6000.6"),
        "dropped": b"".join(lines[:-1]),
        "doubled": b"".join([*lines, lines[-1]]),
        "not JSON": b"".join([lines[0], b"{\n"]),
        "moved": FILES["answers.jsonl"].replace(b'"seq":6', b'"seq":5'),
    }[change]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ("changed", "line 2, entry 6 [case-1]"),
        ("dropped", "entry 6 [case-1]"),
        ("doubled", "line 3"),
        ("not JSON", "line 2"),
        ("moved", "line 2"),
    ],
)
def test_forged_answers_are_found_though_their_digest_was_made_to_fit(tmp_path: Path, change: str, place: str) -> None:
    found = findings(tmp_path, zipped(with_right_digests({**FILES, "answers.jsonl": _forged_answers(change)})))

    assert {fault.kind for fault in found} == {"answers"}
    assert found[0].place == place


@pytest.mark.parametrize("field", ["root", "size", "index", "proof", "hash", "seq"])
def test_a_forged_seal_is_found_though_its_digest_was_made_to_fit(tmp_path: Path, field: str) -> None:
    seals = json.loads(FILES["seals.json"])
    part = seals[0]
    home = part["seal"] if field in ("root", "size") else part["head"] if field in ("hash", "seq") else part
    home[field] = {"proof": [], "root": "0" * 64, "hash": "0" * 64}.get(field, 5)
    content = json.dumps(seals, sort_keys=True, separators=(",", ":")).encode()

    found = findings(tmp_path, zipped(with_right_digests({**FILES, "seals.json": content})))

    assert {fault.kind for fault in found} == {"seal"}


def test_a_seal_signed_by_nobody_is_found_where_signatures_can_be_checked(tmp_path: Path) -> None:
    path = tmp_path / "evidence.zip"
    part = sealed(ENTRIES)
    good, bad = part["seal"], {**part["seal"], "signature": "0" * 128}
    outcomes = []
    for seal in (good, bad):
        path.write_bytes(build_evidence(evidence(ENTRIES, seals=[{**part, "seal": seal}])))
        outcomes.append(verify_evidence(str(path)))

    assert [verdict.ok for verdict in outcomes] == [True, False]
    assert "signed" in {note.kind for note in outcomes[0].notes}
    assert outcomes[1].findings[0].place.endswith("signature")
    assert "签名有效" in report(outcomes[0])


def test_damaged_evidence_is_bundled_as_it_is_and_then_refused(tmp_path: Path) -> None:
    without = {digest(answers_of(3)): answers_of(3)}

    found = findings(tmp_path, build_evidence(evidence(ENTRIES, answers=without)))

    assert [(fault.kind, fault.place) for fault in found] == [("answers", "entry 6 [case-1]")]


def test_documents_of_any_name_stay_in_their_folder(tmp_path: Path) -> None:
    names = ["../../etc/passwd", "a/b\\c:d.pdf", "", "..", "x" * 400 + ".pdf", "a.pdf", "a.pdf\0"]
    bundle = build_evidence(evidence(ENTRIES, documents=dict.fromkeys(names, MINUTES)))

    inside = [name for name in files_of(bundle) if name.startswith("documents/")]

    assert len(inside) == len(names)
    assert all(name.count("/") == 1 and len(name) < 200 for name in inside)
    assert findings(tmp_path, bundle) == []


@pytest.mark.parametrize("name", ["../x", "/x", "a//b", "a/./b", "a\\b", "C:x", "a/../b"])
def test_a_dangerous_file_name_is_refused(tmp_path: Path, name: str) -> None:
    found = findings(tmp_path, zipped({**FILES, name: b""}))

    assert [fault.kind for fault in found] == ["unreadable"]
    assert "dangerous" in found[0].zh


def test_two_files_of_the_same_name_are_refused(tmp_path: Path) -> None:
    target = io.BytesIO(BUNDLE)
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(target, "a") as archive:
        archive.writestr("history.jsonl", b"")

    assert [found.kind for found in findings(tmp_path, target.getvalue())] == ["unreadable"]


def test_a_zip_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify, "MOST_BYTES", 1_000_000)
    bomb = zipped({**FILES, "documents/002-big": b"0" * 2_000_000}, compression=zipfile.ZIP_DEFLATED)

    assert len(bomb) < 100_000
    assert [found.kind for found in findings(tmp_path, bomb)] == ["unreadable"]


def test_more_content_than_a_file_claims_is_not_unpacked() -> None:
    bomb = io.BytesIO(zipped({"bomb": b"0" * 2_000_000}, compression=zipfile.ZIP_DEFLATED))
    archive = verify.Archive(bomb)
    archive.infos["bomb"].file_size = 10

    assert len(archive.read("bomb")) == 11


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\3\4" + b"\0" * 100])
def test_what_is_no_zip_is_refused(tmp_path: Path, content: bytes) -> None:
    assert [found.kind for found in findings(tmp_path, content)] == ["unreadable"]


def test_a_seal_keeps_what_the_bundle_says() -> None:
    part = json.loads(FILES["seals.json"])[0]

    Seal(**{key: value for key, value in part["seal"].items() if key != "format"}).check_signature()
    assert part["seal"]["sealed_at"] == NOW.isoformat(timespec="milliseconds")
