"""The one thing that the standalone verifier cannot do: checking who signed the seals of a bundle."""

from pathlib import Path

from engine.audit.seal import SealNotGenuine, key_fingerprint, seal_in
from engine.audit.verify import Archive, Verdict, parse, verify_bundle


def verify_evidence(path: str) -> Verdict:
    """All that `verify_bundle` checks, and the Ed25519 signatures. Never raises for a damaged bundle."""
    verdict = verify_bundle(path)
    if any(note.kind == "unchecked" for note in verdict.notes):
        verdict.notes = [note for note in verdict.notes if note.kind != "unchecked"]
        _check_signatures(path, verdict)
    return verdict


def _check_signatures(path: str, verdict: Verdict) -> None:
    with Path(path).open("rb") as file:
        parts = parse(Archive(file).read("seals.json"))
    for part in parts:
        try:
            seal = seal_in(part)
            seal.check_signature()
        except SealNotGenuine as why:
            verdict.add("seal", f"{why}: signature")
        else:
            verdict.add("signed", f"{seal.sealed_at}, {key_fingerprint(seal.public_key)}")
