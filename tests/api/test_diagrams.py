"""Several diagrams of one process, over the API."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from engine.commands.migrate_case import MigrateCase
from engine.engine import Engine
from engine.model import Person
from tests.api.conftest import Caller
from tests.api.test_processes import parts
from tests.api.test_refusals import assert_problem
from tests.moved_rounds import WHY, next_round_files
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


def move_on(app: Flask, login: Callable[[str], Caller], case_id: str) -> None:
    login("designer").upload("/deployments", **parts(next_round_files()))
    engine: Engine = app.extensions["tongban"]
    with engine.reading() as session:
        query = select(Person).where(Person.username == "designer").options(selectinload(Person.memberships))
        designer = session.scalars(query).one().as_actor()
    engine.run(MigrateCase(case_id=case_id, to_version=2, reason=WHY), actor=designer)


def test_a_former_version_is_shown_as_it_was_left(
    chair: Caller, login: Callable[[str], Caller], app: Flask, round_id: str
) -> None:
    before = chair.get(f"/cases/{round_id}/diagram").json
    move_on(app, login, round_id)

    now = chair.get(f"/cases/{round_id}/diagram").json
    former = chair.get(f"/cases/{round_id}/diagram", version=1).json

    assert former["xml"] == before["xml"] != now["xml"]
    assert set(former["done"]) == set(before["done"])
    assert "give_opinion" in {mark["element_id"] for mark in former["current"]}
    assert (before["versions"], before["moved"]) == ([{"version": 1, "until": None, "last_entry": None}], None)
    assert [(one["version"], one["until"] is None) for one in now["versions"]] == [(1, False), (2, True)]
    assert former["version"] == now["versions"][0]
    assert (former["moved"]["person"], former["moved"]["reason"], former["moved"]["to_version"]) == ("designer", WHY, 2)
    assert now["moved"] is None
    assert_problem(chair.get(f"/cases/{round_id}/diagram", version=3), 404, "version_not_of_case")
    assert_problem(chair.get(f"/cases/{round_id}/diagram", version=0), 400, "malformed_request")


def test_a_replay_says_on_which_version_an_act_was_done(
    chair: Caller, login: Callable[[str], Caller], app: Flask, round_id: str
) -> None:
    move_on(app, login, round_id)

    frames = chair.get(f"/cases/{round_id}/replay").json["items"]

    assert [frame["version"] for frame in frames] == sorted(frame["version"] for frame in frames)
    (first,) = [frame for frame in frames if frame["carried"] is not None]
    assert (first["action"], first["version"]) == ("case_migrated", 2)
    assert "round_wanted" in first["carried"]
