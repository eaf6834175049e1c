"""The list of steps says the same as the drawing."""

from types import SimpleNamespace as Thing

from web.case_outline import outline


def element(id: str, *, type: str = "userTask", stage: str | None = "offer", name: str = "步骤") -> Thing:  # noqa: A002
    return Thing(id=id, type=type, name=name, stage=stage)


ELEMENTS = [
    element("send"),
    element("reply"),
    element("is_agreed", type="exclusiveGateway"),
    element("wait", type="intermediateCatchEvent", stage="vote"),
    element("closing", stage=None),
]
PROCESS = Thing(
    elements={e.id: e for e in ELEMENTS}, stages=(Thing(id="offer", name="要约"), Thing(id="vote", name="表决"))
)


def test_steps_stand_under_their_stage_in_the_order_of_the_process() -> None:
    found = {part.stage.id if part.stage else None: [s.element.id for s in part.steps] for part in outline(PROCESS)}

    assert found == {None: ["closing"], "offer": ["send", "reply"], "vote": ["wait"]}


def test_states_are_those_of_the_diagram_and_failure_wins() -> None:
    drawn = Thing(done=("send", "reply"), current=(Thing(element_id="wait", label="第 2 轮"),), failed=("reply",))

    steps = {step.element.id: step for part in outline(PROCESS, drawn) for step in part.steps}

    assert {key: step.state for key, step in steps.items()} == {
        "send": "done",
        "reply": "failed",
        "wait": "current",
        "closing": "ahead",
    }
    assert steps["wait"].label == "第 2 轮"
