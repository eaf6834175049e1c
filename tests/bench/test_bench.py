"""The benchmarks run, say their floor and ratio, and what must not depend on the machine is true."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

import bench
from cli import main
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


def test_a_late_round_costs_what_an_early_one_costs(growth: bench.Result) -> None:
    # The goal is 1.3; the rest is the noise of a shared machine.
    assert all(loop["round_200_to_round_5"] < 1.8 for loop in growth["loops"].values()), growth["loops"]


def test_a_completion_is_one_transaction_of_few_statements(completions: bench.Result) -> None:
    assert completions["transactions"] == 1
    assert completions["statements"] <= completions["goal"]["statements"]


def test_the_web_process_stays_small(completions: bench.Result) -> None:
    assert completions["memory_mb"] < completions["goal"]["memory_mb"]


@pytest.mark.parametrize("name", ["clocks", "worklist", "feel"])
def test_a_benchmark_prints_one_json_object_with_floor_and_ratio(name: str) -> None:
    result = CliRunner().invoke(main, ["bench", name, "--json", "--scale", "0.01"])

    printed = json.loads(result.stdout)

    assert printed["bench"] == name
    assert printed["ratio"] > 0
    assert {"floor", "goal"} <= set(printed)


def test_no_clock_is_lost_or_fired_twice() -> None:
    measured = bench.measure("clocks", scale=0.05)

    assert (measured["fired"], measured["fired_twice"], measured["left"]) == (measured["clocks"], 0, 0)
