"""Whom the coordinator may name when nobody of the shortlists took the case."""

from tests.dispatches import Dispatch
from tests.experts import appoint_experts


def test_the_coordinator_may_name_who_declined_but_nobody_who_has_a_conflict_or_is_suspended(three: Dispatch) -> None:
    appoint_experts(three.city, "doctor2", status="suspended")
    case_id = three.start(field="劳动争议")
    three.take(case_id, by="lawyer1", how="conflict")
    three.decline(case_id, by="lawyer2")
    three.decline(case_id, by="lawyer3")

    found = three.street.variables(case_id)["candidates"]

    assert three.street.open(case_id) == ["choose"]
    assert {one["username"]: one["reasons"] for one in found} == {"lawyer2": "已谢绝本案", "lawyer3": "已谢绝本案"}
