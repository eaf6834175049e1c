"""Each construct in a process that is sound and in one that is not; the classic mistakes with the way to them."""

import pytest

from engine.definitions.process import Called, Element, Flow, Loop, Process
from engine.definitions.soundness import Proof, prove, with_fixes
from engine.definitions.soundness.exploring import Budget


def process(key: str, elements: list[Element], *ways: str) -> Process:
    """`ways` are written `a>b>c`."""
    pairs = [pair for way in ways for pair in zip(way.split(">"), way.split(">")[1:], strict=False)]
    flows = tuple(Flow(f"{a}_{b}", a, b) for a, b in dict.fromkeys(pairs))
    return Process(key, key, elements={e.id: e for e in elements}, flows=flows)


def el(id_: str, kind: str, parent: str = "p", **more: object) -> Element:
    return Element(id_, kind, parent=parent, **more)  # type: ignore[arg-type]


def kinds(parent: str = "p", **named: str) -> list[Element]:
    full = {"x": "exclusiveGateway", "a": "parallelGateway", "o": "inclusiveGateway", "e": "eventBasedGateway",
            "u": "userTask", "s": "startEvent", "end": "endEvent", "c": "intermediateCatchEvent"}  # fmt: skip
    return [el(id_, full[kind], parent) for id_, kind in named.items()]


def proof(elements: list[Element], *ways: str, called: tuple[Process, ...] = ()) -> Proof:
    main = process("p", elements, *ways)
    processes = {one.key: one for one in (main, *called)}
    return with_fixes(prove(main, processes), main, processes)


def said(found: Proof) -> list[tuple[str, str]]:
    return [(one.property, one.element) for one in found.findings]


DIAMOND = ("s>split>one>join>z", "split>two>join")


def diamond(split: str, join: str) -> Proof:
    return proof(kinds(s="s", split=split, one="u", two="u", join=join, z="end"), *DIAMOND)


@pytest.mark.parametrize(("split", "join"), ["xx", "aa", "oo", "ao", "xo"])
def test_gateways_that_match(split: str, join: str) -> None:
    assert diamond(split, join) == Proof("sound", (), diamond(split, join).states)


def test_an_exclusive_split_into_a_parallel_join_waits_for_ever() -> None:
    found = diamond("x", "a")

    (finding,) = found.findings
    assert found.verdict == "unsound"
    assert (finding.property, finding.element) == ("option_to_complete", "join")
    assert [step.element for step in finding.steps] == ["s", "split", "one"]
    assert finding.steps[-1].tokens == {"one_join": 1}
    assert {(fix.element, fix.to) for fix in finding.fixes} >= {("join", "exclusiveGateway")}


def test_an_inclusive_split_into_a_parallel_join_waits_for_what_was_not_chosen() -> None:
    assert said(diamond("o", "a")) == [("option_to_complete", "join")]


def test_a_parallel_split_into_an_exclusive_merge_goes_on_twice() -> None:
    elements = kinds(s="s", split="a", one="u", two="u", merge="x", after="u", z="end")
    found = proof(elements, "s>split>one>merge>after>z", "split>two>merge")

    (finding,) = found.findings
    assert (finding.property, finding.element, finding.is_certain) == ("safe", "merge", True)
    assert finding.steps[-1].tokens == {"after": 2}
    assert ("merge", "parallelGateway") in {(fix.element, fix.to) for fix in finding.fixes}


def test_two_inclusive_ways_in_one_merge_may_never_be_taken_together() -> None:
    elements = kinds(s="s", split="o", one="u", two="u", merge="x", after="u", z="end")
    found = proof(elements, "s>split>one>merge>after>z", "split>two>merge")

    assert found.verdict == "sound"
    assert [(one.property, one.is_certain) for one in found.findings] == [("safe", False)]


def test_a_way_out_of_a_parallel_part_leaves_the_others_behind() -> None:
    elements = kinds(s="s", split="a", one="u", two="u", leave="x", early="end", join="a", z="end")
    found = proof(elements, "s>split>one>join>z", "split>two>leave>join", "leave>early")

    assert said(found) == [("proper_completion", "join")]


