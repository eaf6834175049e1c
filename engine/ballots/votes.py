"""One ballot paper: the voter's key, the token that makes it valid, the sealed choice, and the key's proof.

Nothing in it says who, when or from where. The formats are those of docs/ballot-format.md.
"""

import base64
import binascii
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, Self

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from engine.audit import canonical_json
from engine.audit.merkle import leaf_hash
from engine.ballots.tickets import is_token
from engine.errors import Problem, Rejected

SEAL_OVERHEAD = 48  # X25519 share and the tag of AES-GCM
KEY_BYTES, PROOF_BYTES = 32, 64
SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class VoteUnreadable(Rejected):
    """A vote has four parts in base64: key, token, sealed and proof, each of its own length."""


class VoteNotGenuine(Rejected):
    """The token was not issued for this ballot and this key, or the proof does not fit."""


@dataclass(frozen=True)
class Vote:
    key: bytes
    token: bytes
    sealed: bytes
    proof: bytes

    @classmethod
    def from_json(cls, sent: Mapping[str, Any]) -> Self:
        """Raises VoteUnreadable."""
        return cls(**{field.name: _bytes(field.name, sent.get(field.name)) for field in fields(cls)})

    def as_json(self) -> dict[str, str]:
        return {field.name: base64.b64encode(getattr(self, field.name)).decode() for field in fields(self)}

    @cached_property
    def number(self) -> str:
        """Ballot papers are sorted by this: the digest of the key."""
        return hashlib.sha256(self.key).hexdigest()

    @property
    def leaf(self) -> bytes:
        return canonical_json(self.as_json())

    @property
    def entry(self) -> str:
        """What the board lists and the receipt names: the leaf's hash in the tree of RFC 6962."""
        return leaf_hash(self.leaf).hex()

    def must_be_genuine(self, *, ballot_id: str, token_key: RSAPublicKey, choice_size: int) -> None:
        """Raises VoteUnreadable and VoteNotGenuine."""
        wrong = self._wrong_parts(choice_size)
        if wrong:
            raise VoteUnreadable(problems=[Problem(path=name, code="vote_part") for name in wrong])
        if not self.is_genuine(ballot_id=ballot_id, token_key=token_key, choice_size=choice_size):
            raise VoteNotGenuine()

    def is_genuine(self, *, ballot_id: str, token_key: RSAPublicKey, choice_size: int) -> bool:
        """Whether the ticket is one of this ballot for this key, and the key has signed this very choice."""
        return (
            not self._wrong_parts(choice_size)
            and is_token(token_key, message=self.key, token=self.token)
            and self._is_proven(ballot_id)
        )

    def _wrong_parts(self, choice_size: int) -> list[str]:
        lengths = {"key": KEY_BYTES, "proof": PROOF_BYTES, "sealed": choice_size + SEAL_OVERHEAD}
        return [name for name, length in lengths.items() if len(getattr(self, name)) != length]

    def _is_proven(self, ballot_id: str) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(self.key).verify(self.proof, proof_message(ballot_id, self.sealed))
        except (InvalidSignature, ValueError):
            return False
        return True

    def opened(self, key: X25519PrivateKey, *, ballot_id: str) -> bytes | None:
        """The choice in the clear; None when it was not sealed for this ballot and this key."""
        try:
            return SUITE.decrypt(self.sealed, key, info=seal_info(ballot_id, self.key))
        except (InvalidTag, ValueError):
            return None


def all_genuine(votes: Sequence[Vote], *, ballot_id: str, token_key: RSAPublicKey, choice_size: int) -> bool:
    """Whether each is, and no key is there twice."""
    numbers = {vote.number for vote in votes}
    return len(numbers) == len(votes) and all(
        vote.is_genuine(ballot_id=ballot_id, token_key=token_key, choice_size=choice_size) for vote in votes
    )


def receipt_message(ballot_id: str, entry: str) -> bytes:
    """What the receipt's signature covers."""
    return f"tongban-ballot/1 receipt\0{ballot_id}\0{entry}".encode()


def seal_info(ballot_id: str, key: bytes) -> bytes:
    """Binds a sealed choice to its key: nobody can hand in a copy of somebody else's."""
    return f"tongban-ballot/1 choice\0{ballot_id}\0".encode() + key


def proof_message(ballot_id: str, sealed: bytes) -> bytes:
    return f"tongban-ballot/1 proof\0{ballot_id}\0".encode() + sealed


def _bytes(name: str, sent: Any) -> bytes:
    try:
        return base64.b64decode(sent, validate=True)
    except (TypeError, ValueError, binascii.Error):
        raise VoteUnreadable(problems=[Problem(path=name, code="vote_part")]) from None
