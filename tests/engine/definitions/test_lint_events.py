"""What can stand where: events, their definitions, messages, signals, conditions, links, event sub-processes."""

from collections.abc import Callable

import pytest

from engine.definitions.lint_problem import LintProblem
from tests.engine.definitions.diagrams import drawn

Found = Callable[..., list[LintProblem]]
STRAIGHT = "begin -> work -> finish / user work / "


def places(problems: list[LintProblem]) -> list[tuple[str | None, str]]:
    return [(problem.element_id, problem.severity) for problem in problems]


@pytest.mark.parametrize(
    ("code", "place", "process"),
    [
        ("start_by_event", "begin", "begin -> finish / start begin: timer P1D"),
        ("start_by_event_inside", "a", "begin -> s -> finish / sub s: /     a -> b /     start a: timer P1D"),
        ("event_start_missing", "a", "begin -> finish / whenever s: /     a -> b"),
        ("not_executed", "begin", "begin -> finish / start begin: goes on"),
        ("not_executed", "finish", "begin -> finish / end finish: out x = 1"),
        ("not_executed", "finish", "begin -> finish / end finish: type test/double"),
        ("not_executed", "late", STRAIGHT + "boundary late: on work; timer P1D; out x = 1 / late -> late_end"),
        ("must_stand_apart", "s", "begin -> s -> finish / whenever s: /     a -> b /     start a: timer P1D"),
        ("error_goes_on", "b", STRAIGHT + "boundary b: on work; error e; goes on / b -> c / error e: E1"),
        ("event_condition_missing", "wait", "begin -> wait -> finish / catch wait: condition"),
        (
            "signal_name_missing",
            "wait",
            ('begin -> wait -> finish / catch wait: signal nameless / beside <bpmn:signal id="nameless" />'),
        ),
        ("message_name_missing", "hear", "begin -> hear -> finish / catch hear: message"),
        ("sends_nothing", "tell", "begin -> tell -> finish / send tell"),
        ("sends_nothing", "tell", "begin -> tell -> finish / throw tell: message"),
        ("sends_two_things", "tell", "begin -> tell -> finish / send tell: message m; type notices/send / message m"),
        ("service_unknown", "tell", "begin -> tell -> finish / send tell: type nowhere"),
        ("output_not_plain", "hear", "begin -> hear -> finish / catch hear: message m; out x = y + 1 / message m"),
        ("link_name_missing", "there", "begin -> there / here -> finish / throw there: link / catch here: link over"),
        ("link_without_catch", "there", "begin -> there / begin -> finish / throw there: link over"),
        ("link_without_throw", "here", "begin -> finish / here -> other / catch here: link over"),
        (
            "link_caught_twice",
            "two",
            ("begin -> t / one -> a / two -> b / throw t: link x / catch one: link x / catch two: link x"),
        ),
        ("link_throw_has_outgoing", "t", "begin -> t -> a / one -> b / throw t: link x / catch one: link x"),
        ("link_catch_has_incoming", "one", "begin -> t / begin -> one -> b / throw t: link x / catch one: link x"),
        (
            "boundary_host",
            "late",
            (
                "begin -> s -> finish / task s / whenever h: /     a -> b /     start a: timer P1D / "
                "boundary late: on h; timer P1D / late -> c"
            ),
        ),
        ("boundary_host", "late", "begin -> g -> finish / and g / boundary late: on g; timer P1D / late -> c"),
    ],
)
def test_what_cannot_be_done_is_refused_by_name(found: Found, code: str, place: str, process: str) -> None:
    assert (place, "error") in places(found(code, drawn(process)))


@pytest.mark.parametrize(
    ("code", "place", "process"),
    [
        ("message_key_missing", "tell", "begin -> tell -> finish / send tell: message m / message m"),
        (
            "terminate_ends_handler",
            "b",
            ("begin -> f / whenever s: /     a -> b /     start a: timer P1D /     end b: terminate"),
        ),
    ],
)
def test_what_is_seldom_meant_is_told(found: Found, code: str, place: str, process: str) -> None:
    assert places(found(code, drawn(process))) == [(place, "warning")]


def test_a_message_with_a_key_or_by_a_service_needs_nothing_more(found: Found) -> None:
    sent = (
        "begin -> tell -> ask -> finish / send tell: message m / send ask: type notices/send / message m: = case.number"
    )

    for code in ("message_key_missing", "sends_nothing", "sends_two_things", "service_unknown"):
        assert not found(code, drawn(sent))


