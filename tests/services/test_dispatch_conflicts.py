"""Who is kept out of a case and why, what is known of one expert, and requests that may be about the same."""

from datetime import date
from typing import Any

import pytest

from engine.dispatching.duplicates import similar_cases
from engine.dispatching.facts import expert_facts
from engine.model import Case, Expert, Party
from engine.services import ServiceRefused
from tests.city import HILL, STAR
from tests.dispatches import Dispatch, belongs_to, remember
from tests.experts import appoint_experts
from tests.services.test_in_a_case import Acting


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"status": "suspended"}, "expert_suspended"),
        ({"term_to": date(2025, 12, 31)}, "expert_term_over"),
        ({"licence_until": date(2026, 3, 1)}, "expert_licence_expired"),
        ({"absent_from": date(2026, 3, 2), "absent_until": date(2026, 3, 2)}, "expert_absent"),
        ({"employer": STAR}, "employer_is_enterprise"),
        ({"employer": "永康市相对方(集团)有限公司"}, "employer_is_counterparty"),
    ],
)
def test_who_may_not_be_dispatched_is_not_offered_it(dispatch: Dispatch, facts: dict[str, Any], code: str) -> None:
    appoint_experts(dispatch.city, "lawyer1", **facts)
    appoint_experts(dispatch.city, "lawyer2")

    case_id = dispatch.start(other="永康市相对方（集团）有限公司")

    assert dispatch.offered(case_id) == ["lawyer2"]
    assert dispatch.why_not(case_id) == {"lawyer1": [code]}


def test_who_has_as_many_cases_as_they_can_take_is_not_offered_another(dispatch: Dispatch) -> None:
    appoint_experts(dispatch.city, "lawyer1", max_open=1)
    dispatch.take(dispatch.start(), "lawyer1")

    case_id = dispatch.start()

    assert dispatch.offered(case_id) == []
    assert dispatch.why_not(case_id) == {"lawyer1": ["expert_full"]}
    assert dispatch.street.open(case_id) == ["choose"]


def test_between_equals_who_was_dispatched_less_often_comes_first(dispatch: Dispatch) -> None:
    appoint_experts(dispatch.city, "lawyer1", "lawyer2", max_open=10)
    first = dispatch.start()
    busy = dispatch.offered(first)[0]
    dispatch.take(first, busy)
    dispatch.street.do(first, "look")  # closed, so that the load is alike again

    later = dispatch.start()

    assert dispatch.offered(later)[1] == busy
    assert "近 90 天派单 1 次；上次派单 2026-03-02" in dispatch.words(later)[busy]


def test_who_works_for_the_counterparty_is_kept_out_until_a_year_after(dispatch: Dispatch) -> None:
    appoint_experts(dispatch.city, "lawyer1")
    theirs = dispatch.start()
    dispatch.take(theirs, "lawyer1")
    dispatch.street.do(theirs, "look")
    belongs_to(dispatch.city, theirs, HILL)

    assert dispatch.why_not(dispatch.start(other=HILL)) == {"lawyer1": ["served_counterparty"]}

    dispatch.city.clock.advance(days=370)
    assert dispatch.offered(dispatch.start(other=HILL)) == ["lawyer1"]


@pytest.mark.parametrize(
    ("reps", "is_barred"),
    [
        ({"worker_reps": [{"expert": "章律之（浙江永信律师事务所）", "is_external": True}]}, True),
        ({"employer_reps": [{"expert": "章律之（浙江永信律师事务所）", "is_external": True}]}, False),
        ({"worker_reps": [{"expert": "章律之远（浙江永信律师事务所）", "is_external": True}]}, False),
    ],
)
def test_an_outside_negotiator_of_the_other_side_is_kept_out(
    dispatch: Dispatch, reps: dict[str, Any], is_barred: bool
) -> None:
    appoint_experts(dispatch.city, "lawyer1")
    remember(dispatch.city, dispatch.start(), reps)

    case_id = dispatch.start()

    assert (dispatch.why_not(case_id) == {"lawyer1": ["wage_case_other_side"]}) == is_barred


