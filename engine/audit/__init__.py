"""Canonical JSON, hash chain, Merkle tree, seals and evidence bundles that an outsider can check (docs/audit.md)."""

from engine.audit.bundle import Evidence, build_evidence
from engine.audit.canonical import NotCanonical, canonical_json, canonical_time
from engine.audit.chain import GENESIS, HASHED_FIELDS, chain_hash, chained, digest
from engine.audit.merkle import consistency_proof, inclusion_proof, is_consistent, is_included, root
from engine.audit.seal import Head, Seal, SealNotGenuine, key_fingerprint, seal_heads, seal_in, seal_part
from engine.audit.signatures import verify_evidence
from engine.audit.verify import Finding, Verdict, report, verify_bundle

__all__ = [
    "GENESIS",
    "HASHED_FIELDS",
    "Evidence",
    "Finding",
    "Head",
    "NotCanonical",
    "Seal",
    "SealNotGenuine",
    "Verdict",
    "build_evidence",
    "canonical_json",
    "canonical_time",
    "chain_hash",
    "chained",
    "consistency_proof",
    "digest",
    "inclusion_proof",
    "is_consistent",
    "is_included",
    "key_fingerprint",
    "report",
    "root",
    "seal_heads",
    "seal_in",
    "seal_part",
    "verify_bundle",
    "verify_evidence",
]
