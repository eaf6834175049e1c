"""Histories and bundles that several tests use, and ways to damage them."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from engine.audit import (
    GENESIS,
    Evidence,
    Finding,
    Head,
    build_evidence,
    canonical_json,
    chained,
    digest,
    seal_heads,
    seal_part,
    verify_bundle,
)

NOW = datetime(2026, 11, 23, 1, 2, 3, 4000, tzinfo=UTC)
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
MINUTES = "会议记录".encode()
Entry = dict[str, Any]


def answers_of(seq: int) -> Entry:
    return {"月工资": f"{seq}000.50", "意见": "同意"}


def entry(seq: int, *, stream: str = "case-1") -> Entry:
    """Every third entry hands in answers, the second files the minutes."""
    details: Entry = {"answers_sha256": digest(answers_of(seq))} if seq % 3 == 0 else {"step": seq}
    if seq == 2:
        details = {"document_sha256": hashlib.sha256(MINUTES).hexdigest()}
    return {
        "stream": stream,
        "seq": seq,
        "at": f"2026-11-23T01:00:{seq % 60:02d}.000+00:00",
        "actor": "hr",
        "on_behalf_of": None,
        "action": "task_completed",
        "element_id": "reply_to_offer",
        "task_id": f"task-{seq}",
        "reason": None,
        "details": details,
    }


def history(length: int, *, stream: str = "case-1") -> list[Entry]:
    return chained(entry(seq, stream=stream) for seq in range(1, length + 1))


def head_of(entries: list[Entry], *, stream: str = "case-1") -> Head:
    return Head(stream, len(entries), entries[-1]["hash"] if entries else GENESIS)


def sealed(entries: list[Entry]) -> Entry:
    """The seal of the case among three others."""
    heads = [Head(f"case-{n}", n, digest(n)) for n in (0, 2, 3)] + [head_of(entries)]
    return seal_part(seal_heads(heads, sealed_at=NOW, private_key=KEY), heads=heads, stream="case-1")


def evidence(entries: list[Entry], **more: Any) -> Evidence:
    facts: Entry = {
        "case": {"number": "XC-2026-0001", "title": "星月模具 2026 年工资协商"},
        "created_at": NOW,
        "heads": [head_of(entries)],
        "history": entries,
        "answers": {digest(answers_of(seq)): answers_of(seq) for seq in range(len(entries) + 1)},
        "documents": {"会议记录.txt": MINUTES},
    }
    return Evidence(**(facts | more))


def files_of(bundle: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(files: Mapping[str, bytes], *, compression: int = zipfile.ZIP_STORED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def with_right_digests(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """What a careful forger does: manifest and digest are made to fit the changed files."""
    inner = {name: content for name, content in files.items() if not name.startswith("manifest.")}
    manifest = json.loads(files["manifest.json"])
    manifest["files"] = {
        name: {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)} for name, content in inner.items()
    }
    new = canonical_json(manifest)
    seal = f"{hashlib.sha256(new).hexdigest()}  manifest.json\n".encode()
    return {"manifest.json": new, "manifest.sha256": seal, **inner}


def lines_of(entries: Iterable[Mapping[str, Any]]) -> bytes:
    return b"".join(canonical_json(entry) + b"\n" for entry in entries)


def findings(folder: Path, bundle: bytes) -> list[Finding]:
    path = folder / "evidence.zip"
    path.write_bytes(bundle)
    return verify_bundle(str(path)).findings


def findings_after(folder: Path, entries: list[Entry], damage: Callable[[list[Entry]], list[Entry]]) -> list[Finding]:
    """The verdict on a bundle whose history was damaged and whose digests were made to fit."""
    files = files_of(build_evidence(evidence(entries, documents={})))
    files["history.jsonl"] = lines_of(damage([dict(entry) for entry in entries]))
    files["answers.jsonl"] = b""
    return [found for found in findings(folder, zipped(with_right_digests(files))) if found.kind != "answers"]
