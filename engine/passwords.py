"""Password hashes (argon2id). Memory is lowered from the library's default so that many can sign in at once."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher(time_cost=3, memory_cost=19_456, parallelism=1)


def hashed(password: str) -> str:
    return _HASHER.hash(password)


def is_right(password: str, password_hash: str) -> bool:
    try:
        return _HASHER.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def spend_the_same_time(password: str) -> None:
    """An unknown user name must not be told apart by a quicker answer."""
    is_right(password, _decoy())


@cache
def _decoy() -> str:
    return hashed("nobody has this password")
