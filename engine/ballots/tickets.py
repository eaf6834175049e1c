"""Tickets: blind signatures on keys that only the voters know (RFC 9474, RSABSSA-SHA384-PSS-Deterministic).

The signer learns who asks and signs without seeing what; the signature, once unblinded by the voter, verifies as an
ordinary RSA-PSS signature and cannot be joined to what was signed. Each ballot has a key of its own for nothing else.
"""

import secrets

import gmpy2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from engine.errors import EngineError, Problem, Rejected

KEY_BITS = 3072
_SALT = 48
_PADDING = padding.PSS(padding.MGF1(hashes.SHA384()), _SALT)


class BlindedValueWrong(Rejected):
    """What was sent to be signed is no blinded value for the key of this ballot."""


class SigningFailed(EngineError):
    """The signature that came out does not verify; nothing was given away."""


def new_ticket_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, KEY_BITS)


def blind_sign(key: rsa.RSAPrivateKey, blinded: bytes) -> bytes:
    """RFC 9474, 4.3. Raises BlindedValueWrong, and SigningFailed rather than a wrong signature, which tells the key."""
    numbers = key.private_numbers()
    modulus, exponent = numbers.public_numbers.n, numbers.public_numbers.e
    value = int.from_bytes(blinded, "big")
    if len(blinded) != _size(modulus) or not 1 < value < modulus - 1:
        raise BlindedValueWrong(problems=[Problem(path="blinded", code="blinded_value")])
    # Another random factor, taken out again below: time spent tells nothing about the value or the key.
    factor = secrets.randbelow(modulus - 2) + 2
    masked = value * int(gmpy2.powmod(factor, exponent, modulus)) % modulus
    signed = _power(masked, numbers) * int(gmpy2.invert(factor, modulus)) % modulus
    if int(gmpy2.powmod(signed, exponent, modulus)) != value:
        raise SigningFailed()
    return signed.to_bytes(_size(modulus), "big")


def is_token(key: rsa.RSAPublicKey, *, message: bytes, token: bytes) -> bool:
    """Whether the unblinded signature is one of this ballot's key on the message."""
    try:
        key.verify(token, message, _PADDING, hashes.SHA384())
    except InvalidSignature:
        return False
    return True


def _power(value: int, numbers: rsa.RSAPrivateNumbers) -> int:
    """value^d mod n by the Chinese remainder theorem, in constant time."""
    by_p = int(gmpy2.powmod_sec(value % numbers.p, numbers.dmp1, numbers.p))
    by_q = int(gmpy2.powmod_sec(value % numbers.q, numbers.dmq1, numbers.q))
    return by_q + numbers.q * ((by_p - by_q) * numbers.iqmp % numbers.p)


def _size(modulus: int) -> int:
    return (modulus.bit_length() + 7) // 8
