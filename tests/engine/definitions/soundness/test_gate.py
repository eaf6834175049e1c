"""The door says what was proven, in both languages, and says nothing twice."""

from pathlib import Path

import pytest

from cli.check import sentence_of
from engine.definitions.catalogue_sources import bundle_files
from engine.definitions.check import Report, check_bundle
from engine.groups import GROUPS
from tests.engine.definitions.diagrams import END, START, diagram, flow, gateway, user_task


def checked(*parts: str) -> Report:
    return check_bundle({"p.bpmn": diagram(*parts)}, services=(), groups=("union",))


def diamond(split: str, join: str) -> Report:
    condition = "= case.number = null" if split == "exclusive" else None
    default = "split_to_two" if split == "exclusive" else None
    return checked(
        START, gateway("split", kind=split, default=default), user_task("one"), user_task("two"),
        gateway("join", kind=join), user_task("after"), END, flow("start", "split"), flow("split", "one", condition),
        flow("split", "two"), flow("one", "join"), flow("two", "join"), flow("join", "after"), flow("after", "end"),
    )  # fmt: skip


def test_a_proven_standstill_keeps_the_process_out_and_shows_the_way() -> None:
    report = diamond("exclusive", "parallel")

    (problem,) = [p for p in report.problems if p.code == "unsound"]
    told = problem.told("en")
    assert not report.deployable
    assert (problem.severity, problem.element_id) == ("error", "join")
    assert told["counter_example"]["property"] == "option_to_complete"
    assert told["counter_example"]["fixes"][0] == {
        "action": "change_gateway",
        "element_id": "join",
        "to": "exclusiveGateway",
        "words": "Make the gateway “join?” an exclusive gateway.",
    }
    assert "  1. Start: “start”" in sentence_of(told)
    assert "排他网关" in problem.told("zh")["fix"]


def test_what_the_drawing_shows_already_is_said_once_with_its_proof() -> None:
    report = diamond("parallel", "exclusive")

    assert "unsound" not in [p.code for p in report.problems]
    (problem,) = [p for p in report.problems if p.code == "runs_more_than_once"]
    assert problem.told("zh")["counter_example"]["property"] == "safe"


def test_a_sound_process_has_nothing_to_say() -> None:
    assert not {"unsound", "not_proven"} & {p.code for p in diamond("exclusive", "exclusive").problems}


@pytest.mark.parametrize("name", ["wage_consultation", "expert_dispatch", "staff_survey", "wage_demand"])
def test_the_processes_of_the_city_are_proven(name: str) -> None:
    from app import SERVICES

    report = check_bundle(bundle_files(Path("bpmn") / name), services=SERVICES, groups=GROUPS)
    assert report.deployable
    assert "not_proven" not in {p.code for p in report.problems}
