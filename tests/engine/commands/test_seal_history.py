from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from engine.audit import Head, seal_heads
from engine.commands.seal_history import SealHistory
from engine.model import Case, HistoryStream, SealedHead
from engine.model import Seal as SealRow
from tests.engine.conftest import Visits

KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)


def seal(visits: Visits) -> SealRow:
    found = visits.city.run(SealHistory(key=KEY), by="system")
    (row,) = visits.city.rows(SealRow, SealRow.root == found)
    return row


def heads(visits: Visits, sealed: SealRow) -> set[Head]:
    return {Head(h.stream, h.seq, h.hash) for h in visits.city.rows(SealedHead, SealedHead.seal_id == sealed.id)}


def ends(visits: Visits) -> set[Head]:
    cases = {Head(c.id, c.history_seq, c.history_head) for c in visits.city.rows(Case)}
    return cases | {Head(s.stream, s.seq, s.head) for s in visits.city.rows(HistoryStream)}


def test_the_first_seal_covers_the_end_of_every_chain(visits: Visits) -> None:
    visits.start()
    visits.plan(visits.start())

    sealed = seal(visits)

    assert heads(visits, sealed) == ends(visits)
    assert (sealed.number, sealed.at) == (1, visits.city.clock.now)


def test_the_next_one_covers_what_has_grown_and_the_one_before(visits: Visits) -> None:
    quiet, busy = visits.start(), visits.start()
    first = seal(visits)
    visits.city.clock.advance(days=1)
    visits.plan(busy)

    second = seal(visits)

    streams = {head.stream for head in heads(visits, second)}
    assert busy in streams
    assert quiet not in streams
    assert first.root in {head.hash for head in heads(visits, second)}
    assert second.number == 2


def test_no_chain_is_ever_left_out(visits: Visits) -> None:
    covered: set[Head] = set()
    cases = [visits.start() for _ in range(3)]
    for case_id in cases:
        covered |= heads(visits, seal(visits))
        visits.plan(case_id)
        visits.city.clock.advance(minutes=5)
    covered |= heads(visits, seal(visits))

    assert ends(visits) <= covered


def test_without_a_change_there_is_nothing_to_seal(visits: Visits) -> None:
    visits.start()
    seal(visits)

    assert visits.city.run(SealHistory(key=KEY), by="system") is None
    assert len(visits.city.rows(SealRow)) == 1


def test_anybody_with_the_heads_finds_the_same_root(visits: Visits) -> None:
    visits.start()

    sealed = seal(visits)

    found = heads(visits, sealed)
    roots = {
        seal_heads(order, sealed_at=sealed.at, private_key=KEY).root
        for order in (sorted(found, key=lambda h: h.stream), sorted(found, key=lambda h: h.hash))
    }
    assert roots == {sealed.root}


def test_the_key_is_not_shown(visits: Visits) -> None:
    assert "key" not in repr(SealHistory(key=KEY))
