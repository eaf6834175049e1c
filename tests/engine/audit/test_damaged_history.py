"""Whatever is done to a chain, the first entry that it was done to is named; digests are made to fit each time."""

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.audit import Head, build_evidence, chained, verify_bundle
from tests.engine.audit.chains import (
    Entry,
    evidence,
    files_of,
    findings,
    findings_after,
    head_of,
    history,
    lines_of,
    sealed,
    with_right_digests,
    zipped,
)

LENGTH = 9
ENTRIES = history(LENGTH)
POSITIONS = range(1, LENGTH + 1)
Damage = Callable[[list[Entry]], list[Entry]]


def _named(folder: Path, damage: Damage, *, entries: list[Entry] = ENTRIES) -> tuple[str, str]:
    first = findings_after(folder, entries, damage)[0]
    return first.kind, first.place


@pytest.mark.parametrize(
    "field", ["at", "actor", "on_behalf_of", "action", "reason", "task_id", "stream", "seq", "prev", "hash"]
)
@pytest.mark.parametrize("seq", POSITIONS)
def test_a_changed_field_is_named(tmp_path: Path, seq: int, field: str) -> None:
    def damage(entries: list[Entry]) -> list[Entry]:
        entries[seq - 1][field] = 99 if field == "seq" else "f" * 64
        return entries

    assert _named(tmp_path, damage) == ("changed", f"{seq} [case-1]")


@pytest.mark.parametrize("seq", POSITIONS)
def test_changed_details_are_named(tmp_path: Path, seq: int) -> None:
    def damage(entries: list[Entry]) -> list[Entry]:
        entries[seq - 1]["details"] = {**entries[seq - 1]["details"], "more": 1}
        return entries

    assert _named(tmp_path, damage) == ("changed", f"{seq} [case-1]")


@pytest.mark.parametrize("seq", POSITIONS)
def test_a_changed_entry_with_a_hash_that_fits_is_named(tmp_path: Path, seq: int) -> None:
    def damage(entries: list[Entry]) -> list[Entry]:
        changed = chained([{**_bare(entries[seq - 1]), "actor": "boss"}], prev=entries[seq - 1]["prev"])
        return [*entries[: seq - 1], *changed, *entries[seq:]]

    assert _named(tmp_path, damage) == ("rewritten", f"{seq} [case-1]")


@pytest.mark.parametrize("seq", POSITIONS)
def test_a_dropped_entry_is_named(tmp_path: Path, seq: int) -> None:
    kind, place = _named(tmp_path, lambda entries: [found for found in entries if found["seq"] != seq])

    assert place == f"{seq} [case-1]"
    assert kind == ("truncated" if seq == LENGTH else "dropped")


@pytest.mark.parametrize("kept", range(LENGTH))
def test_a_cut_off_end_is_named(tmp_path: Path, kept: int) -> None:
    assert _named(tmp_path, lambda entries: entries[:kept]) == ("truncated", f"{kept + 1} [case-1]")


@pytest.mark.parametrize("seq", POSITIONS)
def test_an_entry_that_is_there_twice_is_named(tmp_path: Path, seq: int) -> None:
    assert _named(tmp_path, lambda entries: [*entries, entries[seq - 1]]) == ("added", f"{seq} [case-1]")
    doubled = _named(tmp_path, lambda entries: [*entries[:seq], entries[seq - 1], *entries[seq:]])
    assert doubled == ("added", f"{seq} [case-1]")


@pytest.mark.parametrize("seq", POSITIONS)
def test_a_forged_entry_that_continues_the_chain_is_named(tmp_path: Path, seq: int) -> None:
    def damage(entries: list[Entry]) -> list[Entry]:
        forged = chained([{**_bare(entries[seq - 1]), "actor": "boss"}], prev=entries[seq - 1]["prev"])
        return [*entries[: seq - 1], *forged, *entries[seq - 1 :]]

    assert _named(tmp_path, damage) == ("added", f"{seq} [case-1]")


@pytest.mark.parametrize("seq", POSITIONS)
def test_an_entry_of_another_case_is_named(tmp_path: Path, seq: int) -> None:
    stray = history(1, stream="case-2")

    assert _named(tmp_path, lambda entries: [*entries[:seq], *stray, *entries[seq:]]) == ("added", "1 [case-2]")


def test_an_entry_beyond_the_stated_end_is_named(tmp_path: Path) -> None:
    assert _named(tmp_path, lambda entries: history(LENGTH + 1)) == ("added", f"{LENGTH + 1} [case-1]")


