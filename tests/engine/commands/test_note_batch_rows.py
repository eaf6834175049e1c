import pytest

from engine.commands.note_batch_rows import NoteBatchRows, RowResult
from engine.commands.recompute_clock import SystemOnly
from engine.model.batch import BatchNotFound
from tests.engine.batches import give, outcomes, plans, the_batch
from tests.engine.conftest import Visits


def test_a_row_is_noted_once(visits: Visits) -> None:
    batch_id = give(visits, "claim", *plans(visits, 2))
    first = NoteBatchRows(batch_id=batch_id, results=(RowResult(0),))

    visits.city.run(first, by="system")
    visits.city.run(NoteBatchRows(batch_id=batch_id, results=(RowResult(0, "busy"),)), by="system")

    assert outcomes(visits, batch_id) == [("done", None), ("waiting", None)]
    assert (the_batch(visits, batch_id).done, the_batch(visits, batch_id).refused) == (1, 0)


def test_only_a_worker_notes_and_only_what_there_is(visits: Visits) -> None:
    batch_id = give(visits, "claim", *plans(visits, 1))

    with pytest.raises(SystemOnly):
        visits.city.run(NoteBatchRows(batch_id=batch_id, results=()), by="hr")
    with pytest.raises(BatchNotFound):
        visits.city.run(NoteBatchRows(batch_id="0", results=()), by="system")
