"""Experts are found, take a case and leave it, in a process that does so; on both databases."""

from datetime import date
from typing import Any

import pytest

from engine.commands.decline_task import DeclineTask
from engine.model import (
    Case,
    CaseAudience,
    Expert,
    ExpertOffer,
    ExpertRanking,
    HistoryEntry,
    Organisation,
    Party,
    ProcessInstance,
)
from engine.queries.case_file import case_file
from tests.city import HILL, STAR, City
from tests.engine.elements.conftest import Street, street
from tests.experts import appoint_experts, outcomes

__all__ = ["street"]

FOUND = """
begin -> first_round -> ask -> find -> is_any
answer -> outcome
take -> look -> finish
is_any -> named ? = count(offered) = 0
named -> choose
is_any -> answer ? default
outcome -> aside ? = how = "conflict"
outcome -> take ? default
aside -> again -> find
nobody -> again
late -> again
choose -> given -> look
user ask: form wishes
service find: type dispatch/shortlist; in profession = profession; in number = 2; in field = field; in counterparty = other; in round = round; out offered = offered; out offered_words = offered_words; out eligible = eligible
user answer: offered = offered; form taken
user choose: form chosen
service named: type dispatch/candidates; in profession = profession; in field = field; in counterparty = other; out candidates = candidates
xor is_any
script first_round: does = {round: 1}
xor outcome
boundary nobody: on answer; error everybody_declined
boundary late: on answer; message more_people
script again: does = {round: round + 1}
service take: type dispatch/accept; in profession = profession; in expert = who; out experts = experts
service given: type dispatch/accept; in profession = profession; in expert = who; out experts = experts
service aside: type dispatch/recuse; in profession = profession; in expert = who; in reason = "近亲属有利害关系"
user look
error everybody_declined: everybody_declined
message more_people: = case.number
"""  # noqa: E501 - one element a line


class Dispatch:
    """Requests that are dispatched to lawyers."""

    def __init__(self, street: Street) -> None:
        self.street, self.city = street, street.city

    def start(self, *, field: str = "", other: str = "", profession: str = "lawyer") -> str:
        case_id = self.street.start()
        self.street.do(case_id, "ask", field=field, other=other, profession=profession)
        return case_id

    def offered(self, case_id: str) -> list[str]:
        return list(self.street.variables(case_id)["offered"])

    def words(self, case_id: str) -> dict[str, str]:
        return {one["username"]: one["reasons"] for one in self.street.variables(case_id)["offered_words"]}

    def take(self, case_id: str, by: str, how: str = "takes") -> None:
        self.street.do(case_id, "answer", by=by, who=by, how=how)

    def decline(self, case_id: str, by: str) -> None:
        task = self.city.task_at(case_id, "answer")
        self.city.run(DeclineTask(task_id=task.id, reason="出差在外"), by=by)

    def why_not(self, case_id: str) -> dict[str, list[str]]:
        """The codes that exclude people, as the newest ranking of the case keeps them."""
        rankings = sorted(self.city.rows(ExpertRanking, ExpertRanking.case_id == case_id), key=lambda one: one.round)
        excluded = (one for one in rankings[-1].entries if one["rank"] is None)
        return {one["username"]: [reason["code"] for reason in one["reasons"]] for one in excluded}

    def history(self, case_id: str, action: str) -> list[dict[str, Any]]:
        mine = (HistoryEntry.stream == case_id, HistoryEntry.action == action)
        return [dict(entry.details) for entry in sorted(self.city.rows(HistoryEntry, *mine), key=lambda e: e.seq)]


@pytest.fixture
def dispatch(street: Street) -> Dispatch:
    street.deploy(
        FOUND,
        wishes="field other profession",
        taken="who how",
        chosen="who",
    )
    return Dispatch(street)


