"""The reference interpreter against examples that were worked out by hand from the standard."""

from dataclasses import replace
from typing import Any

import pytest

from tests.engine.spiff.oracle import playing
from tests.engine.spiff.oracle.diagram import Call, Diagram, Loop, Node
from tests.engine.spiff.oracle.observing import seen
from tests.engine.spiff.oracle.playing import Disagreement, Told
from tests.engine.spiff.oracle.state import State

KINDS = {"and": "parallelGateway", "or": "inclusiveGateway", "xor": "exclusiveGateway", "sub": "subProcess"}
KINDS |= {"choice": "eventBasedGateway", "service": "serviceTask", "script": "scriptTask", "user": "userTask"}
KINDS |= {"start": "startEvent", "end": "endEvent", "catch": "intermediateCatchEvent", "call": "callActivity"}
KINDS |= {"throw": "intermediateThrowEvent", "on": "boundaryEvent"}


def node(id_: str, kind: str, level: str = "p", **more: Any) -> Node:
    return Node(id_, KINDS[kind], level, **more)


def nodes(words: str, level: str = "p") -> list[Node]:
    """Words like `user:a`; a start `s` and an end `e` are there anyway, marked with the level's name."""
    drawn = [node(id_, kind, level) for kind, id_ in (word.split(":") for word in words.split())]
    return [node(f"{level}_s", "start", level), *drawn, node(f"{level}_e", "end", level)]


def diagram(flows: str, *parts: Node, called: tuple[str, ...] = ()) -> Diagram:
    """`flows` are words like `a>b`, `a>b?fact` or `a>b!` for a default."""
    drawn = Diagram(["p", *called])
    for part in parts:
        drawn.add(part)
    for word in flows.split():
        route, _, fact = word.rstrip("!").partition("?")
        source, target = route.split(">")
        flow = drawn.join(source, target, fact=fact or None)
        if word.endswith("!"):
            drawn.choose_default(source, flow.id)
    return drawn


class Play:
    """One process in which nothing is left open, unless a test looks at `states`."""

    def __init__(self, drawn: Diagram, **facts: Any) -> None:
        self.states = playing.settle([playing.begin(drawn, facts)])

    @property
    def state(self) -> State:
        (only,) = self.states
        return only

    def do(self, *elements: str, **learned: Any) -> "Play":
        for element in elements:
            kind = self.state.diagram.nodes[element].kind
            act = playing.complete if kind == "userTask" else playing.happen
            self._after(act(self.state, element, Told(learned)))
        return self

    def retry(self, element: str, **learned: Any) -> "Play":
        return self._after(playing.retry(self.state, element, Told(learned)))

    def _after(self, begun: Any) -> "Play":
        self.states = playing.settle(begun)
        return self

    @property
    def waiting(self) -> str:
        """Sorted ids, each as often as it waits."""
        found = seen(self.state).waiting
        return " ".join(sorted(element for (element, _, _), count in found.items() for _ in range(count)))

    @property
    def is_finished(self) -> bool:
        return self.state.is_finished

    @property
    def variables(self) -> Any:
        return dict(seen(self.state).variables)


TWO = "p_s>f f>a f>b"


def test_a_parallel_join_takes_one_token_of_each_flow_and_leaves_the_rest() -> None:
    drawn = diagram(f"{TWO} a>x b>x x>j f>c c>j j>p_e", *nodes("and:f and:j user:a user:b user:c xor:x"))

    play = Play(drawn).do("a", "b", "c")

    assert play.waiting == ""
    assert seen(play.state).occupied == {"j"}
    assert not play.is_finished


def test_an_inclusive_join_waits_for_what_can_still_come_and_for_nothing_else() -> None:
    drawn = diagram("p_s>o o>a?x o>b?y o>c! a>j b>j c>j j>d d>p_e", *nodes("or:o or:j user:a user:b user:c user:d"))

    assert Play(drawn, x=True, y=True).do("a").waiting == "b"
    assert Play(drawn, x=True, y=True).do("a", "b").waiting == "d"
    assert Play(drawn, x=True).do("a").waiting == "d"
    assert Play(drawn).waiting == "c"


def test_an_inclusive_join_does_not_wait_for_a_token_that_can_also_come_where_one_is() -> None:
    """BPMN 2.0.2, 13.4.3, second part of the rule: the token at `b` may reach the flow at which one waits already."""
    drawn = diagram(
        f"{TWO} a>m m>j b>x x>m?back x>n! n>j j>d d>p_e", *nodes("and:f user:a user:b xor:m xor:x xor:n or:j user:d")
    )

    assert Play(drawn).do("a").waiting == "b d"


