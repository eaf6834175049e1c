import pytest

from engine.commands.cancel_batch import CancelBatch
from engine.model.batch import BatchEnded, BatchNotFound
from tests.engine.batches import give, outcomes, plans, the_batch, work
from tests.engine.conftest import Visits


def test_a_stopped_batch_leaves_the_rest_alone(visits: Visits) -> None:
    batch_id = give(visits, "claim", *plans(visits, 2))

    visits.city.run(CancelBatch(batch_id=batch_id), by="hr")
    work(visits)

    assert outcomes(visits, batch_id) == [("waiting", None)] * 2
    assert the_batch(visits, batch_id).state == "cancelled"


def test_what_has_ended_is_not_stopped_and_what_is_not_mine_is_not_there(visits: Visits) -> None:
    batch_id = give(visits, "claim", *plans(visits, 1))

    with pytest.raises(BatchNotFound):
        visits.city.run(CancelBatch(batch_id=batch_id), by="town_union")
    work(visits)
    with pytest.raises(BatchEnded):
        visits.city.run(CancelBatch(batch_id=batch_id), by="hr")

    assert the_batch(visits, batch_id).state == "done"
