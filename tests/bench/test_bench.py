"""The benchmarks run, say their floor and ratio, and what must not depend on the machine is true."""

import cProfile
import gc
import json
import pstats
import subprocess
import sys

import pytest
from click.testing import CliRunner

import bench
from bench.workplace import Workplace, workplace
from cli import main
from engine.commands.complete_task import CompleteTask
from tests.architecture.source_tree import ROOT

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def growth() -> bench.Result:
    return bench.measure("growth", scale=0.01)


@pytest.fixture(scope="module")
def completions() -> bench.Result:
    """In a process of its own: this one holds the tests too."""
    command = [
        sys.executable,
        "-c",
        "from cli import main; main()",
        "bench",
        "completions",
        "--json",
        "--scale",
        "0.01",
    ]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return json.loads(printed)


def test_a_long_loop_ends_right(growth: bench.Result) -> None:
    assert [loop["ended"] for loop in growth["loops"].values()] == [True, True]


@pytest.mark.parametrize("process", ["rounds", "staged_rounds"])
def test_a_late_round_takes_as_many_steps_as_an_early_one(process: str) -> None:
    """Calls of functions are counted, not seconds: the same on every machine."""
    with workplace(process) as place:
        case_id = place.start(process)
        calls = [_calls_of_a_round(place, case_id) for _ in range(120)]

    assert max(calls[110:]) <= min(calls[5:15]) * 1.02


def _calls_of_a_round(place: Workplace, case_id: str) -> int:
    command = CompleteTask(task_id=place.claimed_task(case_id), answers={"again": True})
    profile = cProfile.Profile()
    gc.disable()  # a sweep calls functions too
    try:
        profile.runcall(place.engine.run, command, actor=place.hr)
    finally:
        gc.enable()
    return pstats.Stats(profile).total_calls  # type: ignore[attr-defined, no-any-return]


def test_a_completion_is_one_transaction_of_few_statements(completions: bench.Result) -> None:
    assert completions["transactions"] == 1
    assert completions["statements"] <= completions["goal"]["statements"]


def test_a_completion_calls_no_more_functions_than_it_did(completions: bench.Result) -> None:
    """Seconds depend on the machine, this does not."""
    assert completions["function_calls"] <= completions["goal"]["function_calls"]


def test_the_web_process_stays_small(completions: bench.Result) -> None:
    assert completions["memory_mb"] < completions["goal"]["memory_mb"]


@pytest.mark.parametrize("name", ["board", "case_page", "casts", "clocks", "dispatch", "worklist", "feel", "checks"])
def test_a_benchmark_prints_one_json_object_with_floor_and_ratio(name: str) -> None:
    result = CliRunner().invoke(main, ["bench", name, "--json", "--scale", "0.01"])

    printed = json.loads(result.stdout)

    assert printed["bench"] == name
    assert printed["ratio"] > 0
    assert {"floor", "goal"} <= set(printed)


def test_no_clock_is_lost_or_fired_twice() -> None:
    measured = bench.measure("clocks", scale=0.05)

    assert (measured["fired"], measured["fired_twice"], measured["left"]) == (measured["clocks"], 0, 0)
