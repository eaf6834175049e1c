from itertools import chain, repeat
from types import SimpleNamespace

import pytest

from engine.commands.claim_task import ClaimTask
from engine.commands.record_leaving import RecordLeaving
from engine.commands.set_follow_up import DayUnreadable
from engine.commands.start_batch import BatchWrong
from engine.model import Batch, BatchRow, Job, UserTask
from engine.model.case import ReasonMissing
from engine.outbox import batching, slices
from tests.engine.batches import give, outcomes, plans, the_batch, work
from tests.engine.conftest import Visits


def test_every_row_is_done_for_itself_and_a_refused_one_stops_no_other(visits: Visits) -> None:
    tasks = plans(visits, 3)
    for task_id in (tasks[0], tasks[2]):
        visits.city.run(ClaimTask(task_id=task_id), by="hr")

    batch_id = give(visits, "release", *tasks)
    work(visits)

    assert outcomes(visits, batch_id) == [("done", None), ("refused", "task_not_claimed"), ("done", None)]
    batch = the_batch(visits, batch_id)
    assert (batch.state, batch.done, batch.refused) == ("done", 2, 1)
    assert {task.state for task in visits.city.rows(UserTask)} == {"open"}


def test_a_row_twice_is_one_row(visits: Visits) -> None:
    (task_id,) = plans(visits, 1)

    batch_id = give(visits, "claim", task_id, task_id)
    work(visits)

    assert outcomes(visits, batch_id) == [("done", None)]


def test_a_worker_goes_on_where_its_slice_of_time_ended(visits: Visits, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batching, "AT_ONCE", 1)
    moments = chain([0.0, 1.0], repeat(60.0))
    monkeypatch.setattr(slices, "time", SimpleNamespace(monotonic=lambda: next(moments)))
    batch_id = give(visits, "claim", *plans(visits, 2))

    work(visits)
    after_one = [outcome for outcome, _ in outcomes(visits, batch_id)]
    monkeypatch.undo()
    work(visits)

    assert after_one == ["done", "waiting"]
    assert the_batch(visits, batch_id).state == "done"


def test_a_worker_that_died_before_its_note_finds_the_row_done(visits: Visits, monkeypatch: pytest.MonkeyPatch) -> None:
    batch_id = give(visits, "claim", *plans(visits, 1))
    monkeypatch.setattr(batching, "NoteBatchRows", lambda **_: 1 / 0)
    work(visits)
    monkeypatch.undo()
    visits.city.clock.advance(hours=1)

    work(visits)

    assert outcomes(visits, batch_id) == [("done", None)]


def test_whoever_has_left_gives_no_orders_any_more(visits: Visits) -> None:
    batch_id = give(visits, "claim", *plans(visits, 1))
    visits.city.run(RecordLeaving(person_id=visits.city.actor("hr").person_id, reason="调离"), by="admin")

    work(visits)

    assert outcomes(visits, batch_id) == [("refused", "person_left")]


def test_an_export_keeps_what_its_reader_sees_and_nothing_else(visits: Visits) -> None:
    (task_id,) = plans(visits, 1)

    mine, others = give(visits, "export", task_id), give(visits, "export", task_id, by="boss2")
    work(visits)

    (row,) = visits.city.rows(BatchRow, BatchRow.batch_id == mine)
    assert row.facts is not None
    assert (row.facts["name"], row.facts["state"]) == ("制定计划", "open")
    assert outcomes(visits, others) == [("refused", "task_not_found")]


def test_an_order_that_says_too_little_is_not_begun(visits: Visits) -> None:
    (task_id,) = plans(visits, 1)

    with pytest.raises(BatchWrong):
        give(visits, "assign", task_id)
    with pytest.raises(BatchWrong):
        give(visits, "burn", task_id)
    with pytest.raises(BatchWrong):
        give(visits, "claim")
    with pytest.raises(BatchWrong):
        give(visits, "claim", *(f"t{number}" for number in range(501)))
    with pytest.raises(DayUnreadable):
        give(visits, "follow_up", task_id, on="morgen")
    with pytest.raises(ReasonMissing):
        give(visits, "claim", task_id, reason=" ")

    assert visits.city.rows(Batch) == []
    assert visits.city.rows(Job, Job.kind == "batch") == []
