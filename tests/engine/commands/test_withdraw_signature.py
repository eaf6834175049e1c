import pytest

from engine.ballots.signatures import NotSigned
from engine.model import BallotSignature
from tests.city import City
from tests.gatherings import DEMANDING, gather


def test_a_withdrawn_signature_leaves_nothing_and_may_be_given_again(city: City) -> None:
    demand = gather(city, DEMANDING)
    demand.sign("worker1")
    demand.withdraw("worker1")

    with pytest.raises(NotSigned):
        demand.withdraw("worker1")
    assert demand.city.rows(BallotSignature) == []

    demand.sign("worker1")
    assert len(demand.city.rows(BallotSignature)) == 1
