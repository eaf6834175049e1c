"""Multi-instance, called diagrams, what people may start: nothing is lost, every name is known where it is used."""

from collections.abc import Callable

import pytest

from engine.definitions.lint_problem import LintProblem
from tests.engine.definitions.diagrams import drawn, form_file

Found = Callable[..., list[LintProblem]]
OPINION = {"forms/opinion.form": form_file("opinion", "opinion")}


def places(problems: list[LintProblem]) -> list[tuple[str | None, str]]:
    return [(problem.element_id, problem.severity) for problem in problems]


def called(text: str) -> dict[str, bytes]:
    return {"other.bpmn": drawn(text).replace(b'id="p"', b'id="other"').replace(PROPERTIES, b"")}


PROPERTIES = drawn("a -> b").partition(b"<bpmn:extensionElements>")[2].partition(b"</zeebe:properties>")[0]
PROPERTIES = PROPERTIES.removeprefix(b"<zeebe:properties>")

LOOP = "begin -> x -> w -> z / script x: does = {y: 1}; each n of = [1]"
CATCH = "begin -> x -> z / service x: type notices/send / boundary b: on x; error; out y"


@pytest.mark.parametrize(
    ("code", "severity", "process"),
    [
        ("loop_misplaced", "error", "begin -> x -> z / task x: each n of = [1]"),
        ("collection_missing", "error", "begin -> x -> z / user x: raw <bpmn:multiInstanceLoopCharacteristics />"),
        ("property_misplaced", "error", "begin -> x -> z / user x: property instance_label = 1"),
        ("property_misplaced", "error", "begin -> x -> z / user x: property offered_when = true"),
        ("property_misplaced", "error", "begin -> x -> z / service x: type notices/send; property may_cosign false"),
        ("return_property_unknown", "error", "begin -> x -> z / user x: property may_cosign perhaps"),
        ("instance_answers_lost", "warning", "begin -> x -> z / user x: form opinion; each n of = [1]"),
        ("instance_answers_lost", "warning", "begin -> x -> z / script x: does = {y: 1}; each n of = [1]"),
        (
            "instance_answers_lost",
            "warning",
            "begin -> x -> z / sub x: each n of = [1] /     a -> b -> c /     user b: form opinion",
        ),
    ],
)
def test_instances_say_over_what_they_go_and_what_they_leave(
    found: Found, code: str, severity: str, process: str
) -> None:
    assert places(found(code, drawn(process), OPINION)) == [("x", severity)]


def test_a_gathered_answer_is_not_lost(found: Found) -> None:
    process = "begin -> x -> z / user x: form opinion; each n of = [1] into all = opinion"

    assert not found("instance_answers_lost", drawn(process), OPINION)
    half = drawn(process).replace(b' outputElement="= opinion"', b"")
    assert places(found("output_element_missing", half, OPINION)) == [("x", "error")]
    other_half = drawn(process).replace(b' outputCollection="all"', b"")
    assert places(found("output_collection_missing", other_half, OPINION)) == [("x", "error")]


@pytest.mark.parametrize(
    ("unknown", "process"),
    [
        (set(), "begin -> x -> z / script x: does = {y: n + loopCounter}; each n of = [1] into all = y"),
        (set(), "begin -> x -> z / user x: each n of = [1] into all = n until = numberOfInstances > count(all)"),
        ({"loopCounter"}, "begin -> x -> z / script x: does = {y: loopCounter}"),
        ({"n"}, "begin -> x -> w -> z / user x: each n of = [1] / script w: does = {y: n}"),
        ({"y"}, f"{LOOP} / script w: does = {{v: y}}"),
        (set(), f"{LOOP} into all = y / script w: does = {{v: all}}"),
        ({"n"}, "begin -> x -> z / user x: each n of = n"),
        ({"n"}, "begin -> x -> z / user x: each n of = [1] until = n > 1"),
        ({"nobody"}, "begin -> wait -> z / catch wait: condition = nobody > 1"),
        ({"errorCode"}, "begin -> x -> z / script x: does = {y: errorCode}"),
        (set(), f"{CATCH} = errorCode / b -> c"),
        ({"errorText"}, f"{CATCH} = errorText / b -> c"),
        ({"who"}, "begin -> x -> z / user x: property clock_start = who"),
        (set(), "begin -> x -> z / sub x: each n of = [1] /     a -> b -> c /     user b: property clock_start = n"),
    ],
)  # fmt: skip
def test_names_are_known_where_they_exist(found: Found, unknown: set[str], process: str) -> None:
    assert {problem.params["unknown"] for problem in found("unknown_name", drawn(process))} == unknown


