"""The list of steps says the same as the drawing, in words."""

from collections.abc import Iterator

import pytest
from flask import Flask

from engine.definitions.bundle import Bundle
from engine.definitions.process import Process
from engine.queries.diagram import DiagramState, TokenMark, sheets
from tests.rounds import round_files
from web.case_outline import OutlineStep, outline


@pytest.fixture
def process(app: Flask) -> Iterator[Process]:
    with app.test_request_context("/"):
        yield Bundle.load(round_files()).process


def drawn(process: Process, **parts: tuple) -> DiagramState:
    nothing: dict = {"done": (), "current": (), "failed": ()}
    return DiagramState(process.key, b"", sheets(process), **{**nothing, **parts}, here=frozenset())


def all_steps(process: Process, state: DiagramState | None = None) -> dict[str, OutlineStep]:
    found: dict[str, OutlineStep] = {}

    def collect(steps: tuple[OutlineStep, ...]) -> None:
        for step in steps:
            found[step.element.id] = step
            collect(step.inside)

    for part in outline(process, state):
        collect(part.steps)
    return found


def test_parts_are_what_can_happen_any_time_the_stages_and_the_called_diagrams(process: Process) -> None:
    parts = outline(process)

    assert [(part.stage and part.stage.id, part.diagram and part.diagram.key) for part in parts] == [
        (None, None), ("asking", None), (None, "opinion_check"),
    ]  # fmt: skip
    assert [step.element.id for step in parts[1].steps] == ["give_opinion", "check_round"]
    assert [step.element.id for step in parts[2].steps] == ["check_opinions"]


def test_states_are_those_of_the_diagram_and_failure_wins(process: Process) -> None:
    at = (TokenMark("check_opinions", "吕秋菊", "task"),)

    steps = all_steps(
        process, drawn(process, done=("give_opinion", "check_round"), current=at, failed=("check_round",))
    )

    assert {id_: step.state for id_, step in steps.items() if step.kind == "step"} == {
        "give_opinion": "done",
        "check_round": "failed",
        "check_opinions": "current",
        "answer_objection": "ahead",
    }
    assert steps["check_opinions"].label == "吕秋菊"


def test_many_at_one_step_are_counted(process: Process) -> None:
    at = tuple(TokenMark("give_opinion", "", "task") for _ in range(30))

    assert all_steps(process, drawn(process, current=at))["give_opinion"].label == "30 项"


def test_marks_of_the_drawing_are_said_in_words(process: Process) -> None:
    steps = all_steps(process)

    assert steps["give_opinion"].note == "逐项同时办理"
    assert steps["check_round"].note == "见“复核意见”"
    assert steps["check_late"].note == "到期时 · 原来的事项照常进行"
    assert steps["stop_early"].note == "企业工会主席可发起 · 原来的事项停止"
    assert "可发起 · 原来的事项照常进行" in steps["objections"].note


def test_events_stand_below_their_step_and_what_can_begin_any_time_says_so(process: Process) -> None:
    steps = all_steps(process)

    assert [(inner.element.id, inner.kind) for inner in steps["give_opinion"].inside] == [("stop_early", "beside")]
    assert steps["objections"].kind == "whenever"
    assert [inner.element.id for inner in steps["objections"].inside] == ["answer_objection"]
