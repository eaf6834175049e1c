"""The private keys of ballots: wrapped by a secret that lies beside the database, never in it."""

import secrets
from pathlib import Path
from typing import TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_der_private_key

from engine.sealing import keep_once, sealing_key

K = TypeVar("K", RSAPrivateKey, X25519PrivateKey)
FILE = "ballot_secret"
_NONCE = 12


class KeySafe:
    """Wraps and unwraps keys with the secret of this installation, which is made on first use."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._signer: Ed25519PrivateKey | None = None

    def signer(self) -> Ed25519PrivateKey:
        """Signs receipts and boards: the key that seals the history, too."""
        if self._signer is None:
            self._signer = sealing_key(self._folder)
        return self._signer

    def wrap(self, key: RSAPrivateKey | X25519PrivateKey, *, ballot_id: str) -> bytes:
        nonce = secrets.token_bytes(_NONCE)
        plain = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        return nonce + AESGCM(self._secret()).encrypt(nonce, plain, _name(key, ballot_id))

    def ticket_key(self, wrapped: bytes, *, ballot_id: str) -> RSAPrivateKey:
        """Raises cryptography's InvalidTag when the secret is another one than the one that wrapped it."""
        return self._unwrapped(wrapped, RSAPrivateKey, ballot_id)

    def seal_key(self, wrapped: bytes, *, ballot_id: str) -> X25519PrivateKey:
        return self._unwrapped(wrapped, X25519PrivateKey, ballot_id)

    def _unwrapped(self, wrapped: bytes, kind: type[K], ballot_id: str) -> K:
        name = f"{kind.__name__}:{ballot_id}".encode()
        plain = AESGCM(self._secret()).decrypt(wrapped[:_NONCE], wrapped[_NONCE:], name)
        # Its tag has vouched for it: testing the numbers again would take a hundred times as long as a signature.
        key = load_der_private_key(plain, password=None, unsafe_skip_rsa_key_validation=True)
        assert isinstance(key, kind)
        return key

    def _secret(self) -> bytes:
        path = self._folder / FILE
        if not path.exists():
            keep_once(path, secrets.token_bytes(32))
        return path.read_bytes()


def _name(key: RSAPrivateKey | X25519PrivateKey, ballot_id: str) -> bytes:
    kind = RSAPrivateKey if isinstance(key, RSAPrivateKey) else X25519PrivateKey
    return f"{kind.__name__}:{ballot_id}".encode()
