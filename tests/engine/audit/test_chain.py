import hashlib
import json
from decimal import Decimal

import pytest

from engine.audit import GENESIS, HASHED_FIELDS, chain_hash, chained, digest
from tests.engine.audit.chains import entry, history


def test_the_hash_is_that_of_plain_json_with_sorted_keys() -> None:
    """Computed here without our own spelling, as a third party would."""
    plain = json.dumps({**entry(1), "prev": GENESIS}, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    assert chain_hash(GENESIS, entry(1)) == hashlib.sha256(plain.encode()).hexdigest()


def test_every_entry_names_the_one_before_it() -> None:
    entries = history(5)

    assert [found["prev"] for found in entries] == [GENESIS, *(found["hash"] for found in entries[:-1])]


def test_a_chain_can_be_continued() -> None:
    entries = history(5)

    assert entries[:3] + chained([entry(4), entry(5)], prev=entries[2]["hash"]) == entries


@pytest.mark.parametrize("field", HASHED_FIELDS)
def test_every_field_counts(field: str) -> None:
    changed = {**entry(3), field: "something else"}

    assert chain_hash(GENESIS, changed) != chain_hash(GENESIS, entry(3))


def test_the_entry_before_counts() -> None:
    assert chain_hash("1" * 64, entry(3)) != chain_hash(GENESIS, entry(3))


def test_prev_and_hash_may_come_with_the_entry_but_must_agree() -> None:
    first = history(1)[0]

    assert chain_hash(GENESIS, first) == first["hash"]
    with pytest.raises(ValueError, match="prev differs"):
        chain_hash("1" * 64, first)


def test_a_field_too_many_or_too_few_is_refused() -> None:
    with pytest.raises(ValueError, match="unexpected"):
        chain_hash(GENESIS, {**entry(1), "colour": "red"})
    with pytest.raises(ValueError, match="missing"):
        chain_hash(GENESIS, {"stream": "case-1"})


def test_equal_numbers_have_equal_digests() -> None:
    assert digest({"元": Decimal("2260.50")}) == digest({"元": Decimal("2260.5")})
    assert digest({"元": Decimal(3)}) == digest({"元": 3})
    assert digest({"元": Decimal("2260.51")}) != digest({"元": Decimal("2260.5")})
