from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from engine.audit import GENESIS, Head, seal_heads
from engine.commands.seal_history import SealHistory
from engine.model import Case, HistoryStream
from engine.model import Seal as SealRow
from tests.engine.conftest import Visits

KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)


def seal(visits: Visits) -> SealRow:
    found = visits.city.run(SealHistory(key=KEY), by="system")
    (row,) = visits.city.rows(SealRow, SealRow.root == found)
    return row


def test_a_seal_covers_the_end_of_every_chain(visits: Visits) -> None:
    visits.start()
    visits.plan(visits.start())

    sealed = seal(visits)

    cases = [[c.id, c.history_seq, c.history_head] for c in visits.city.rows(Case)]
    others = [[s.stream, s.seq, s.head] for s in visits.city.rows(HistoryStream)]
    assert sealed.heads == sorted(cases + others)
    assert all(head != GENESIS for _, _, head in sealed.heads)
    assert sealed.at == visits.city.clock.now


def test_the_root_changes_with_any_chain(visits: Visits) -> None:
    case_id = visits.start()
    first = seal(visits)

    visits.plan(case_id)

    assert seal(visits).root != first.root


def test_without_a_change_the_root_stays(visits: Visits) -> None:
    visits.start()
    first = visits.city.run(SealHistory(key=KEY), by="system")

    assert visits.city.run(SealHistory(key=KEY), by="system") == first


def test_anybody_with_the_heads_finds_the_same_root(visits: Visits) -> None:
    visits.start()

    sealed = seal(visits)

    again = seal_heads([Head(*head) for head in sealed.heads], sealed_at=sealed.at, private_key=KEY)
    assert (sealed.root, sealed.sealed) == (again.root, again.as_json())


def test_the_key_is_not_shown(visits: Visits) -> None:
    assert "key" not in repr(SealHistory(key=KEY))
