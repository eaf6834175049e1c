"""States that earlier versions wrote are loaded, and the case goes on from where it was."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from engine.definitions.process_file import read_process
from engine.spiff.locals import Locals
from engine.spiff.process_run import ProcessRun
from engine.spiff.spec_building import build_specs

KEPT = json.loads((Path(__file__).parent / "states" / "format_1.json").read_text("utf-8"))
SPECS = build_specs(read_process(KEPT["xml"].encode()))
STATES = {kept["name"]: kept for kept in KEPT["states"]}


class Nobody:
    def perform(self, element_id: str, words: Locals) -> None:
        return None


def _restored(name: str) -> ProcessRun:
    return ProcessRun.restore(base64.b64decode(STATES[name]["state"]), SPECS, Nobody())


def _step(run: ProcessRun, element_id: str) -> str:
    return next(s.id for s in run.steps if s.element_id == element_id)


@pytest.mark.parametrize("kept", STATES.values(), ids=STATES)
def test_the_same_steps_wait_under_the_same_ids(kept: dict[str, Any]) -> None:
    run = _restored(kept["name"])

    assert sorted([s.id, s.element_id, s.kind] for s in run.steps) == kept["steps"]
    assert run.has_failed(kept["failed"][0] if kept["failed"] else STATES["begun"]["failed"][0])


@pytest.mark.parametrize("name", ["begun", "one arm arrived", "two arms arrived"])
def test_a_join_waits_for_exactly_the_arms_that_had_not_come(name: str) -> None:
    run = _restored(name)
    left = [arm for arm in ("left", "right", "third") if arm in {s.element_id for s in run.steps}]

    for arm in left:
        assert "after" not in {s.element_id for s in run.steps}
        run.complete(_step(run, arm))

    assert "after" in {s.element_id for s in run.steps}


def test_the_clock_of_a_stage_still_ends_it() -> None:
    run = _restored("one arm arrived")

    run.fire(_step(run, "late"))

    assert {s.element_id for s in run.steps} == {"chase", "until", "letter"}


def test_such_a_case_comes_to_its_end() -> None:
    run = _restored("joined")
    run.retry(STATES["begun"]["failed"][0])
    run = ProcessRun.restore(run.dump(), SPECS, Nobody())
    run.complete(_step(run, "after"))
    run.fire(_step(run, "until"))

    assert run.is_finished
