"""Passwords: argon2id hashes, with less memory than the library's default so that many can sign in at once."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 8
_HASHER = PasswordHasher(time_cost=3, memory_cost=19_456, parallelism=1)


def hashed(password: str) -> str:
    return _HASHER.hash(password)


def flaw_of(password: str, *, username: str) -> str | None:
    """Why this may not become somebody's password, as a code; None when it may."""
    if len(password) < SHORTEST:
        return "password_short"
    if username.casefold() in password.casefold():
        return "password_names_user"
    kinds = {"letter" if c.isalpha() else "digit" if c.isdigit() else "sign" for c in password}
    return None if len(kinds) > 1 and len(set(password)) > 3 else "password_simple"


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