def test_an_inclusive_join_waits_for_an_activity_that_can_be_left_through_its_border() -> None:
    late = node("late", "on", event="timer", host="b")
    drawn = diagram(f"{TWO} a>j b>p_e late>j j>d d>p_e", *nodes("and:f user:a user:b or:j user:d"), late)

    assert Play(drawn).do("a").waiting == "b late"
    assert Play(drawn).do("a", "b").waiting == "d"
    assert Play(drawn).do("a", "late").waiting == "d"


def test_a_gateway_without_a_way_is_stuck_until_it_is_tried_again() -> None:
    drawn = diagram("p_s>x x>a?yes x>b?no a>p_e b>p_e", *nodes("xor:x user:a user:b"))

    play = Play(drawn, yes=None, no=False)

    assert seen(play.state).failed == {"x": 1}
    assert seen(Play(drawn, yes="perhaps", no=True).state).failed == {"x": 1}
    assert Play(drawn, yes=True, no="perhaps").waiting == "a"
    assert play.retry("x", no=True).waiting == "b"


def test_the_first_of_several_events_takes_the_token() -> None:
    events = [node("t", "catch", event="timer"), node("m", "catch", event="message", name="m")]
    drawn = diagram("p_s>g g>t g>m t>a m>b a>p_e b>p_e", *nodes("choice:g user:a user:b"), *events)

    assert Play(drawn).waiting == "m t"
    assert Play(drawn).do("m").waiting == "b"


@pytest.mark.parametrize(
    ("event", "after_one", "after_two"),
    [
        ({"event": "timer"}, "a n", None),
        ({"event": "timer", "repeats": True}, "a e n", "a e n n"),
        ({"event": "message", "name": "m"}, "a e n", "a e n n"),
        ({"event": "signal", "name": "s", "interrupting": True}, "n", None),
    ],
)
def test_events_on_the_border(event: dict[str, Any], after_one: str, after_two: str | None) -> None:
    border = node("e", "on", host="a", **{"interrupting": False} | event)
    drawn = diagram("p_s>a a>p_e e>n n>p_e", *nodes("user:a user:n"), border)

    play = Play(drawn).do("e")

    assert play.waiting == after_one
    assert after_two is None or play.do("e").waiting == after_two
    assert Play(drawn).do("a").is_finished


def test_a_condition_fires_when_it_becomes_true_and_again_only_after_it_was_false() -> None:
    border = node("e", "on", host="a", event="condition", fact="hot", interrupting=False)
    drawn = diagram("p_s>a a>p_e e>n n>p_e f>b", *nodes("user:a user:n and:f user:b"), border)

    assert Play(drawn, hot=True).waiting == "a e n"
    play = Play(drawn, hot=True).do("n", hot=True)
    assert play.waiting == "a e"
    assert Play(drawn).do("a", hot=True).is_finished


def service_in_sub(*catching: Node) -> Diagram:
    parts = [*nodes("sub:o user:x user:y user:z"), *nodes("sub:i", "o"), *nodes("", "i"), *catching]
    work = node("w", "service", "i", outcome="out")
    flows = "p_s>o o>p_e o_s>i i>o_e i_s>w w>i_e x>p_e y>p_e z>p_e "
    leads = {"on_o": "on_o>x", "any_o": "any_o>y", "on_i": "on_i>o_e", "on_w": "on_w>i_e"}
    return diagram(flows + " ".join(leads[c.id] for c in catching if c.id in leads), *parts, work)


def test_the_innermost_event_catches_an_error_and_the_very_code_comes_first() -> None:
    exact, any_ = (node(i, "on", host="o", event="error", name=n) for i, n in (("on_o", "E1"), ("any_o", None)))
    far = service_in_sub(any_, exact)

    assert Play(far, out="E1").waiting == "x"
    assert Play(far, out="E2").waiting == "y"
    assert Play(service_in_sub(any_, node("on_i", "on", "o", host="i", event="error", name=None)), out="E1").is_finished
    assert (
        Play(service_in_sub(any_, node("on_w", "on", "i", host="w", event="error", name="E2")), out="E1").waiting == "y"
    )


