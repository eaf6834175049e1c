"""Many cases at once: rehearsed, moved in the background, paused, stopped, and never twice."""

import pytest

from engine.commands.migrate_case import MigrateCase
from engine.commands.pause_migration import CancelMigration, PauseMigration, ResumeMigration
from engine.commands.start_migration import MigrationWrong, StartMigration
from engine.model import HistoryEntry, MigrationRow, MigrationRun
from engine.model.migration import MigrationEnded, MigrationNotPaused
from engine.outbox import migrating, slices
from engine.permissions import NotInGroup
from engine.queries.migration_runs import cases_of_run, migration_run, migration_runs
from tests.engine.elements.conftest import Street
from tests.engine.migrating.conftest import street
from tests.faults.invariants import broken_invariants

__all__ = ["street"]

LINE = "begin -> one -> two -> finish\nuser one\nuser two\n"
SHORTER = "begin -> two -> finish\nuser two\n"


@pytest.fixture
def cases(street: Street) -> list[str]:
    """Six cases of version 1; every other one is at the step that version 2 does not have."""
    street.deploy(LINE)
    cases = [street.start() for _ in range(6)]
    for case_id in cases[::2]:
        street.do(case_id, "one")
    street.deploy(SHORTER)
    return cases


def start(street: Street, **how: object) -> str:
    order = {"process": "main", "from_version": 1, "to_version": 2, "reason": "流程改版", **how}
    return street.city.run(StartMigration(**order), by="designer")  # type: ignore[arg-type]


def run_of(street: Street, run_id: str) -> MigrationRun:
    return street.city.rows(MigrationRun, MigrationRun.id == run_id)[0]


def test_those_that_can_are_moved_and_the_others_stay_with_a_reason(street: Street, cases: list[str]) -> None:
    run_id = start(street)
    street.work_off()

    run = run_of(street, run_id)
    assert (run.state, run.moved, run.stayed) == ("done", 3, 3)
    with street.city.engine.reading() as session:
        actor = street.city.actor("designer")
        stayed = cases_of_run(session, actor, run_id, outcome="stayed")
        assert [summary.id for summary in migration_runs(session, actor).items] == [run_id]
        assert migration_run(session, actor, run_id).waiting == 0
    assert {row.code for row in stayed} == {"migration_needs_choice"}
    assert stayed[0].facts["problems"][0]["code"] == "place_is_gone"
    assert [street.actions(case_id).count("case_migrated") for case_id in cases] == [1, 0] * 3
    assert broken_invariants(street.city.engine) == []


def test_a_rehearsal_says_the_same_and_changes_nothing(street: Street, cases: list[str]) -> None:
    run_id = start(street, is_rehearsal=True, choices={"one": "two"})
    street.work_off()

    run = run_of(street, run_id)
    assert (run.state, run.moved, run.stayed) == ("done", 6, 0)
    facts = {row.case_id: row.facts for row in street.city.rows(MigrationRow, MigrationRow.run_id == run_id)}
    assert facts[cases[1]] == {"opened": ["two"], "ended": ["one"]}
    assert all("case_migrated" not in street.actions(case_id) for case_id in cases)
    assert [street.open(case_id) for case_id in cases] == [["two"], ["one"]] * 3


def test_only_those_that_were_picked(street: Street, cases: list[str]) -> None:
    start(street, case_ids=(cases[0], cases[4]))
    street.work_off()

    assert [street.actions(case_id).count("case_migrated") for case_id in cases] == [1, 0, 0, 0, 1, 0]


def test_paused_it_rests_and_then_goes_on_where_it_was(
    street: Street, cases: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrating, "AT_ONCE", 2)
    monkeypatch.setattr(slices, "SLICE_SECONDS", 0.0)
    run_id = start(street, choices={"one": "two"})
    street.city.run(PauseMigration(run_id=run_id), by="designer")
    street.work_off()
    assert (run_of(street, run_id).state, run_of(street, run_id).moved) == ("paused", 0)

    street.city.run(ResumeMigration(run_id=run_id), by="designer")
    with pytest.raises(MigrationNotPaused):
        street.city.run(ResumeMigration(run_id=run_id), by="designer")
    monkeypatch.setattr(slices, "SLICE_SECONDS", 20.0)
    street.work_off()

    assert (run_of(street, run_id).state, run_of(street, run_id).moved) == ("done", 6)
    with pytest.raises(MigrationEnded):
        street.city.run(PauseMigration(run_id=run_id), by="designer")


def test_stopped_it_leaves_the_others_alone(street: Street, cases: list[str]) -> None:
    run_id = start(street)
    street.city.run(CancelMigration(run_id=run_id), by="designer")
    street.work_off()

    assert (run_of(street, run_id).state, run_of(street, run_id).moved) == ("cancelled", 0)
    assert all("case_migrated" not in street.actions(case_id) for case_id in cases)


def test_a_case_that_somebody_moved_meanwhile_is_not_moved_again(street: Street, cases: list[str]) -> None:
    run_id = start(street)
    street.city.run(MigrateCase(case_id=cases[0], to_version=2, reason="先转这一件"), by="designer")
    street.work_off()

    (row,) = street.city.rows(MigrationRow, MigrationRow.run_id == run_id, MigrationRow.case_id == cases[0])
    assert row.code == "on_other_version"
    assert street.actions(cases[0]).count("case_migrated") == 1


def test_a_worker_that_dies_before_its_note_moves_no_case_twice(
    street: Street, cases: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Died(BaseException):
        pass

    def die(**_: object) -> None:
        raise Died

    run_id = start(street, case_ids=(cases[0],))
    with monkeypatch.context() as patched:
        patched.setattr(migrating, "NoteMigratedCases", die)
        with pytest.raises(Died):
            street.work_off()
    assert street.actions(cases[0]).count("case_migrated") == 1

    street.city.clock.advance(minutes=30)
    street.work_off()

    run = run_of(street, run_id)
    assert (run.state, run.moved, run.stayed) == ("done", 1, 0)
    assert street.actions(cases[0]).count("case_migrated") == 1


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"to_version": 1}, "same_version"),
        ({"case_ids": ("nothing",)}, "case_not_on_version"),
        ({"case_ids": ()}, "required"),
    ],
)
def test_what_is_wrong_starts_nothing(street: Street, cases: list[str], how: dict[str, object], code: str) -> None:
    with pytest.raises(MigrationWrong) as refused:
        start(street, **how)

    assert [p.code for p in refused.value.problems] == [code]
    assert street.city.rows(MigrationRun) == []


def test_only_designers(street: Street, cases: list[str]) -> None:
    order = StartMigration(process="main", from_version=1, to_version=2, reason="流程改版")

    with pytest.raises(NotInGroup):
        street.city.run(order, by="hr")


def test_starting_and_ending_are_in_the_history(street: Street, cases: list[str]) -> None:
    run_id = start(street)
    street.work_off()

    found = [e for e in street.city.rows(HistoryEntry) if (e.details or {}).get("migration") == run_id]
    assert [entry.action for entry in sorted(found, key=lambda e: e.seq)] == ["migration_started", "migration_ended"]
