"""Several diagrams of one process, over the API."""

from collections.abc import Callable

import pytest

from tests.api.conftest import Caller
from tests.api.test_processes import parts
from tests.api.test_refusals import assert_problem
from tests.rounds import round_files


@pytest.fixture
def round_id(login: Callable[[str], Caller], chair: Caller) -> str:
    login("designer").upload("/deployments", **parts(round_files()))
    answers = {"主题": "食堂", "名单": "王、李、张"}
    return chair.post("/cases", {"process": "opinion_round", "variables": answers}).json["id"]


def test_a_process_lists_its_diagrams_the_main_one_first(chair: Caller, round_id: str) -> None:
    diagrams = chair.get("/processes/opinion_round").json["diagrams"]

    assert [(one["key"], one["calls"]) for one in diagrams] == [
        ("opinion_round", {"check_round": "opinion_check"}),
        ("opinion_check", {}),
    ]


def test_each_can_be_read(chair: Caller, round_id: str) -> None:
    assert b'<bpmn:process id="opinion_round"' in chair.get("/processes/opinion_round/bpmn").data
    called = chair.get("/processes/opinion_round/bpmn", diagram="opinion_check")
    assert b'<bpmn:process id="opinion_check"' in called.data
    assert "opinion_check.bpmn" in called.headers["Content-Disposition"]
    assert_problem(chair.get("/processes/opinion_round/bpmn", diagram="none"), 404, "diagram_unknown")


def test_a_case_says_where_it_is_in_all_of_them(chair: Caller, login: Callable[[str], Caller], round_id: str) -> None:
    before = chair.get(f"/cases/{round_id}/diagram").json
    stop = next(t["id"] for t in chair.get(f"/cases/{round_id}").json["initiatives"] if t["element_id"] == "stop_early")
    chair.post(f"/tasks/{stop}/complete", {"answers": {"结束理由": "够了"}})
    after = chair.get(f"/cases/{round_id}/diagram", diagram="opinion_check").json

    assert [(one["key"], one["here"]) for one in before["diagrams"]] == [
        ("opinion_round", True),
        ("opinion_check", False),
    ]
    assert [mark["kind"] for mark in before["current"] if mark["element_id"] == "give_opinion"] == ["task"] * 3
    assert not [mark for mark in before["current"] if mark["element_id"] in ("stop_early", "objection_made")]
    assert after["diagram"] == "opinion_check"
    assert all(one["here"] for one in after["diagrams"])
    assert {(mark["element_id"], mark["kind"]) for mark in after["current"]} >= {
        ("check_opinions", "task"),
        ("check_round", "call"),
        ("check_late", "clock"),
    }


def test_an_unknown_diagram_of_a_case_is_404(chair: Caller, round_id: str) -> None:
    assert_problem(chair.get(f"/cases/{round_id}/diagram", diagram="none"), 404, "diagram_unknown")