@pytest.mark.parametrize(
    ("unknown", "call", "inside", "read"),
    [
        (set(), "call part: calls other", "script s: does = {y: x}", "y"),
        ({"x"}, "call part: calls other parent", "script s: does = {y: x}", "y"),
        (set(), "call part: calls other parent; in x = 1", "script s: does = {y: x}", "x"),
        (set(), "call part: calls other; out y = z", "script s: does = {z: 1}", "y"),
        ({"y"}, "call part: calls other; out v = z", "script s: does = {z: 1, y: 2}", "y"),
        ({"y"}, "call part: calls other child", "script s: does = {y: 1}", "y"),
    ],
)
def test_a_called_diagram_sees_and_leaves_what_the_call_says(
    found: Found, unknown: set[str], call: str, inside: str, read: str
) -> None:
    ways = "begin -> one -> part -> two -> finish / script one: does = {x: 1} / "
    main = drawn(f"{ways}{call} / script two: does = {{w: {read}}}")

    files = called(f"other_begin -> s -> other_end / {inside}")

    assert {problem.params["unknown"] for problem in found("unknown_name", main, files)} == unknown


CALL = "begin -> part -> finish / call part: calls other"


@pytest.mark.parametrize(
    ("code", "place", "main", "other"),
    [
        ("called_missing", "part", "begin -> part -> finish / callActivity part", None),
        ("called_unknown", "part", CALL, None),
        ("called_in_circle", "again", CALL, "o1 -> again -> o2 / call again: calls other"),
        ("called_in_circle", "back", CALL, "o1 -> back -> o2 / call back: calls p"),
        ("called_start_form", "o1", CALL, "o1 -> o2 / start o1: form opinion"),
        ("start_by_event", "o1", CALL, "o1 -> o2 / start o1: timer P1D"),
        ("id_in_two_diagrams", "begin", CALL, "begin -> o2"),
        ("main_diagram_count", "p", "begin -> finish", "o1 -> o2"),
    ],
)
def test_diagrams_that_call_each_other_fit(found: Found, code: str, place: str, main: str, other: str | None) -> None:
    files = called(other) if other else {}

    assert (place, "error") in places(found(code, drawn(main), files | OPINION))


def test_what_belongs_to_the_case_stands_in_the_main_diagram(found: Found) -> None:
    other = {"other.bpmn": drawn("o1 -> o2").replace(b'id="p"', b'id="other"')}

    told = found("called_property", drawn(CALL), other)

    assert {problem.params["property"] for problem in told} == {"number_prefix", "starter_groups", "oversight_groups"}
    assert {problem.path for problem in told} == {"other.bpmn"}
    assert not found("no_stages", drawn(CALL), other)[1:]


WORK = "begin -> work -> finish / user work / b -> c / message m"
OFFER = "boundary b: on work; message m; form opinion; groups union; goes on"


@pytest.mark.parametrize(
    ("code", "severity", "process"),
    [
        ("offer_without_form", "error", f"{WORK} / boundary b: on work; message m; groups union"),
        ("offer_without_message", "error", f"{WORK} / boundary b: on work; timer P1D; form opinion; groups union"),
        ("form_unknown", "error", f"{WORK} / {OFFER.replace('opinion', 'nothing')}"),
        ("candidates_missing", "error", f"{WORK} / boundary b: on work; message m; form opinion; goes on"),
        ("group_unknown", "error", f"{WORK} / {OFFER.replace('union', 'nobody')}"),
        ("offer_with_key", "warning", f"{WORK}: = case.number / {OFFER}"),
    ],
)
def test_what_people_may_start_has_a_form_and_groups(found: Found, code: str, severity: str, process: str) -> None:
    assert ("b", severity) in places(found(code, drawn(process), OPINION))


def test_a_form_in_the_way_is_a_user_task(found: Found) -> None:
    process = "begin -> b -> finish / catch b: message m; form opinion; groups union / message m"

    assert places(found("offer_in_the_way", drawn(process), OPINION)) == [("b", "error")]
    behind = process.replace("begin -> b -> finish", "begin -> g -> b -> finish / first g")
    assert not found("offer_in_the_way", drawn(behind), OPINION)


def test_a_good_offer_is_taken(found: Found) -> None:
    codes = ("offer_without_form", "offer_without_message", "offer_in_the_way", "offer_with_key", "form_unknown")

    for code in (*codes, "candidates_missing", "message_name_missing", "unreachable", "not_executed"):
        assert not found(code, drawn(f"{WORK} / {OFFER}"), OPINION)


def test_the_condition_of_an_offer_may_name_who_looks(found: Found) -> None:
    condition = "本人.username = other"
    process = drawn(f"{WORK} / {OFFER}; property offered_when = {condition}")

    assert {problem.params["unknown"] for problem in found("unknown_name", process, OPINION)} == {"other"}
    assert places(found("feel_syntax", drawn(f"{WORK} / {OFFER}; property offered_when = 1 +"), OPINION)) == [
        ("b", "error")
    ]


def test_a_manual_task_is_for_somebody(found: Found) -> None:
    assert places(found("candidates_missing", drawn("begin -> m -> finish / manual m"))) == [("m", "error")]
    assert not found("candidates_missing", drawn("begin -> m -> finish / manual m: groups union"))
