"""Each history entry carries the hash of the one before it."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from engine.audit.canonical import canonical_json

GENESIS = "0" * 64
HASHED_FIELDS = (
    "stream",
    "seq",
    "at",
    "actor",
    "on_behalf_of",
    "action",
    "element_id",
    "task_id",
    "reason",
    "details",
)
_FIELD_SET = frozenset(HASHED_FIELDS)


def chain_hash(prev: str, entry: Mapping[str, Any]) -> str:
    """The hash of an entry that follows the entry with hash `prev` (GENESIS for the first).

    `entry` has exactly HASHED_FIELDS; `prev` and `hash` may be there too, and `prev` must agree. Raises ValueError.
    """
    unexpected = entry.keys() - {*HASHED_FIELDS, "prev", "hash"}
    missing = _FIELD_SET - entry.keys()
    if unexpected or missing:
        raise ValueError(f"history entry: missing {sorted(missing)}, unexpected {sorted(unexpected)}")
    if entry.get("prev", prev) != prev:
        raise ValueError("history entry: prev differs")
    return digest({**{field: entry[field] for field in HASHED_FIELDS}, "prev": prev})


def chained(entries: Iterable[Mapping[str, Any]], *, prev: str = GENESIS) -> list[dict[str, Any]]:
    """The entries with `prev` and `hash`, one after the other."""
    linked = []
    for entry in entries:
        linked.append({**entry, "prev": prev, "hash": chain_hash(prev, entry)})
        prev = linked[-1]["hash"]
    return linked


def digest(value: Any) -> str:
    """SHA-256 of the canonical form, in hex."""
    return sha256_hex(canonical_json(value))


def sha256_hex(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