def test_links_and_event_sub_processes_are_ways_too(found: Found) -> None:
    linked = "begin -> there / here -> finish / throw there: link over / catch here: link over / "
    xml = drawn(linked + "whenever h: /     a -> b -> c /     start a: timer P1D /     user b")

    assert not found("unreachable", xml)
    assert not found("end_not_reachable", xml)
    assert not found("dead_end", xml)


def test_a_link_back_is_a_loop(found: Found) -> None:
    loop = "begin -> m -> g / g -> again ? = true / g -> finish ? default / back -> m / xor m / xor g / "
    xml = drawn(loop + "throw again: link round / catch back: link round")

    assert [problem.severity for problem in found("loop_without_wait", xml)] == ["warning"]


@pytest.mark.parametrize(
    ("code", "place", "process"),
    [
        ("event_gateway_target", "work", "begin -> g -> work -> finish / first g / user work"),
        (
            "event_gateway_target",
            "here",
            ("begin -> g -> here -> a / begin -> t / first g / catch here: link x / throw t: link x"),
        ),
        (
            "event_gateway_shared",
            "late",
            ("begin -> f -> g -> late -> a / f -> late / and f / first g / catch late: timer P1D"),
        ),
        (
            "event_gateway_plain_task",
            "hear",
            (
                "begin -> g -> hear -> a / first g / receive hear: message m / boundary b: on hear; timer P1D / "
                "b -> c / message m"
            ),
        ),
        (
            "event_gateway_plain_task",
            "hear",
            ("begin -> g -> hear -> a / first g / message m / receive hear: message m; each n of = [1]"),
        ),
        ("condition_ignored", "work_to_a", "begin -> work / work -> a ? = true / user work"),
        (
            "condition_ignored",
            "g_to_late",
            ("begin -> g / g -> late ? = true / late -> a / first g / catch late: timer P1D"),
        ),
        ("condition_missing", "g_to_a", "begin -> g / g -> a / g -> b ? = true / or g"),
        (
            "condition_on_default",
            "g_to_a",
            ("begin -> g / g -> a ? = true / g -> b ? = true / or g: attribute default=g_to_a"),
        ),
        ("condition_on_only_way", "g_to_a", "begin -> g / g -> a ? = true / or g"),
        (
            "flow_twice",
            "again",
            ('begin -> f -> j -> a / and f / and j / <bpmn:sequenceFlow id="again" sourceRef="f" targetRef="j" />'),
        ),
    ],
)
def test_gateways_are_followed_by_what_they_can_choose_from(found: Found, code: str, place: str, process: str) -> None:
    assert (place, "error") in places(found(code, drawn(process)))


def test_ways_of_an_inclusive_gateway_meet_in_one(found: Found) -> None:
    split = "begin -> f / f -> a ? = true / f -> b ? default / or f / user a / user b / "
    merged = split + "a -> m / b -> m -> c -> finish / xor m / user c"

    assert places(found("runs_more_than_once", drawn(merged))) == [("m", "warning")]
    assert not found("runs_more_than_once", drawn(merged.replace("xor m", "or m")))


@pytest.mark.parametrize(
    ("event", "codes"),
    [
        ("boundary b: on work; timer cycle R3/PT10M; goes on", set()),
        ("boundary b: on work; timer cycle R/P1D; goes on", set()),
        ('boundary b: on work; timer cycle = "R3/" + "PT10M"; goes on', set()),
        ("boundary b: on work; timer cycle R3/PT10M", {"timer_cycle"}),
        ("boundary b: on work; timer cycle R0/PT10M; goes on", {"timer_cycle_unreadable"}),
        ("boundary b: on work; timer cycle PT10M; goes on", {"timer_cycle_unreadable"}),
        ("boundary b: on work; timer cycle R3/PT1S; goes on", {"timer_bounds"}),
        ("boundary b: on work; timer cycle R3/2027-01-01/P1D; goes on", {"timer_unreadable"}),
        (
            "boundary b: on work; timer cycle R/P1D; goes on; property clock filing",
            {"timer_cycle_of_clock", "clock_unknown"},
        ),
    ],
)
def test_timers_repeat_only_beside_the_way(checked: Callable[..., object], event: str, codes: set[str]) -> None:
    report = checked(drawn(STRAIGHT + event + " / b -> c"))

    assert {problem.code for problem in report.problems if problem.severity == "error"} == codes  # type: ignore[attr-defined]
