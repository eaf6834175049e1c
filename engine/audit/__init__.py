"""Canonical JSON, hash chain, Merkle tree, seals and evidence bundles that an outsider can check (docs/audit.md)."""

from engine.audit.canonical import NotCanonical, canonical_json, canonical_time
from engine.audit.chain import GENESIS, HASHED_FIELDS, chain_hash, chained, digest
from engine.audit.merkle import consistency_proof, inclusion_proof, is_consistent, is_included, root

__all__ = [
    "GENESIS",
    "HASHED_FIELDS",
    "NotCanonical",
    "canonical_json",
    "canonical_time",
    "chain_hash",
    "chained",
    "consistency_proof",
    "digest",
    "inclusion_proof",
    "is_consistent",
    "is_included",
    "root",
]
