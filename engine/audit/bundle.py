"""Evidence bundles: everything that was recorded of a case, with what an outsider needs to check it."""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from engine.audit.canonical import canonical_json, canonical_time
from engine.audit.chain import sha256_hex
from engine.audit.seal import Head

FORMAT = "tongban-evidence/1"
_VERIFIER = Path(__file__).with_name("verify.py")
_NOT_IN_FILE_NAMES = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]')
_LONGEST_NAME = 150
# Zip has no time zones; digests, not dates, say what a file is.
_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """The parts of a bundle.

    `history` are the entries with their `hash`, in order; `heads` the ends of the chains as the case states them.
    An excerpt of a long chain begins after the entry that `after` names for its stream.
    `answers` are by digest: those that an entry names in `details.answers_sha256` go in. `documents` are by the name
    that people know, `diagrams` by their file name; `seals` come from `seal_part`. `case` is free text in the manifest.
    """

    case: Mapping[str, Any]
    created_at: datetime
    heads: Sequence[Head]
    after: Mapping[str, Head] = field(default_factory=dict)
    history: Sequence[Mapping[str, Any]]
    answers: Mapping[str, Any] = field(default_factory=dict)
    documents: Mapping[str, bytes] = field(default_factory=dict)
    diagrams: Mapping[str, bytes] = field(default_factory=dict)
    seals: Sequence[Mapping[str, Any]] = ()


def build_evidence(evidence: Evidence) -> bytes:
    """The zip. The same evidence always gives the same bytes; damaged evidence is bundled as it is."""
    files = {
        "history.jsonl": _lines(evidence.history),
        "answers.jsonl": _lines(_named_answers(evidence)),
        "seals.json": canonical_json(list(evidence.seals)),
        "verify.py": _VERIFIER.read_bytes(),
        **_document_files(evidence.documents),
        **{f"diagrams/{_safe_name(name)}": content for name, content in evidence.diagrams.items()},
    }
    manifest = canonical_json(
        {
            "format": FORMAT,
            "created_at": canonical_time(evidence.created_at),
            "case": evidence.case,
            "streams": {head.stream: _stream(head, evidence.after.get(head.stream)) for head in evidence.heads},
            "files": {name: {"sha256": sha256_hex(files[name]), "size": len(files[name])} for name in files},
        }
    )
    digest = f"{sha256_hex(manifest)}  manifest.json\n".encode()
    return _zipped({"manifest.json": manifest, "manifest.sha256": digest, **files})


def _stream(head: Head, after: Head | None) -> dict[str, Any]:
    begins = {"after": {"seq": after.seq, "hash": after.hash}} if after is not None and after.seq else {}
    return {"seq": head.seq, "hash": head.hash, **begins}


def _lines(values: Iterable[Any]) -> bytes:
    return b"".join(canonical_json(value) + b"\n" for value in values)


def _named_answers(evidence: Evidence) -> list[dict[str, Any]]:
    return [
        {"stream": entry["stream"], "seq": entry["seq"], "answers": evidence.answers[named]}
        for entry in evidence.history
        if (named := entry["details"].get("answers_sha256")) in evidence.answers
    ]


def _document_files(documents: Mapping[str, bytes]) -> dict[str, bytes]:
    """Numbered, so that two documents may have the same name and no name can point outside the folder."""
    return {
        f"documents/{number:03d}-{_safe_name(name)}": content
        for number, (name, content) in enumerate(documents.items(), 1)
    }


def _safe_name(name: str) -> str:
    stem, dot, suffix = _NOT_IN_FILE_NAMES.sub("_", name).strip(" .").rpartition(".")
    return f"{stem[:_LONGEST_NAME]}{dot}{suffix[:20]}"


def _zipped(files: Mapping[str, bytes]) -> bytes:
    """Stored without compression: a damaged byte then stays where it is, so that the verifier can name its entry."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            member = zipfile.ZipInfo(name, _DATE)
            member.external_attr = 0o644 << 16
            archive.writestr(member, content)
    return target.getvalue()