@pytest.fixture
def three(dispatch: Dispatch) -> Dispatch:
    """Three lawyers, of whom the first knows the field and the second is next by the town."""
    town = _town(dispatch.city, STAR)
    appoint_experts(dispatch.city, "lawyer1", fields=["劳动争议"], towns=[town])
    appoint_experts(dispatch.city, "lawyer2", fields=["公司"], towns=[town])
    appoint_experts(dispatch.city, "lawyer3", fields=["公司"], towns=["别的镇"])
    return dispatch


def _town(city: City, name: str) -> str:
    return str(city.rows(Organisation, Organisation.name == name)[0].town)


def test_the_best_are_offered_it_with_their_reasons(three: Dispatch) -> None:
    case_id = three.start(field="劳动争议")

    assert three.offered(case_id) == ["lawyer1", "lawyer2"]
    assert three.street.variables(case_id)["eligible"] == 3
    assert three.words(case_id)["lawyer1"].startswith("擅长劳动争议；服务")
    assert "尚未派过单；系统未发现利益冲突" in three.words(case_id)["lawyer2"]
    assert outcomes(three.city, case_id) == {"lawyer1": "offered", "lawyer2": "offered"}


def test_the_whole_decision_is_kept_and_its_digest_is_in_the_history(three: Dispatch) -> None:
    case_id = three.start()

    (ranking,) = three.city.rows(ExpertRanking, ExpertRanking.case_id == case_id)
    (entry,) = three.history(case_id, "experts_ranked")
    assert [one["rank"] for one in ranking.entries] == [1, 2, 3]
    assert entry == {
        "profession": "lawyer",
        "round": 1,
        "ranked": 3,
        "eligible": 3,
        "offered": three.offered(case_id),
        "sha256": ranking.sha256,
    }


def test_who_accepts_joins_the_case_and_the_others_are_not_needed(three: Dispatch) -> None:
    case_id = three.start(field="劳动争议")

    three.take(case_id, "lawyer2")

    assert outcomes(three.city, case_id) == {"lawyer1": "superseded", "lawyer2": "accepted"}
    assert list(three.city.rows(Case, Case.id == case_id)[0].parties["expert"]) == ["lawyer2"]
    assert three.street.variables(case_id)["experts"] == [
        {"username": "lawyer2", "name": "俞敏法", "profession": "lawyer"}
    ]
    assert three.history(case_id, "expert_accepted") == [
        {"profession": "lawyer", "expert": "lawyer2", "round": 1, "rank": 2}
    ]


def test_when_all_have_declined_others_are_asked_and_they_are_not(three: Dispatch) -> None:
    case_id = three.start(field="劳动争议")

    three.decline(case_id, "lawyer1")
    three.decline(case_id, "lawyer2")

    assert three.offered(case_id) == ["lawyer3"]
    assert three.why_not(case_id) == {"lawyer1": ["declined_before"], "lawyer2": ["declined_before"]}
    (declined,) = three.city.rows(ExpertOffer, ExpertOffer.outcome == "declined", ExpertOffer.rank == 1)
    assert declined.reason == "出差在外"


def test_when_nobody_is_left_the_coordinator_chooses(three: Dispatch) -> None:
    case_id = three.start()
    for name in ("lawyer1", "lawyer2", "lawyer3"):
        while name not in three.offered(case_id):
            three.decline(case_id, three.offered(case_id)[0])
            break
    for name in [n for n, outcome in outcomes(three.city, case_id).items() if outcome == "offered"]:
        three.decline(case_id, name)
    while three.street.open(case_id) == ["answer"]:
        three.decline(case_id, three.offered(case_id)[0])

    assert three.street.open(case_id) == ["choose"]
    three.street.do(case_id, "choose", who="lawyer3")

    assert outcomes(three.city, case_id)["lawyer3"] in {"accepted", "declined"}
    (given,) = three.city.rows(ExpertOffer, ExpertOffer.case_id == case_id, ExpertOffer.outcome == "accepted")
    assert (given.rank, given.reasons) == (None, [{"code": "assigned", "params": {}}])