@pytest.mark.parametrize("first", range(1, LENGTH))
@pytest.mark.parametrize("second", range(2, LENGTH + 1))
def test_two_entries_that_changed_places_are_named(tmp_path: Path, first: int, second: int) -> None:
    if first >= second:
        first, second = second - 1, first + 1

    def damage(entries: list[Entry]) -> list[Entry]:
        entries[first - 1], entries[second - 1] = entries[second - 1], entries[first - 1]
        return entries

    assert _named(tmp_path, damage) == ("reordered", f"{first} [case-1]")


@pytest.mark.parametrize("seq", POSITIONS)
def test_a_rewritten_end_is_found_by_the_stated_head(tmp_path: Path, seq: int) -> None:
    def damage(entries: list[Entry]) -> list[Entry]:
        bare = [{**_bare(found), "actor": "boss"} for found in entries[seq - 1 :]]
        return entries[: seq - 1] + chained(bare, prev=entries[seq - 1]["prev"])

    assert _named(tmp_path, damage) == ("rewritten", f"{LENGTH} [case-1]")


@pytest.mark.parametrize("seq", POSITIONS)
def test_a_chain_rewritten_with_its_head_is_found_by_the_seal(tmp_path: Path, seq: int) -> None:
    bare = [_bare(found) for found in ENTRIES]
    bare[seq - 1]["actor"] = "boss"
    rewritten = chained(bare)
    bundle = build_evidence(evidence(rewritten, seals=[sealed(ENTRIES)]))

    assert [found.kind for found in findings(tmp_path, bundle)] == ["seal"]
    assert findings(tmp_path, build_evidence(evidence(rewritten))) == []


def test_a_chain_cut_off_with_its_head_is_found_by_the_seal(tmp_path: Path) -> None:
    shorter = build_evidence(evidence(ENTRIES[:5], heads=[head_of(ENTRIES[:5])], seals=[sealed(ENTRIES)]))

    assert [found.kind for found in findings(tmp_path, shorter)] == ["seal"]


def test_an_older_seal_holds_for_a_chain_that_went_on(tmp_path: Path) -> None:
    bundle = build_evidence(evidence(ENTRIES, seals=[sealed(ENTRIES[:4]), sealed(ENTRIES)]))

    assert findings(tmp_path, bundle) == []


def test_a_chain_that_does_not_begin_at_the_beginning_is_refused(tmp_path: Path) -> None:
    headless = chained([_bare(found) for found in ENTRIES], prev="1" * 64)

    found = findings(tmp_path, build_evidence(evidence(headless)))

    assert [(fault.kind, fault.place) for fault in found] == [("rewritten", "1 [case-1]")]


@pytest.mark.parametrize(
    ("numbers", "kind"), [([1, 2, 4], "dropped"), ([1, 2, 2, 3], "rewritten"), ([2, 3], "dropped")]
)
def test_a_chain_whose_numbers_do_not_run_on_is_refused(tmp_path: Path, numbers: list[int], kind: str) -> None:
    misnumbered = chained({**_bare(ENTRIES[0]), "seq": seq} for seq in numbers)
    head = Head("case-1", numbers[-1], misnumbered[-1]["hash"])

    found = findings(tmp_path, build_evidence(evidence(misnumbered, heads=[head], documents={})))

    assert [fault.kind for fault in found] == [kind]


def test_several_chains_may_be_mixed_in_one_bundle(tmp_path: Path) -> None:
    other = history(3, stream="case-2")
    heads = [head_of(ENTRIES), head_of(other, stream="case-2"), head_of([], stream="case-3")]
    mixed = [ENTRIES[0], other[0], *ENTRIES[1:], *other[1:]]

    whole = build_evidence(evidence(mixed, heads=heads))
    damaged = files_of(whole)
    damaged["history.jsonl"] = lines_of(found for found in mixed if found is not other[1])

    assert findings(tmp_path, whole) == []
    first = findings(tmp_path, zipped(with_right_digests(damaged)))[0]
    assert (first.kind, first.place) == ("dropped", "2 [case-2]")


def test_ten_thousand_entries_are_verified_quickly(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from time import perf_counter

    path = tmp_path / "long.zip"
    path.write_bytes(build_evidence(evidence(history(10_000))))
    began = perf_counter()

    verdict = verify_bundle(str(path))

    with capsys.disabled():
        print(f"\n10,000 entries verified in {perf_counter() - began:.2f} s")
    assert verdict.ok


def _bare(entry: Entry) -> Entry:
    return {key: value for key, value in entry.items() if key not in ("prev", "hash")}
