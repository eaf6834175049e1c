"""The key that signs seals. It lies outside the database: who can change rows cannot sign what they then say."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

FILE = "sealing_key.pem"


def sealing_key(folder: Path) -> Ed25519PrivateKey:
    """The key of this installation, made on first use and readable by its owner only."""
    path = folder / FILE
    if not path.exists():
        made = Ed25519PrivateKey.generate()
        keep_once(path, made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(f"{FILE} is no Ed25519 key")
    return key


def keep_once(path: Path, secret: bytes) -> None:
    """Written to a file of its own first and then named: of several that begin together all keep the same one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    draft.touch(mode=0o600)
    draft.write_bytes(secret)
    with draft.open("rb") as written:
        os.fsync(written.fileno())
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
