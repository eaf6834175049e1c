"""Blind signatures against the test vectors of RFC 9474 (appendix A.3, RSABSSA-SHA384-PSS-Deterministic)."""

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from engine.ballots import tickets
from engine.ballots.tickets import SigningFailed, blind_sign, is_token, new_ticket_key
from engine.ballots.voter import blind, unblind

VECTOR = {
    name: bytes.fromhex(value)
    for name, value in json.loads(Path(__file__).with_name("rfc9474.json").read_text()).items()
}


def rfc_key() -> rsa.RSAPrivateKey:
    p, q = (int.from_bytes(VECTOR[name], "big") for name in "pq")
    e, d = 65537, pow(65537, -1, (p - 1) * (q - 1))
    public = rsa.RSAPublicNumbers(e, p * q)
    parts = (rsa.rsa_crt_dmp1(d, p), rsa.rsa_crt_dmq1(d, q), rsa.rsa_crt_iqmp(p, q))
    return rsa.RSAPrivateNumbers(p, q, d, *parts, public).private_key()


def test_blinding_as_in_the_rfc() -> None:
    key = rfc_key().public_key()
    factor = pow(int.from_bytes(VECTOR["inv"], "big"), -1, key.public_numbers().n)

    assert blind(key, VECTOR["msg"], salt=VECTOR["salt"], factor=factor).blinded == VECTOR["blinded_msg"]


def test_signing_as_in_the_rfc() -> None:
    assert blind_sign(rfc_key(), VECTOR["blinded_msg"]) == VECTOR["blind_sig"]


def test_the_signature_of_the_rfc_is_a_token() -> None:
    key = rfc_key().public_key()

    assert is_token(key, message=VECTOR["msg"], token=VECTOR["sig"])
    assert not is_token(key, message=VECTOR["msg"][:-1], token=VECTOR["sig"])
    assert not is_token(key, message=VECTOR["msg"], token=VECTOR["blind_sig"])
    assert not is_token(key, message=VECTOR["msg"], token=b"")


def test_what_was_signed_cannot_be_told_from_the_token() -> None:
    """One token comes from any of the signatures that were given: for each there is a factor that fits."""
    key = new_ticket_key()
    public, n = key.public_key(), key.public_key().public_numbers().n
    ballots = [blind(public, name) for name in (b"one", b"two")]
    signed = [blind_sign(key, ballot.blinded) for ballot in ballots]
    token = unblind(public, signed[0], ballots[0])

    assert is_token(public, message=b"one", token=token)
    for signature, ballot in zip(signed, ballots, strict=True):
        factor = int.from_bytes(signature, "big") * pow(int.from_bytes(token, "big"), -1, n) % n
        assert pow(factor, 65537, n) * pow(int.from_bytes(token, "big"), 65537, n) % n == int.from_bytes(
            ballot.blinded, "big"
        )


def test_a_signature_that_went_wrong_is_kept_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tickets, "_power", lambda value, numbers: value + 1)

    with pytest.raises(SigningFailed):
        blind_sign(rfc_key(), VECTOR["blinded_msg"])
