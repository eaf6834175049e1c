"""Seals: a signed Merkle root over the heads of all chains at one moment."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from engine.audit import merkle
from engine.audit.canonical import canonical_json, canonical_time
from engine.audit.chain import sha256_hex

FORMAT = "tongban-seal/1"


class SealNotGenuine(ValueError):
    """The signature does not belong to this seal, or the heads do not give its root."""


@dataclass(frozen=True, order=True)
class Head:
    """The last entry of a chain; `seq` is 0 and `hash` is GENESIS when there is none yet."""

    stream: str
    seq: int
    hash: str


@dataclass(frozen=True, kw_only=True)
class Seal:
    """`root` covers the heads in the order of their streams; times as `canonical_time`, the rest in hex."""

    sealed_at: str
    size: int
    root: str
    public_key: str
    signature: str

    def as_json(self) -> dict[str, Any]:
        return {"format": FORMAT, **asdict(self)}

    def check_signature(self) -> None:
        """Raises SealNotGenuine. That the key is the authority's must be known from elsewhere."""
        try:
            key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(self.public_key))
            key.verify(bytes.fromhex(self.signature), _signed_bytes(self.as_json()))
        except (InvalidSignature, ValueError):
            raise SealNotGenuine(f"seal of {self.sealed_at}") from None


def seal_heads(heads: Iterable[Head], *, sealed_at: datetime, private_key: Ed25519PrivateKey) -> Seal:
    """Seals the heads as they are now. Raises ValueError when a stream comes twice."""
    leaves = _leaves(heads)
    unsigned: dict[str, Any] = {
        "sealed_at": canonical_time(sealed_at),
        "size": len(leaves),
        "root": merkle.root(leaves).hex(),
        "public_key": private_key.public_key().public_bytes_raw().hex(),
    }
    return Seal(**unsigned, signature=private_key.sign(_signed_bytes({"format": FORMAT, **unsigned})).hex())


def seal_part(seal: Seal, *, heads: Iterable[Head], stream: str) -> dict[str, Any]:
    """What `seals.json` says of one stream: the seal, the head that it covers and the way from there to the root.

    `heads` are those that were sealed. Raises SealNotGenuine when they were not, KeyError when the stream is not there.
    """
    ordered = sorted(heads)
    leaves = _leaves(ordered)
    if merkle.root(leaves).hex() != seal.root:
        raise SealNotGenuine(f"seal of {seal.sealed_at}: other heads")
    index = {head.stream: place for place, head in enumerate(ordered)}[stream]
    return {
        "seal": seal.as_json(),
        "head": asdict(ordered[index]),
        "index": index,
        "proof": [step.hex() for step in merkle.inclusion_proof(leaves, index)],
    }


def seal_in(part: Mapping[str, Any]) -> Seal:
    """The seal in an entry of `seals.json`. Raises SealNotGenuine when it is none."""
    try:
        found = dict(part["seal"])
        if found.pop("format") != FORMAT:
            raise SealNotGenuine("unknown format")
        return Seal(**found)
    except (KeyError, TypeError) as why:
        raise SealNotGenuine(f"not a seal: {why}") from None


def key_fingerprint(public_key: str) -> str:
    """SHA-256 of the raw public key: what the authority publishes elsewhere."""
    return sha256_hex(bytes.fromhex(public_key))


def _leaves(heads: Iterable[Head]) -> list[bytes]:
    ordered = sorted(heads)
    if len({head.stream for head in ordered}) < len(ordered):
        raise ValueError("a stream comes twice")
    return [canonical_json(asdict(head)) for head in ordered]


def _signed_bytes(seal: Mapping[str, Any]) -> bytes:
    return canonical_json({key: value for key, value in seal.items() if key != "signature"})
