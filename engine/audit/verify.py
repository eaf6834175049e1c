"""离线核验证据包。Checks an evidence bundle offline: `python verify.py FILE.zip`. See docs/audit.md."""

from __future__ import annotations

import hashlib
import json
import re
import struct
import sys
import zipfile
import zlib
from dataclasses import dataclass, field
from decimal import Decimal
from json.encoder import encode_basestring
from typing import BinaryIO

GENESIS = "0" * 64
START = {"seq": 0, "hash": GENESIS}
FIELDS = {"stream", "seq", "at", "actor", "on_behalf_of", "action", "element_id", "task_id", "reason", "details"}
FIELDS |= {"prev", "hash"}
MOST_FILES, MOST_BYTES = 10_000, 2 << 30
SENTENCES = {
    "unreadable": ("无法读取：{place}（{why}）", "cannot be read: {place} ({why})"),
    "manifest": ("清单被改动：{place}", "the manifest was changed: {place}"),
    "changed": ("第 {place} 条办理记录被改动", "history entry {place} was changed"),
    "rewritten": ("第 {place} 条办理记录或更早的记录被改写", "history entry {place} or an earlier one was rewritten"),
    "dropped": ("第 {place} 条办理记录被删除", "history entry {place} was dropped"),
    "added": ("多出一条办理记录：{place}", "a history entry was added: {place}"),
    "reordered": ("第 {place} 条办理记录的顺序被调换", "history entry {place} is not in its place"),
    "truncated": ("办理记录从第 {place} 条起被截断", "the history is cut off from entry {place} on"),
    "answers": ("填写内容与办理记录不符：{place}", "answers do not agree with the history: {place}"),
    "document": ("文件未见于办理记录：{place}", "a document that the history does not name: {place}"),
    "file_changed": ("文件内容被改动：{place}", "the content of a file was changed: {place}"),
    "file_dropped": ("文件缺失：{place}", "a file is missing: {place}"),
    "file_added": ("文件不在清单中：{place}", "a file that the manifest does not list: {place}"),
    "seal": ("封存记录不成立：{place}", "a seal does not hold: {place}"),
    "counted": ("办理记录 {place} 条", "{place} history entries"),
    "excerpt": ("节选：不含第 {place} 条及更早的记录", "an excerpt: without entry {place} and those before it"),
    "sealed": ("封存于 {place}，公钥指纹 {why}", "sealed at {place}, fingerprint of the public key {why}"),
    "signed": ("签名有效：{place}", "the signature is valid: {place}"),
    "unchecked": (
        "Ed25519 签名未验证（标准库无此功能）：请用 tongban verify 或 OpenSSL 验证，并核对另行公布的公钥指纹",
        "no signature was checked (the standard library has no Ed25519): use `tongban verify`, compare the fingerprint",
    ),
    "unsealed": ("没有封存：整条记录若被重写，不会被发现", "no seal: a chain rewritten as a whole would pass"),
}
REMARKS = {"counted", "excerpt", "sealed", "signed", "unchecked", "unsealed"}


@dataclass(frozen=True)
class Finding:
    """A fault or a remark; `kind` is a key of SENTENCES."""

    kind: str
    place: str
    zh: str
    en: str


@dataclass
class Verdict:
    """`findings` with the most telling first, none when all is well."""

    findings: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.findings

    def add(self, kind: str, place: object = "", why: str = "") -> None:
        zh, en = (sentence.format(place=place, why=why) for sentence in SENTENCES[kind])
        (self.notes if kind in REMARKS else self.findings).append(Finding(kind, str(place), zh, en))


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def canonical(value: object) -> bytes:
    """Sorted keys, no white space, UTF-8, exact numbers without exponent and closing zeros (docs/audit.md, 2)."""
    return text(value).encode("utf-8")


def text(value: object) -> str:
    if isinstance(value, str):
        return encode_basestring(value)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, dict):
        return "{" + ",".join(encode_basestring(key) + ":" + text(value[key]) for key in sorted(value)) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(text, value)) + "]"
    plain = format(Decimal(value), "f") if abs(Decimal(value).adjusted()) < 1000 else "too long"
    return (plain.rstrip("0").rstrip(".") if "." in plain else plain) if value else "0"


def parse(content: bytes) -> object:
    """The value of canonical JSON; raises ValueError for anything that is not spelled canonically."""
    try:
        value = json.loads(content.decode("utf-8"), parse_float=Decimal, parse_constant=canonical)
        if canonical(value) == content:
            return value
    except (ArithmeticError, RecursionError, TypeError):
        pass
    raise ValueError("not canonical JSON")