def test_a_loop_with_and_without_exit() -> None:
    elements = kinds(s="s", again="x", work="u", asked="x", z="end")

    assert proof(elements, "s>again>work>asked>z", "asked>again").verdict == "sound"
    assert proof(elements, "s>again>work>asked>again").verdict == "unsound"


def test_a_loop_that_splits_each_time_is_stopped_at_the_second_token() -> None:
    elements = kinds(s="s", again="x", split="a", work="u", z="end")

    assert said(proof(elements, "s>again>split>work>z", "split>again"))[0][0] in ("safe", "option_to_complete")


def test_event_gateway() -> None:
    elements = kinds(s="s", which="e", early="c", late="c", z="end", join="a", merge="x")

    assert proof(elements[:-2], "s>which>early>z", "which>late>z").verdict == "sound"
    stuck = proof([*elements[:-1]], "s>which>early>join>z", "which>late>join")
    assert said(stuck) == [("option_to_complete", "join")]


@pytest.mark.parametrize(("interrupting", "join", "verdict"), [(True, "x", "sound"), (True, "a", "unsound")])
def test_a_boundary_event_is_a_choice(interrupting: bool, join: str, verdict: str) -> None:
    elements = kinds(s="s", work="u", late="u", join=join, z="end")
    clock = el("clock", "boundaryEvent", attached_to="work", event="timer", interrupting=interrupting)

    assert proof([*elements, clock], "s>work>join>z", "clock>late>join").verdict == verdict


def test_an_event_beside_the_way_that_ends_by_itself() -> None:
    clock = el("clock", "boundaryEvent", attached_to="work", event="timer", interrupting=False)
    elements = [*kinds(s="s", work="u", remind="u", z="end", y="end"), clock]

    assert proof(elements, "s>work>z", "clock>remind>y").verdict == "sound"
    assert said(proof([*elements, *kinds(j="a")], "s>work>z", "clock>remind>j>y", "j>j")) == [
        ("option_to_complete", "j")
    ]


def inner_deadlock() -> list[Element]:
    return [*kinds("sub", s2="s", split="x", one="u", two="u", join="a", z2="end")]


INSIDE = ("s2>split>one>join>z2", "split>two>join")


def test_a_sub_process_is_proven_inside_and_the_way_begins_outside() -> None:
    elements = [*kinds(s="s", z="end"), el("sub", "subProcess"), *inner_deadlock()]
    found = proof(elements, "s>sub>z", *INSIDE)

    (finding,) = found.findings
    assert finding.level == "sub"
    assert [step.element for step in finding.steps] == ["s", "s2", "split", "one"]
    assert finding.steps[-1].tokens == {"sub": 1, "one_join": 1}


def test_what_a_clock_outside_breaks_off_needs_no_end_of_its_own() -> None:
    clock = el("clock", "boundaryEvent", attached_to="sub", event="timer")
    elements = [*kinds(s="s", z="end"), el("sub", "subProcess"), clock, *kinds("sub", s2="s", again="x", work="u")]

    assert proof(elements, "s>sub>z", "clock>z", "s2>again>work>again").verdict == "sound"
    assert proof([e for e in elements if e is not clock], "s>sub>z", "s2>again>work>again").verdict == "unsound"


def test_an_error_inside_takes_the_way_of_its_boundary_event() -> None:
    fails = el("fails", "endEvent", "sub", event="error", error_code="E")
    caught = el("caught", "boundaryEvent", attached_to="sub", event="error", error_code="E")
    elements = [*kinds(s="s", z="end", repair="u"), el("sub", "subProcess"), fails, caught, *kinds("sub", s2="s")]

    found = proof([*elements, *kinds(after="u")], "s>sub>after>z", "caught>repair>z", "s2>fails")
    assert said(found) == [("no_dead_element", "after")]


def test_terminate_takes_the_others_with_it() -> None:
    stop = el("stop", "endEvent", event="terminate")
    elements = [*kinds(s="s", split="a", one="u", two="u", join="a", z="end", x="x"), stop]

    assert proof(elements, "s>split>one>x>join>z", "split>two>join", "x>stop").verdict == "sound"