def test_more_people_are_asked_and_who_had_not_answered_has_lapsed(three: Dispatch) -> None:
    from engine.commands.deliver_message import DeliverMessage

    case_id = three.start(field="劳动争议")
    number = three.city.rows(Case, Case.id == case_id)[0].number

    three.city.run(DeliverMessage(name="more_people", key=number, message_id="m1", payload={}), by="system")

    assert three.offered(case_id) == ["lawyer3"]
    assert three.why_not(case_id) == {"lawyer1": ["lapsed_before"], "lawyer2": ["lapsed_before"]}


def test_who_stands_aside_sees_only_their_own_part_and_the_others_may_be_asked_again(three: Dispatch) -> None:
    case_id = three.start(field="劳动争议")

    three.take(case_id, "lawyer1", how="conflict")

    assert three.offered(case_id) == ["lawyer2", "lawyer3"]
    assert three.why_not(case_id) == {"lawyer1": ["recused_before"]}
    key = f"person:{three.city.actor('lawyer1').person_id}"
    (seen,) = three.city.rows(CaseAudience, CaseAudience.case_id == case_id, CaseAudience.audience == key)
    assert seen.is_guest
    assert three.history(case_id, "expert_recused") == [{"profession": "lawyer", "expert": "lawyer1"}]


def test_a_reason_for_standing_aside_is_not_in_the_history(three: Dispatch) -> None:
    case_id = three.start(field="劳动争议")
    three.take(case_id, "lawyer1", how="conflict")

    (aside,) = three.city.rows(ExpertOffer, ExpertOffer.outcome == "recused")
    told = [str(e.details) + str(e.reason) for e in three.city.rows(HistoryEntry, HistoryEntry.stream == case_id)]
    assert aside.reason == "近亲属有利害关系"
    assert not [line for line in told if "近亲属" in line]


def test_an_expert_who_recuses_after_having_joined_loses_sight_of_the_case(three: Dispatch) -> None:
    case_id = three.start(field="劳动争议")
    three.take(case_id, "lawyer1")
    assert not _file(three, case_id, "lawyer1").is_guest

    _recuse(three, case_id, "lawyer1")

    assert _file(three, case_id, "lawyer1").is_guest
    assert outcomes(three.city, case_id)["lawyer1"] == "recused"


def _file(dispatch: Dispatch, case_id: str, by: str) -> Any:
    city = dispatch.city
    with city.engine.reading() as session:
        return case_file(session, city.actor(by), case_id, catalogue=city.engine.catalogue, now=city.clock.now)


def _recuse(dispatch: Dispatch, case_id: str, username: str) -> None:
    from engine.dispatching import offers
    from tests.services.test_in_a_case import Acting

    def act(folder: Any) -> list[str]:
        offers.recuse(folder, profession="lawyer", username=username, reason="利益冲突")
        return []

    dispatch.city.run(Acting(case_id=case_id, act=act), by="system")


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
    _belongs_to(dispatch.city, theirs, HILL)

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
    _remember(dispatch.city, dispatch.start(), reps)

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
    _remember(dispatch.city, wages, {"term_end": "2027-12-31"})

    dispatch.city.clock.advance(days=600)  # October 2027
    with dispatch.city.session() as session, session.begin():
        session.get_one(Expert, worker["person_id"]).term_to = date(2030, 1, 1)
        session.get_one(Expert, worker["person_id"]).licence_until = date(2030, 1, 1)
    assert dispatch.why_not(dispatch.start()) == {"lawyer1": ["wage_case_other_side"]}

    dispatch.city.clock.advance(days=90)
    assert dispatch.offered(dispatch.start()) == ["lawyer1"]