class Archive:
    """The files of a zip by name; refuses dangerous names and sizes. CRCs are not used: digests are."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        infos = [info for info in zipfile.ZipFile(file).infolist() if not info.is_dir()]
        self.infos = {info.filename: info for info in infos}
        size = sum(info.file_size for info in infos)
        if len(self.infos) < len(infos) or len(infos) > MOST_FILES or size > MOST_BYTES:
            raise ValueError("too many or too large files, or two of the same name")
        for name in (info.orig_filename for info in infos):
            if {"", ".", ".."} & set(name.split("/")) or set(name) & set("\\:\0"):
                raise ValueError(f"dangerous file name {name!r}")

    def read(self, name: str) -> bytes:
        """The content, whatever its CRC says: its digest will tell."""
        info = self.infos[name]
        self._file.seek(info.header_offset)
        name_size, extra_size = struct.unpack("<26xHH", self._file.read(30).ljust(30, b"\0"))
        self._file.seek(name_size + extra_size, 1)
        raw = self._file.read(info.compress_size)
        is_stored = info.compress_type == zipfile.ZIP_STORED
        return raw if is_stored else zlib.decompressobj(-15).decompress(raw, info.file_size + 1)


@dataclass
class Entry:
    """A line of history.jsonl; `own` is the hash it really has, None when the line is damaged."""

    stream: str
    seq: int
    prev: str = ""
    own: str | None = None
    details: dict = field(default_factory=dict)


def read_entry(line: bytes, before: Entry) -> Entry:
    """A damaged line counts as the entry that should follow the one before it."""
    try:
        value = parse(line)
        stated = value.pop("hash")
        own, seq = sha256(canonical(value)), value["seq"]
        stream, prev = str(value["stream"]), str(value["prev"])
        if own == stated and set(value) | {"hash"} == FIELDS and type(seq) is int:
            return Entry(stream, seq, prev, own, dict(value["details"]))
    except (ValueError, AttributeError, KeyError, TypeError):
        pass
    return Entry(before.stream, before.seq + 1)


def check_chain(stream: str, head: dict, entries: list[Entry], verdict: Verdict) -> None:
    """Follows the chain from the stated head back to the beginning and names the first entry that is not right."""
    by_hash = {entry.own: entry for entry in reversed(entries) if entry.own}
    wanted, missing, trusted, start = head["hash"], head["seq"], [], head["after"]
    while missing > start["seq"] and wanted in by_hash and by_hash[wanted].seq == missing:
        trusted.append(by_hash[wanted])
        wanted, missing = by_hash[wanted].prev, missing - 1
    if missing > start["seq"]:
        name_damage(stream, missing, entries, verdict, start=start)
    elif wanted != start["hash"]:
        verdict.add("rewritten", f"{start['seq'] + 1} [{stream}]")
    else:
        name_disorder(stream, trusted[::-1], entries, verdict)
    if start["seq"]:
        verdict.add("excerpt", f"{start['seq']} [{stream}]")


def name_damage(stream: str, missing: int, entries: list[Entry], verdict: Verdict, *, start: dict) -> None:
    """The entry `missing` that the later ones (or the stated head) continue is not there; find where it begins."""
    begun, prev = start["seq"], start["hash"]
    following = {(entry.seq, entry.prev): entry for entry in reversed(entries) if entry.own}
    while (begun + 1, prev) in following:
        prev, begun = following[begun + 1, prev].own, begun + 1
    first = begun + 1
    if first > missing:
        verdict.add("rewritten", f"{missing} [{stream}]")
        return
    at_or_after = min((entry.seq for entry in entries if entry.seq >= first), default=None)
    kind = "truncated" if at_or_after is None else "changed" if at_or_after == first else "dropped"
    verdict.add(kind, f"{first} [{stream}]")


def name_disorder(stream: str, trusted: list[Entry], entries: list[Entry], verdict: Verdict) -> None:
    """Every entry is there; name the first that is there besides, or that is not in its place."""
    by_seq = {entry.seq: entry for entry in trusted}
    added = [entry.seq for entry in entries if by_seq.get(entry.seq) is not entry]
    moved = [expected.seq for expected, entry in zip(trusted, entries) if entry is not expected]  # noqa: B905
    if added or moved:
        verdict.add("added" if added else "reordered", f"{(added or moved)[0]} [{stream}]")


def check_answers(content: bytes, entries: list[Entry], verdict: Verdict) -> None:
    """Every digest of answers in the history has its line, every line its digest."""
    due = {(e.stream, e.seq): e.details["answers_sha256"] for e in entries if "answers_sha256" in e.details}
    for at, line in enumerate(content.split(b"\n")[:-1], 1):
        try:
            value = parse(line)
            key = (value["stream"], value["seq"])
            if set(value) != {"stream", "seq", "answers"} or due.pop(key) != sha256(canonical(value["answers"])):
                verdict.add("answers", f"line {at}, entry {key[1]} [{key[0]}]")
        except (ValueError, KeyError, TypeError):
            verdict.add("answers", f"line {at}")
    for key in due:
        verdict.add("answers", f"entry {key[1]} [{key[0]}]")


def check_files(archive: Archive, files: dict, entries: list[Entry], verdict: Verdict) -> None:
    on_record = {found for entry in entries for found in re.findall("[0-9a-f]{64}", text(entry.details))}
    for name in sorted(files):
        found = sha256(archive.read(name)) if name in archive.infos else None
        if found != files[name]:
            verdict.add("file_changed" if found else "file_dropped", name)
        elif name.startswith("documents/") and found not in on_record:
            verdict.add("document", name)
    for name in sorted(set(archive.infos) - set(files) - {"manifest.json", "manifest.sha256"}):
        verdict.add("file_added", name)


def check_seals(content: bytes, entries: list[Entry], verdict: Verdict) -> None:
    known = {(entry.stream, entry.seq): entry.own for entry in entries}
    seals = parse(content)
    for part in seals:
        seal, head = part["seal"], part["head"]
        where = f"{seal['sealed_at']}, {head['seq']} [{head['stream']}]"
        leaf, proof = hashlib.sha256(b"\0" + canonical(head)).digest(), [bytes.fromhex(step) for step in part["proof"]]
        if root_of(leaf, part["index"], seal["size"], proof) != bytes.fromhex(seal["root"]):
            verdict.add("seal", where + ": root")
        if known.get((head["stream"], head["seq"])) != head["hash"]:
            verdict.add("seal", where + ": history")
        verdict.add("sealed", where, sha256(bytes.fromhex(seal["public_key"])))
    verdict.add("unchecked" if seals else "unsealed")


def root_of(reached: bytes, index: int, size: int, proof: list[bytes]) -> bytes:
    """The root that an inclusion proof leads to (RFC 6962, 2.1.1); empty when the proof has the wrong length."""
    if size == 1 or not proof:
        return b"" if proof or index or size != 1 else reached
    middle = 1 << (size - 1).bit_length() - 1
    if index < middle:
        pair = root_of(reached, index, middle, proof[:-1]) + proof[-1]
    else:
        pair = proof[-1] + root_of(reached, index - middle, size - middle, proof[:-1])
    return hashlib.sha256(b"\1" + pair).digest()


def read_manifest(archive: Archive, verdict: Verdict) -> tuple[dict, dict]:
    """Streams and files that the bundle should have; raises when it cannot be told."""
    content = archive.read("manifest.json")
    if archive.read("manifest.sha256") != f"{sha256(content)}  manifest.json\n".encode():
        verdict.add("manifest", "manifest.sha256")
    manifest = parse(content)
    if manifest["format"] != "tongban-evidence/1":
        raise ValueError("unknown format")
    streams = {name: {"after": START, **head} for name, head in manifest["streams"].items()}
    return streams, {name: str(facts["sha256"]) for name, facts in manifest["files"].items()}


def check_all(archive: Archive, verdict: Verdict) -> None:
    streams, files = read_manifest(archive, verdict)
    before = next((Entry(stream, streams[stream]["after"]["seq"]) for stream in sorted(streams)), Entry("", 0))
    entries, of_stream = [], {stream: [] for stream in streams}
    for line in archive.read("history.jsonl").split(b"\n")[:-1]:
        entries.append(before := read_entry(line, before))
        of_stream.setdefault(before.stream, []).append(before)
    for stream, own in of_stream.items():
        check_chain(stream, streams.get(stream, START | {"after": START}), own, verdict)
    check_answers(archive.read("answers.jsonl"), entries, verdict)
    check_files(archive, files, entries, verdict)
    check_seals(archive.read("seals.json"), entries, verdict)
    verdict.add("counted", len(entries))


def verify_bundle(path: str) -> Verdict:
    """Never raises for a damaged bundle: what cannot be read is a finding."""
    verdict = Verdict()
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            check_all(Archive(file), verdict)
    except Exception as why:  # noqa: BLE001 (whatever a hostile file provokes is a refusal)
        verdict.add("unreadable", path, f"{type(why).__name__}: {why}")
    return verdict


def report(verdict: Verdict) -> str:
    lines = [f"{s} {f.zh}\n  {f.en}" for s, some in (("✗", verdict.findings), ("·", verdict.notes)) for f in some]
    return "\n".join([*lines, "核验通过 VERIFIED" if verdict.ok else "核验未通过 NOT VERIFIED"]) + "\n"


if __name__ == "__main__":
    result = verify_bundle(sys.argv[1])
    sys.stdout.buffer.write(report(result).encode("utf-8"))
    sys.exit(0 if result.ok else 1)
