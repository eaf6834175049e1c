from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from engine.audit import Head, SealNotGenuine, digest, key_fingerprint, seal_heads, seal_in, seal_part
from tests.engine.audit.chains import KEY, NOW

HEADS = [Head(f"case-{number}", number, digest(number)) for number in range(7)]
SEAL = seal_heads(HEADS, sealed_at=NOW, private_key=KEY)


def test_a_seal_can_be_checked() -> None:
    SEAL.check_signature()

    assert (SEAL.size, SEAL.sealed_at) == (7, "2026-11-23T01:02:03.004+00:00")


@pytest.mark.parametrize(
    "change",
    [
        {"sealed_at": "2026-11-23T01:02:03.005+00:00"},
        {"size": 8},
        {"root": "0" * 64},
        {"signature": "0" * 128},
        {"signature": "xyz"},
        {"public_key": Ed25519PrivateKey.generate().public_key().public_bytes_raw().hex()},
        {"public_key": "00"},
    ],
)
def test_a_changed_seal_is_not_genuine(change: dict[str, object]) -> None:
    with pytest.raises(SealNotGenuine):
        replace(SEAL, **change).check_signature()


def test_the_order_in_which_heads_come_does_not_matter() -> None:
    assert seal_heads(reversed(HEADS), sealed_at=NOW, private_key=KEY) == SEAL


def test_a_stream_has_one_head() -> None:
    with pytest.raises(ValueError, match="twice"):
        seal_heads([*HEADS, Head("case-1", 9, digest(9))], sealed_at=NOW, private_key=KEY)


def test_a_part_of_a_seal_can_be_read_back() -> None:
    part = seal_part(SEAL, heads=HEADS, stream="case-4")

    assert seal_in(part) == SEAL
    assert part["head"] == {"stream": "case-4", "seq": 4, "hash": digest(4)}


def test_other_heads_than_the_sealed_ones_give_no_part() -> None:
    with pytest.raises(SealNotGenuine):
        seal_part(SEAL, heads=HEADS[1:], stream="case-4")
    with pytest.raises(KeyError):
        seal_part(SEAL, heads=HEADS, stream="case-9")


@pytest.mark.parametrize(
    "part", [{}, {"seal": 3}, {"seal": {"format": "other"}}, {"seal": {"format": "tongban-seal/1"}}]
)
def test_what_is_no_seal_is_not_read_as_one(part: dict[str, object]) -> None:
    with pytest.raises(SealNotGenuine):
        seal_in(part)


def test_the_fingerprint_belongs_to_the_key() -> None:
    other = Ed25519PrivateKey.generate().public_key().public_bytes_raw().hex()

    assert len(key_fingerprint(SEAL.public_key)) == 64
    assert key_fingerprint(SEAL.public_key) != key_fingerprint(other)
