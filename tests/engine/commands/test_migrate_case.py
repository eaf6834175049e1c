"""What a change of version leaves behind, and when it is refused. Its shapes: `tests/engine/migrating`."""

import pytest

from engine.catalogue import ProcessUnknown
from engine.commands.claim_task import ClaimTask
from engine.commands.migrate_case import MigrateCase, OnOtherVersion, OnThisVersion
from engine.commands.recall_task import RecallTask
from engine.commands.return_task import ReturnRefused
from engine.migrating.matching import ChoiceWrong
from engine.model import Case, CaseMigration, HistoryEntry, Notice
from engine.model.case import CaseNotRunning, ReasonMissing
from engine.permissions import NotInGroup
from engine.work import CaseNotFound
from tests.engine.elements.conftest import Street
from tests.engine.migrating.conftest import street
from tests.engine.migrating.moves import move
from tests.faults.invariants import broken_invariants

__all__ = ["street"]

LINE = "begin -> one -> two -> finish\nuser one\nuser two\n"
LONGER = "begin -> one -> more -> two -> finish\nuser one\nuser more\nuser two\n"


@pytest.fixture
def case_id(street: Street) -> str:
    """On version 1 of two; the first step is done."""
    street.deploy(LINE)
    case_id = street.start()
    street.do(case_id, "one")
    street.deploy(LONGER)
    return case_id


def test_the_history_says_who_moved_it_and_why(street: Street, case_id: str) -> None:
    move(street, case_id)

    (entry,) = street.city.rows(HistoryEntry, HistoryEntry.stream == case_id, HistoryEntry.action == "case_migrated")
    assert (entry.actor, entry.reason) == ("designer", "流程改版")
    assert (entry.details["from"], entry.details["to"], entry.details["keeps_rules"]) == (1, 2, True)
    (row,) = street.city.rows(CaseMigration, CaseMigration.case_id == case_id)
    assert (row.passed, row.stood, row.last_entry) == (["begin", "one"], ["two"], entry.seq - 1)
    (case,) = street.city.rows(Case, Case.id == case_id)
    assert (case.deployment_id, row.from_id != row.to_id) == (row.to_id, True)


def test_it_moves_on_and_back_again(street: Street, case_id: str) -> None:
    move(street, case_id, to=2)
    move(street, case_id, to=1)

    assert street.open(case_id) == ["two"]
    assert street.actions(case_id).count("case_migrated") == 2


def test_who_had_a_task_that_is_gone_hears_of_it(street: Street, case_id: str) -> None:
    task = street.city.task_at(case_id, "two")
    street.city.run(ClaimTask(task_id=task.id), by="hr")
    street.deploy("begin -> one -> last -> finish\nuser one\nuser last\n")

    move(street, case_id, choices={"two": "one"})

    street.work_off()
    told = street.city.rows(Notice, Notice.case_id == case_id, Notice.kind == "task_withdrawn")
    assert [notice.person_id for notice in told] == [street.city.actor("hr").person_id]


def test_one_can_still_go_back_where_nothing_was_changed(street: Street, case_id: str) -> None:
    move(street, case_id)

    (done,) = [t for t in street.city.tasks(case_id, states=("completed",)) if t.element_id == "one"]
    street.city.run(RecallTask(task_id=done.id), by="hr")

    assert street.open(case_id) == ["one"]
    assert broken_invariants(street.city.engine) == []
    street.do(case_id, "one")
    assert street.open(case_id) == ["more"]


def test_one_cannot_go_back_behind_a_move_of_tokens(street: Street, case_id: str) -> None:
    street.deploy("begin -> one -> last -> finish\nuser one\nuser last\n")
    move(street, case_id, choices={"two": "one"})
    (done,) = [t for t in street.city.tasks(case_id, states=("completed",)) if t.element_id == "one"]

    with pytest.raises(ReturnRefused):
        street.city.run(RecallTask(task_id=done.id), by="hr")

    assert street.open(case_id) == ["one"]


@pytest.mark.parametrize(
    ("how", "error"),
    [
        ({"to_version": 1}, OnThisVersion),
        ({"to_version": 2, "from_version": 2}, OnOtherVersion),
        ({"to_version": 9}, ProcessUnknown),
        ({"to_version": 2, "reason": " "}, ReasonMissing),
        ({"to_version": 2, "choices": {"nothing": "one"}}, ChoiceWrong),
        ({"to_version": 2, "choices": {"two": "nothing"}}, ChoiceWrong),
        ({"to_version": 2, "choices": {"two": "begin"}}, ChoiceWrong),
        ({"to_version": 2, "case_id": "0" * 32}, CaseNotFound),
    ],
)
def test_what_is_wrong_changes_nothing(street: Street, case_id: str, how: dict[str, object], error: type) -> None:
    before = street.actions(case_id)

    with pytest.raises(error):
        street.city.run(MigrateCase(**{"case_id": case_id, "reason": "流程改版", **how}), by="designer")

    assert street.actions(case_id) == before
    assert street.open(case_id) == ["two"]


def test_only_designers_move_cases(street: Street, case_id: str) -> None:
    with pytest.raises(NotInGroup):
        street.city.run(MigrateCase(case_id=case_id, to_version=2, reason="流程改版"), by="hr")


def test_closed_cases_stay_as_they_are(street: Street, case_id: str) -> None:
    street.do(case_id, "two")

    with pytest.raises(CaseNotRunning):
        move(street, case_id)


def test_what_would_happen_is_told_without_happening(street: Street, case_id: str) -> None:
    street.deploy("begin -> one -> last -> finish\nuser one\nuser last\n")
    command = MigrateCase(case_id=case_id, to_version=3, choices={"two": "one"}, reason="流程改版")

    change = street.city.engine.foresee(command, actor=street.city.actor("designer"))

    assert (change.ended, change.opened) == (("two",), ("one",))
    assert street.open(case_id) == ["two"]
    assert "case_migrated" not in street.actions(case_id)
