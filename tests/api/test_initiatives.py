"""What people may start, and cases that belong together, over the API."""

import io
from collections.abc import Callable

import pytest

from tests.api.conftest import Caller, task_of
from tests.api.test_processes import parts
from tests.api.test_refusals import assert_problem
from tests.rounds import round_files

Login = Callable[[str], Caller]


@pytest.fixture
def round_id(login: Login, chair: Caller) -> str:
    deployed = login("designer").upload("/deployments", **parts(round_files()))
    assert deployed.status_code == 201, deployed.text
    answer = chair.post("/cases", {"process": "opinion_round", "variables": {"主题": "食堂", "名单": "王、李、张"}})
    assert answer.status_code == 201, answer.text
    return answer.json["id"]


def offers(caller: Caller, case_id: str) -> dict[str, str]:
    return {task["element_id"]: task["id"] for task in caller.get(f"/cases/{case_id}").json["initiatives"]}


def test_a_case_tells_what_this_person_may_start(chair: Caller, login: Login, round_id: str) -> None:
    assert set(offers(chair, round_id)) == {"stop_early", "objection_made"}
    assert offers(login("town_union"), round_id) == {}
    assert {task["element_id"] for task in chair.get(f"/cases/{round_id}").json["tasks"]} == {"give_opinion"}


def test_the_task_says_that_it_is_discretionary_and_what_can_be_done(chair: Caller, round_id: str) -> None:
    task = chair.get(f"/tasks/{offers(chair, round_id)['stop_early']}").json

    assert task["discretionary"] is True
    allowed = {action for action, refusal in task["actions"].items() if refusal is None}
    refused = {
        "claim",
        "release",
        "decline",
        "assign",
        "draft",
        "delegate",
        "transfer",
        "hand_back",
        "take_back",
        "urge",
    }
    refused |= {"follow_up", "return", "cosign", "remove_cosigner", "take_back_hand_in"}
    assert allowed == {"complete", "copy"}
    assert {action: task["actions"][action] for action in refused} == dict.fromkeys(refused, "task_discretionary")
    assert allowed | refused | {"recall", "sign"} == task["actions"].keys()
    assert task["actions"]["recall"] == "task_not_open"
    assert task["actions"]["sign"] == "not_a_cosignature"
    assert [component["key"] for component in task["schema"]["components"]] == ["结束理由"]


def test_it_is_completed_without_claiming(chair: Caller, login: Login, round_id: str) -> None:
    task = offers(chair, round_id)["stop_early"]

    assert_problem(chair.post(f"/tasks/{task}/claim"), 409, "task_discretionary")
    answer = chair.post(f"/tasks/{task}/complete", {"answers": {"结束理由": "意见已经够了"}})

    assert (answer.status_code, answer.json["state"]) == (200, "completed")
    assert task_of(login("town_union"), round_id, "check_opinions")
    assert "stop_early" not in offers(chair, round_id)


def test_wrong_answers_are_refused_and_nothing_happens(chair: Caller, round_id: str) -> None:
    task = offers(chair, round_id)["stop_early"]

    answer = chair.post(f"/tasks/{task}/complete", {"answers": {}})

    assert_problem(answer, 422, "answers_rejected")
    assert offers(chair, round_id)["stop_early"] == task


def test_somebody_else_cannot_start_it(login: Login, chair: Caller, round_id: str) -> None:
    task = offers(chair, round_id)["stop_early"]

    answer = login("town_union").post(f"/tasks/{task}/complete", {"answers": {"结束理由": "够了"}})

    assert_problem(answer, 403, "not_a_candidate")


def test_the_second_is_told_that_it_is_over_and_finds_the_new_one(chair: Caller, round_id: str) -> None:
    first = offers(chair, round_id)["objection_made"]
    assert chair.post(f"/tasks/{first}/complete", {"answers": {"异议": "名单不全"}}).status_code == 200

    assert_problem(chair.post(f"/tasks/{first}/complete", {"answers": {"异议": "时间太短"}}), 409, "task_not_open")
    again = offers(chair, round_id)["objection_made"]
    assert chair.post(f"/tasks/{again}/complete", {"answers": {"异议": "时间太短"}}).status_code == 200


def test_no_queue_shows_what_need_not_be_done(chair: Caller, round_id: str) -> None:
    for view in ("mine", "claimable", "group", "overdue"):
        found = chair.get("/tasks", view=view).json["items"]
        assert not [task for task in found if task["discretionary"]], view


def test_a_file_goes_with_what_is_started(chair: Caller, round_id: str) -> None:
    task = offers(chair, round_id)["objection_made"]

    file = chair.upload(f"/tasks/{task}/files", field="附件", file=(io.BytesIO(b"%PDF-1.7\n" + b"x" * 99), "a.pdf"))
    answers = {"异议": "见附件", "附件": [file.json["id"]]}

    assert chair.post(f"/tasks/{task}/complete", {"answers": answers}).status_code == 200
    assert [d["name"] for d in chair.get(f"/cases/{round_id}/documents").json["items"]] == ["a.pdf"]


def test_the_names_of_many_tasks_say_whose_each_is(chair: Caller, round_id: str) -> None:
    tasks = chair.get(f"/cases/{round_id}").json["tasks"]

    assert {task["name"]: task["name_en"] for task in tasks} == {
        "填写意见（王）": "Give an opinion (王)",
        "填写意见（李）": "Give an opinion (李)",
        "填写意见（张）": "Give an opinion (张)",
    }


def test_a_case_without_others_has_no_links(chair: Caller, round_id: str) -> None:
    assert chair.get(f"/cases/{round_id}").json["links"] == []