def test_an_error_that_nobody_catches_stays_where_it_was_thrown() -> None:
    play = Play(service_in_sub(), out="E1")

    assert seen(play.state).failed == {"w": 1}
    assert seen(play.state).occupied == {"o", "i", "w"}
    assert play.retry("w", out="ok").is_finished


def aside(id_: str, level: str, *, interrupting: bool, **event: Any) -> list[Node]:
    start = node(f"{id_}_s", "start", id_, interrupting=interrupting, **event)
    work, end = node(f"{id_}_u", "user", id_), node(f"{id_}_e", "end", id_)
    return [node(id_, "sub", level, aside=True), start, work, end]


def beside(id_: str) -> str:
    return f"{id_}_s>{id_}_u {id_}_u>{id_}_e "


def test_an_interrupting_event_sub_process_ends_everything_around_it_and_hears_of_nothing_more() -> None:
    stop = aside("stop", "p", interrupting=True, event="message", name="m")
    note = aside("note", "p", interrupting=False, event="signal", name="s")
    drawn = diagram("p_s>a a>p_e " + beside("stop") + beside("note"), *nodes("user:a"), *stop, *note)

    play = Play(drawn).do("note_s", "note_s")
    assert play.waiting == "a note_s note_u note_u stop_s"
    assert play.do("stop_s").waiting == "stop_u"
    assert play.do("stop_u").is_finished
    assert Play(drawn).do("a").is_finished


def test_while_an_interrupting_event_sub_process_runs_errors_go_outwards() -> None:
    caught = aside("again", "o", interrupting=True, event="error", name="E1")
    fails = [node("boom", "sub", "o", aside=True), node("boom_s", "start", "boom", event="message", name="m")]
    fails += [node("boom_e", "end", "boom", event="error", name="E1")]
    border = node("on_o", "on", host="o", event="error", name="E1")
    parts = [*nodes("sub:o user:x"), *nodes("user:a", "o"), *caught, *fails, border]
    drawn = diagram("p_s>o o>p_e on_o>x x>p_e o_s>a a>o_e boom_s>boom_e " + beside("again"), *parts)

    assert Play(drawn).do("boom_s").waiting == "x"


def test_what_an_event_sub_process_throws_is_not_caught_by_itself() -> None:
    again = [node("again", "sub", aside=True), node("again_s", "start", "again", event="escalation", name="S1")]
    again += [node("again_t", "throw", "again", event="escalation", name="S1"), node("again_e", "end", "again")]
    again[1] = replace(again[1], interrupting=False)
    throw = node("t", "throw", event="escalation", name="S1")
    drawn = diagram("p_s>t t>a a>p_e again_s>again_t again_t>again_e", *nodes("user:a"), throw, *again)

    assert Play(drawn).waiting == "a"


@pytest.mark.parametrize(("interrupting", "waiting"), [(True, "x"), (False, "a b x")])
def test_escalations_go_outwards_and_need_not_interrupt(interrupting: bool, waiting: str) -> None:
    border = node("on_o", "on", host="o", event="escalation", name=None, interrupting=interrupting)
    call = node("call", "throw", "o", event="escalation", name="S1")
    drawn = diagram(
        "p_s>o o>p_e on_o>x x>p_e o_s>f f>a f>call call>b a>o_e b>o_e",
        *nodes("sub:o user:x"), *nodes("and:f user:a user:b", "o"), call, border,
    )  # fmt: skip

    assert Play(drawn).waiting == waiting


def test_terminate_ends_its_own_level_only() -> None:
    stop = node("stop", "end", "o", event="terminate")
    drawn = diagram(
        "p_s>f f>o f>c c>p_e o>d d>p_e o_s>g g>a g>b a>stop b>o_e",
        *nodes("and:f sub:o user:c user:d"), *nodes("and:g user:a user:b", "o"), stop,
    )  # fmt: skip

    assert Play(drawn).do("a").waiting == "c d"


def undone(only: str | None = None) -> Diagram:
    parts = nodes("user:a user:b user:z")
    for name in ("a", "b"):
        parts.append(node(f"undo_{name}", "user", undoes=True))
        parts.append(node(f"on_{name}", "on", host=name, event="compensation", handler=f"undo_{name}"))
    throw = node("throw", "throw", event="compensation", name=only)
    return diagram("p_s>a a>b b>throw throw>x x>throw?more x>z! z>p_e", *parts, *nodes("xor:x")[1:2], throw)


