from engine.circles import Circle
from engine.cosigning.eligible import offers_cosigning, side_of
from engine.definitions.bundle import Bundle
from engine.model import UserTask
from tests.engine.definitions.diagrams import drawn


def offered(properties: str = "", *, discretionary: bool = False) -> bool:
    process = Bundle.load({"p.bpmn": drawn(f"begin -> x -> z / user x: {properties or 'form opinion'}")}).process
    return offers_cosigning(process, UserTask(element_id="x", discretionary=discretionary))


def test_a_step_is_signed_by_others_unless_the_diagram_keeps_it_to_one_person() -> None:
    assert offered()
    assert offered("property may_cosign true")
    assert not offered("property may_cosign false")
    assert not offered(discretionary=True)


def test_somebody_is_on_the_side_that_they_have_in_the_case_else_by_their_groups() -> None:
    assert side_of(Circle.WORKER, {"enterprise_hr"}) == Circle.WORKER
    assert side_of(Circle.EVERYBODY, {"enterprise_hr"}) == Circle.EMPLOYER
    assert side_of(Circle.OFFICE, {"hrss_reviewer"}) is None
    assert side_of(Circle.EVERYBODY, {"enterprise_hr", "worker"}) is None
