"""Up to a thousand instances of one activity: nothing grows faster than their number.

Counted in calls of Python functions, so that a busy machine changes nothing.
"""

import gc
import sys
from collections.abc import Callable
from typing import Any

import pytest

from tests.engine.spiff.oracle.diagram import Diagram, Loop, Node
from tests.engine.spiff.oracle.observing import as_words
from tests.engine.spiff.random_processes.comparing import Command
from tests.engine.spiff.random_processes.in_memory import InMemory

FEW, MANY = 50, 1_000
SHAPES = ("task", "stage")


def meeting(shape: str, *, sequential: bool = False) -> Diagram:
    """Everybody on a list answers, in a task or in a sub-process with a task."""
    drawn = Diagram()
    loop = Loop("people", "person", sequential=sequential, into="answers", output="answer")
    kind = "userTask" if shape == "task" else "subProcess"
    for node in (Node("s", "startEvent", "p"), Node("ask", kind, "p", loop=loop), Node("e", "endEvent", "p")):
        drawn.add(node)
    drawn.join("s", "ask")
    drawn.join("ask", "e")
    if shape == "stage":
        inner = (("s2", "startEvent"), ("answer_it", "userTask"), ("e2", "endEvent"))
        for id_, kind in inner:
            drawn.add(Node(id_, kind, "ask"))
        drawn.join("s2", "answer_it")
        drawn.join("answer_it", "e2")
    return drawn


def begun(shape: str, people: int, **more: Any) -> InMemory:
    player = InMemory(meeting(shape, **more), saves=False)
    player.begin({"people": list(range(people))})
    return player


def calls(act: Callable[[], object]) -> int:
    """How many Python functions are called; what the sweeping of garbage calls does not count."""
    count = 0

    def note(frame: Any, what: str, argument: Any) -> None:
        nonlocal count
        count += what == "call"

    before = sys.getprofile()
    gc.disable()
    sys.setprofile(note)
    try:
        act()
    finally:
        sys.setprofile(before)
        gc.enable()
    return count


def answer(player: InMemory, person: int) -> None:
    element = next(s.element_id for s in player.run.steps)
    words = as_words({"person": person, "loopCounter": person + 1})
    player.do(Command(element, "user", words=words, written={"answer": person * 2}))


def cost_of_one(shape: str, people: int) -> int:
    """Of one completion in the middle, without looking for the step and without saving."""
    player = begun(shape, people)
    step = player.run.steps[people // 2]
    return calls(lambda: player.run.complete(step.id))


@pytest.mark.parametrize("shape", SHAPES)
def test_one_completion_costs_among_many_what_it_costs_among_few(shape: str) -> None:
    few, many = cost_of_one(shape, FEW), cost_of_one(shape, FEW * 4)

    assert many < few * 2, f"{few} calls among {FEW}, {many} among {FEW * 4}"


@pytest.mark.parametrize("shape", SHAPES)
def test_saving_and_restoring_grows_no_faster_than_the_instances(shape: str) -> None:
    def cost(people: int) -> int:
        player = begun(shape, people)
        player.saves = True
        return calls(player._look)

    few, many = cost(FEW), cost(FEW * 4)

    assert many < few * 5, f"{few} calls for {FEW}, {many} for {FEW * 4}"


@pytest.mark.parametrize("shape", SHAPES)
def test_beginning_grows_no_faster_than_the_instances(shape: str) -> None:
    few, many = (calls(lambda people=people: begun(shape, people)) for people in (FEW, MANY))

    assert many < few * MANY / FEW * 1.2, f"{few} calls for {FEW}, {many} for {MANY}"


@pytest.mark.parametrize("sequential", [False, True])
def test_all_answers_are_collected_by_position(sequential: bool) -> None:
    player = begun("task", 60, sequential=sequential)

    for person in range(60) if sequential else [n * 7 % 60 for n in range(60)]:
        answer(player, person)

    assert player.run.is_finished
    assert player.world.variables["answers"] == [n * 2 for n in range(60)]


def test_more_than_a_thousand_are_an_incident() -> None:
    player = begun("task", MANY + 1)

    assert player.seen().failed == {"ask": 1}
    assert player.run.steps == ()
