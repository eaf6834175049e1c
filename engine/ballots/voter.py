"""What a voter's own computer does: make a key, blind it, take the blinding out of the signature, seal a choice.

The server runs nothing of this for anybody. The browser does the same in TypeScript; scenarios and tests use it here.
"""

import base64
import hashlib
import secrets
from dataclasses import dataclass
from functools import cached_property

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key

from engine.ballots.votes import SUITE, Vote, proof_message, seal_info

_SALT = 48


@dataclass(frozen=True)
class Blinding:
    """What a voter keeps while the signature is being made."""

    blinded: bytes
    factor: int


def blind(key: RSAPublicKey, message: bytes, *, salt: bytes | None = None, factor: int | None = None) -> Blinding:
    """RFC 9474, 4.2."""
    n, e = key.public_numbers().n, key.public_numbers().e
    encoded = int.from_bytes(_pss(message, salt or secrets.token_bytes(_SALT), bits=n.bit_length() - 1), "big")
    factor = factor or secrets.randbelow(n - 2) + 2
    return Blinding((encoded * pow(factor, e, n) % n).to_bytes((n.bit_length() + 7) // 8, "big"), factor)


def unblind(key: RSAPublicKey, blind_signature: bytes, blinding: Blinding) -> bytes:
    """RFC 9474, 4.4."""
    n = key.public_numbers().n
    token = int.from_bytes(blind_signature, "big") * pow(blinding.factor, -1, n) % n
    return token.to_bytes(len(blind_signature), "big")


def make_vote(
    choice: bytes, *, voter: Ed25519PrivateKey, token: bytes, seal_key: X25519PublicKey, ballot_id: str
) -> Vote:
    """Seal what `write_choice` gave, and prove that it comes from the owner of the token."""
    key = voter.public_key().public_bytes_raw()
    sealed = SUITE.encrypt(choice, seal_key, info=seal_info(ballot_id, key))
    return Vote(key=key, token=token, sealed=sealed, proof=voter.sign(proof_message(ballot_id, sealed)))


class Device:
    """One voter's computer for one ballot; its keys in base64, as the ballot publishes them."""

    def __init__(self, ballot_id: str, *, ticket_key: str, seal_key: str) -> None:
        public = load_der_public_key(base64.b64decode(ticket_key))
        assert isinstance(public, RSAPublicKey)
        self._ballot_id, self._ticket_key, self._seal_key = ballot_id, public, base64.b64decode(seal_key)
        self._key = Ed25519PrivateKey.generate()

    @property
    def blinded(self) -> bytes:
        """What is sent to be signed, when the voter asks for a ticket."""
        return self._blinding.blinded

    def vote(self, choice: bytes, *, blind_signature: str) -> Vote:
        """What is cast: `choice` as `write_choice` gave it, `blind_signature` as the ticket came, in base64."""
        return make_vote(
            choice,
            voter=self._key,
            token=unblind(self._ticket_key, base64.b64decode(blind_signature), self._blinding),
            seal_key=X25519PublicKey.from_public_bytes(self._seal_key),
            ballot_id=self._ballot_id,
        )

    @cached_property
    def _blinding(self) -> Blinding:
        return blind(self._ticket_key, self._key.public_key().public_bytes_raw())


def _pss(message: bytes, salt: bytes, *, bits: int) -> bytes:
    """EMSA-PSS-ENCODE of RFC 8017 with SHA-384."""
    size, hashed = (bits + 7) // 8, hashlib.sha384(message).digest()
    digest = hashlib.sha384(bytes(8) + hashed + salt).digest()
    block = bytes(size - len(salt) - len(digest) - 2) + b"\1" + salt
    mask = b"".join(hashlib.sha384(digest + counter.to_bytes(4, "big")).digest() for counter in range(size // 48 + 1))
    masked = bytearray(a ^ b for a, b in zip(block, mask, strict=False))
    masked[0] &= 0xFF >> (8 * size - bits)
    return bytes(masked) + digest + b"\xbc"