def test_completed_steps_are_undone_newest_first_and_once() -> None:
    play = Play(undone(), more=False).do("a", "b")

    assert play.waiting == "undo_b"
    assert play.do("undo_b").waiting == "undo_a"
    assert play.do("undo_a").waiting == "z"
    assert Play(undone("a"), more=False).do("a", "b").waiting == "undo_a"
    assert Play(undone(), more=True).do("a", "b", "undo_b").do("undo_a", more=False).waiting == "z"


def many(**more: Any) -> Diagram:
    loop = Loop("list", "item", into="results", output="loopCounter", **more)
    return diagram("p_s>a a>z z>p_e", *nodes("user:z"), node("a", "user", loop=loop))


def test_once_for_each_side_by_side_until_enough_are_done() -> None:
    play = Play(many(enough=2), list=["x", "y", "z"])

    assert play.waiting == "a a a"
    first = list(playing.complete(play.state, "a"))
    assert len(first) == 3
    second = list(playing.complete(first[2], "a"))
    assert [seen(state).variables["results"] for state in second] == [[1, None, 3], [None, 2, 3]]
    assert [seen(state).waiting for state in playing.settle(second)] == [{("z", "user", ()): 1}] * 2


def test_once_for_each_in_turn() -> None:
    play = Play(many(sequential=True), list=["x", "y"])

    assert play.waiting == "a"
    assert play.do("a").waiting == "a"
    assert play.do("a").waiting == "z"
    assert play.variables["results"] == [1, 2]


def test_once_for_nobody() -> None:
    assert Play(many(), list=[]).variables["results"] == []
    assert seen(Play(many(), list="none").state).failed == {"a": 1}
    assert seen(Play(many(), list=list(range(1001))).state).failed == {"a": 1}


def test_what_an_instance_writes_stays_in_it() -> None:
    loop = Loop("list", "item", into="results", output="n")
    drawn = diagram(
        "p_s>o o>p_e o_s>t t>o_e", *nodes(""), node("o", "sub", loop=loop), *nodes("", "o"),
        node("t", "script", "o", counts="n"),
    )  # fmt: skip

    assert Play(drawn, list=[1, 2], n=5).variables == {"list": [1, 2], "n": 5, "results": [6, 6]}


@pytest.mark.parametrize(
    ("call", "left"),
    [
        (Call("q"), {"n": 6}),
        (Call("q", reads_outward=False), {"n": 1}),
        (Call("q", returns_all=False), {"n": 5}),
        (Call("q", inputs=(("n", "m"),), outputs=(("m", "k"), ("n", "l"))), {"n": 5, "k": 5, "l": 6}),
    ],
)
def test_a_called_process_keeps_its_variables_and_hands_back_what_is_said(call: Call, left: dict[str, int]) -> None:
    parts = [*nodes(""), *nodes("", "q"), node("c", "call", call=call), node("t", "script", "q", counts="n")]
    drawn = diagram("p_s>c c>p_e q_s>t t>q_e", *parts, called=("q",))

    assert Play(drawn, n=5).variables == left


def test_a_link_leads_to_the_event_of_its_name() -> None:
    ends = [node("to", "throw", event="link", name="l"), node("from", "catch", event="link", name="l")]

    assert Play(diagram("p_s>to from>a a>p_e", *nodes("user:a"), *ends)).waiting == "a"


SIDE_BY_SIDE = diagram("p_s>f f>a f>b a>j b>j j>p_e", *nodes("and:f service:a service:b and:j"))


def test_the_order_of_steps_side_by_side_is_left_open_and_of_steps_in_a_row_is_not() -> None:
    begun = playing.begin(SIDE_BY_SIDE, {})
    in_a_row = playing.begin(diagram("p_s>a a>b b>p_e", *nodes("service:a service:b")), {})

    assert playing.settle([begun.copy()], heard=["a", "b"])
    assert playing.settle([begun.copy()], heard=["b", "a"])
    assert playing.settle([in_a_row.copy()], heard=["a", "b"])
    for heard in (["b", "a"], ["a"], ["a", "b", "b"]):
        with pytest.raises(Disagreement):
            playing.settle([in_a_row.copy()], heard=heard)


def test_terminate_may_come_before_or_after_what_runs_beside_it() -> None:
    stop = node("stop", "end", event="terminate")
    begun = playing.begin(diagram("p_s>f f>a f>stop a>p_e", *nodes("and:f service:a"), stop), {})

    assert all(state.is_finished for heard in ([], ["a"]) for state in playing.settle([begun.copy()], heard=heard))
