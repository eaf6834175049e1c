"""Experts are found, take a case and leave it, in a process that does so; on both databases."""

from typing import Any

from engine.commands.deliver_message import DeliverMessage
from engine.dispatching import offers
from engine.model import Case, CaseAudience, ExpertOffer, ExpertRanking, HistoryEntry
from engine.queries.case_file import case_file
from tests.dispatches import Dispatch
from tests.experts import outcomes
from tests.services.test_in_a_case import Acting


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
    def act(folder: Any) -> list[str]:
        offers.recuse(folder, profession="lawyer", username=username, reason="利益冲突")
        return []

    dispatch.city.run(Acting(case_id=case_id, act=act), by="system")


def test_an_unknown_profession_stops_the_step(three: Dispatch) -> None:
    case_id = three.start(profession="barber")

    assert three.street.incidents(case_id) == ["step_refused"]
    assert three.city.rows(ExpertRanking) == []