def test_a_wage_case_counts_until_its_contract_ends(dispatch: Dispatch) -> None:
    appoint_experts(dispatch.city, "lawyer1", max_open=10)
    wages = dispatch.start()
    dispatch.take(wages, "lawyer1")
    dispatch.street.do(wages, "look")
    worker = {"case_id": wages, "role": "worker_negotiator", "person_id": dispatch.city.actor("lawyer1").person_id}
    with dispatch.city.session() as session, session.begin():
        session.add(Party(**worker, appointed_at=dispatch.city.clock.now))
    remember(dispatch.city, wages, {"term_end": "2027-12-31"})

    dispatch.city.clock.advance(days=600)  # October 2027
    with dispatch.city.session() as session, session.begin():
        session.get_one(Expert, worker["person_id"]).term_to = date(2030, 1, 1)
        session.get_one(Expert, worker["person_id"]).licence_until = date(2030, 1, 1)
    assert dispatch.why_not(dispatch.start()) == {"lawyer1": ["wage_case_other_side"]}

    dispatch.city.clock.advance(days=90)
    assert dispatch.offered(dispatch.start()) == ["lawyer1"]


def _facts(dispatch: Dispatch, case_id: str, **inputs: Any) -> dict[str, bool]:
    return dispatch.city.run(Acting(case_id=case_id, act=lambda folder: expert_facts(folder, inputs)), by="system")  # type: ignore[arg-type, return-value]


def test_the_facts_say_what_is_known_against_an_expert(dispatch: Dispatch) -> None:
    appoint_experts(dispatch.city, "lawyer1", max_open=10)
    appoint_experts(dispatch.city, "lawyer2", employer=HILL)
    theirs = dispatch.start()
    dispatch.take(theirs, dispatch.offered(theirs)[0], how="takes")
    worked = next(iter(dispatch.city.rows(Case, Case.id == theirs)[0].parties["expert"]))
    belongs_to(dispatch.city, theirs, HILL)
    remember(dispatch.city, dispatch.start(), {"worker_reps": [{"expert": "俞敏法", "is_external": True}]})
    case_id = dispatch.start()

    known = {name: _facts(dispatch, case_id, expert=name, counterparty=HILL) for name in ("lawyer1", "lawyer2")}

    assert {name: facts["served_before"] for name, facts in known.items()} == {
        name: name == worked for name in ("lawyer1", "lawyer2")
    }
    assert known["lawyer2"]["wage_case_role"]
    assert not known["lawyer1"]["wage_case_role"]
    assert known["lawyer2"]["same_employer"]
    assert not _facts(dispatch, case_id, expert="lawyer2", side="worker")["wage_case_role"]
    assert _facts(dispatch, case_id, expert="lawyer2", side="both")["wage_case_role"]


@pytest.mark.parametrize("inputs", [{"expert": "hr"}, {"expert": ""}, {"expert": "lawyer1", "side": "neither"}])
def test_facts_are_refused_for_who_is_not_in_the_register_and_for_no_side(three: Dispatch, inputs: Any) -> None:
    with pytest.raises(ServiceRefused):
        _facts(three, three.start(), **inputs)


def _duplicates(dispatch: Dispatch, case_id: str, **inputs: Any) -> list[str]:
    def act(folder: Any) -> list[str]:
        return [one["title"] for one in similar_cases(folder, inputs)]

    return dispatch.city.run(Acting(case_id=case_id, act=act), by="system")


def test_requests_that_may_be_about_the_same_are_found(three: Dispatch) -> None:
    told = {
        "供应商拖欠货款合同纠纷": "law",
        "合同纠纷供应商拖欠货款": "tax",
        "社保缴费基数怎么核定": "law",
    }
    for title, category in told.items():
        remember(three.city, three.start(), {"title": title, "category": category})
    case_id = three.start()

    found = _duplicates(three, case_id, title="供应商 拖欠货款合同纠纷", category="tax")

    assert found == ["合同纠纷供应商拖欠货款", "供应商拖欠货款合同纠纷"]
    assert _duplicates(three, case_id, title="") == []


def test_of_another_enterprise_or_closed_long_ago_nothing_is_found(three: Dispatch) -> None:
    old, foreign = three.start(field="劳动争议"), three.start()
    for number in (old, foreign):
        remember(three.city, number, {"title": "设备抵押评估"})
    belongs_to(three.city, foreign, HILL)
    three.take(old, "lawyer1")
    three.street.do(old, "look")
    case_id = three.start()

    assert _duplicates(three, case_id, title="设备抵押评估") == ["设备抵押评估"]
    three.city.clock.advance(days=31)
    assert _duplicates(three, case_id, title="设备抵押评估") == []