def _belongs_to(city: City, case_id: str, enterprise: str) -> None:
    (found,) = city.rows(Organisation, Organisation.name == enterprise)
    with city.session() as session, session.begin():
        session.get_one(Case, case_id).enterprise_id = found.id


def _remember(city: City, case_id: str, values: dict[str, Any]) -> None:
    (instance,) = city.rows(ProcessInstance, ProcessInstance.case_id == case_id)
    with city.session() as session, session.begin():
        row = session.get_one(ProcessInstance, instance.id)
        row.variables = {**row.variables, **values}


def test_an_unknown_profession_stops_the_step(three: Dispatch) -> None:
    case_id = three.start(profession="barber")

    assert three.street.incidents(case_id) == ["step_refused"]
    assert three.city.rows(ExpertRanking) == []


def _facts(dispatch: Dispatch, case_id: str, **inputs: Any) -> dict[str, bool]:
    from engine.dispatching.facts import expert_facts
    from tests.services.test_in_a_case import Acting

    return dispatch.city.run(Acting(case_id=case_id, act=lambda folder: expert_facts(folder, inputs)), by="system")  # type: ignore[arg-type, return-value]


def test_the_facts_say_what_is_known_against_an_expert(dispatch: Dispatch) -> None:
    appoint_experts(dispatch.city, "lawyer1", max_open=10)
    appoint_experts(dispatch.city, "lawyer2", employer=HILL)
    theirs = dispatch.start()
    dispatch.take(theirs, dispatch.offered(theirs)[0], how="takes")
    worked = next(iter(dispatch.city.rows(Case, Case.id == theirs)[0].parties["expert"]))
    _belongs_to(dispatch.city, theirs, HILL)
    _remember(dispatch.city, dispatch.start(), {"worker_reps": [{"expert": "俞敏法", "is_external": True}]})
    case_id = dispatch.start()

    known = {name: _facts(dispatch, case_id, expert=name, counterparty=HILL) for name in ("lawyer1", "lawyer2")}

    assert {name: facts["served_before"] for name, facts in known.items()} == {
        name: name == worked for name in ("lawyer1", "lawyer2")
    }
    assert known["lawyer2"]["wage_case_role"]
    assert not known["lawyer1"]["wage_case_role"]
    assert known["lawyer2"]["same_employer"]
    assert not _facts(dispatch, case_id, expert="lawyer2", side="worker")["wage_case_role"]


@pytest.mark.parametrize("inputs", [{"expert": "hr"}, {"expert": ""}, {"expert": "lawyer1", "side": "both"}])
def test_facts_are_refused_for_who_is_not_in_the_register_and_for_no_side(three: Dispatch, inputs: Any) -> None:
    from engine.services import ServiceRefused

    with pytest.raises(ServiceRefused):
        _facts(three, three.start(), **inputs)


def _duplicates(dispatch: Dispatch, case_id: str, **inputs: Any) -> list[str]:
    from engine.dispatching.duplicates import similar_cases
    from tests.services.test_in_a_case import Acting

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
        _remember(three.city, three.start(), {"title": title, "category": category})
    case_id = three.start()

    found = _duplicates(three, case_id, title="供应商 拖欠货款合同纠纷", category="tax")

    assert found == ["合同纠纷供应商拖欠货款", "供应商拖欠货款合同纠纷"]
    assert _duplicates(three, case_id, title="") == []


def test_of_another_enterprise_or_closed_long_ago_nothing_is_found(three: Dispatch) -> None:
    old, foreign = three.start(field="劳动争议"), three.start()
    for number in (old, foreign):
        _remember(three.city, number, {"title": "设备抵押评估"})
    _belongs_to(three.city, foreign, HILL)
    three.take(old, "lawyer1")
    three.street.do(old, "look")
    case_id = three.start()

    assert _duplicates(three, case_id, title="设备抵押评估") == ["设备抵押评估"]
    three.city.clock.advance(days=31)
    assert _duplicates(three, case_id, title="设备抵押评估") == []