def test_an_interrupting_event_sub_process_rescues_a_standstill() -> None:
    body = el("body", "subProcess", triggered_by_event=True)
    heard = el("heard", "startEvent", "body", event="message")
    ways = (*DIAMOND, "heard>z2")
    elements = kinds(s="s", split="x", one="u", two="u", join="a", z="end")

    assert "no_dead_element" in dict(said(proof([*elements, body, heard, *kinds("body", z2="end")], *ways)))
    beside = el("heard", "startEvent", "body", event="message", interrupting=False)
    assert said(proof([*elements, body, beside, *kinds("body", z2="end")], *ways)) == [("option_to_complete", "join")]


def test_two_that_only_pass_by_before_everything_ends_are_not_done_twice() -> None:
    stop = el("stop", "endEvent", event="terminate")
    elements = [*kinds(s="s", first="u", split="a", x="x", y="x", one="u", z="end")]
    ways = ("s>first>split>x>one>z", "split>y>one")

    assert said(proof(elements, *ways)) == [("safe", "one")]
    assert "safe" not in dict(said(proof([*elements, stop], *ways, "split>stop")))


def test_two_that_meet_in_an_end_do_no_harm() -> None:
    assert (
        said(proof(kinds(s="s", split="a", x="x", y="x", merge="x", z="end"), "s>split>x>merge>z", "split>y>merge"))
        == []
    )


@pytest.mark.parametrize(("inside", "found"), [(["s2>z2"], []), (["s2>work>z2"], [("safe", "merge")])])
def test_what_is_over_at_once_is_never_interrupted(inside: list[str], found: list[tuple[str, str]]) -> None:
    clock = el("clock", "boundaryEvent", attached_to="sub", event="timer", interrupting=False)
    elements = [*kinds(s="s", merge="x", after="u", z="end"), el("sub", "subProcess"), clock]
    inner = kinds("sub", s2="s", z2="end", **({"work": "u"} if "work" in inside[0] else {}))

    assert said(proof([*elements, *inner], "s>sub>merge>after>z", "clock>merge", *inside)) == found


def test_the_way_to_what_goes_wrong_beside_a_level_begins_with_the_level() -> None:
    body = el("body", "subProcess", triggered_by_event=True)
    heard = el("heard", "startEvent", "body", event="message", interrupting=False)
    inner = kinds("body", split="x", one="u", two="u", join="a", z2="end")
    ways = ("heard>split>one>join>z2", "split>two>join")
    found = proof([*kinds(s="s", work="u", z="end"), body, heard, *inner], "s>work>z", *ways)

    (finding,) = found.findings
    assert [(step.element, step.tokens) for step in finding.steps[:3]] == [
        ("s", {"work": 1}),
        ("heard", {"work": 1, "body": 1}),
        ("heard", {"work": 1, "body": 1, "split": 1}),
    ]


def test_of_a_loop_without_exit_the_place_is_shown_where_somebody_waits() -> None:
    (finding,) = proof(kinds(s="s", again="x", work="u", asked="x"), "s>again>work>asked>again").findings

    assert (finding.element, finding.stuck, finding.steps[-1].tokens) == ("work", ("work",), {"work": 1})


def test_a_list_may_be_empty_but_what_is_inside_is_proven() -> None:
    many = el("sub", "subProcess", loop=Loop("= list"))

    assert said(proof([*kinds(s="s", z="end"), many, *inner_deadlock()], "s>sub>z", *INSIDE)) == [
        ("option_to_complete", "join")
    ]


def test_called_diagrams_are_proven_with_the_one_that_calls() -> None:
    called = process("q", kinds("q", s2="s", split="x", one="u", two="u", join="a", z2="end"), *INSIDE)
    call = el("call", "callActivity", called=Called("q"))

    found = proof([*kinds(s="s", z="end"), call], "s>call>z", called=(called,))
    assert [(one.level, one.element) for one in found.findings] == [("q", "join")]


def test_more_than_may_be_looked_at_is_not_proven() -> None:
    names = [f"t{n}" for n in range(14)]
    main = process(
        "p",
        [*kinds(s="s", split="a", join="a", z="end"), *[el(name, "userTask") for name in names]],
        "s>split",
        "join>z",
        *[f"split>{name}>join" for name in names],
    )

    assert prove(main, {"p": main}, Budget(states=2_000)).verdict == "not_proven"
