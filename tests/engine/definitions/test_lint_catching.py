"""Errors, escalations and compensation: what is thrown is caught, what is caught can be thrown, and handlers run."""

from collections.abc import Callable

import pytest

from engine.definitions.lint_problem import LintProblem
from tests.engine.definitions.diagrams import drawn

Found = Callable[..., list[LintProblem]]
FAIL = "sub s: /     a -> work -> fail /     user work /     end fail: error e / "
RAISE = "sub s: /     a -> raise -> z /     throw raise: escalation x / "
UNDONE = "boundary undone: on book; compensate / script undo: does = {n: 0}; for compensation / line undone -> undo / "
OFFERED = 'user ask: offered = ["lawyer1"]'
BOOK = "script book: does = {n: 1} / " + UNDONE

THROWN = "begin -> book -> t -> y / throw t: compensate"
WATCHED = "begin -> book -> t -> y / task book / boundary u: on book; compensate"


def places(problems: list[LintProblem]) -> list[tuple[str | None, str]]:
    return [(problem.element_id, problem.severity) for problem in problems]


@pytest.mark.parametrize(
    ("codes", "process"),
    [
        ([], FAIL + "begin -> s -> finish / boundary b: on s; error e / b -> c / error e: E1"),
        ([], FAIL + "begin -> s -> finish / boundary b: on s; error / b -> c / error e: E1"),
        ([], FAIL + "begin -> s -> finish / whenever h: /     h1 -> h2 /     start h1: error e / error e: E1"),
        (["error_not_caught"], FAIL + "begin -> s -> finish / error e: E1"),
        (
            ["error_not_caught", "error_never_thrown"],
            "begin -> z / whenever h: /     h1 -> h2 /     start h1: error e /     end h2: error e / error e: E1",
        ),
        (
            ["error_not_caught", "error_never_thrown"],
            FAIL + "begin -> s -> finish / boundary b: on s; error other / b -> c / error e: E1 / error other: E2",
        ),
        (["error_not_caught"], "begin -> fail / end fail: error e / error e: E1"),
        ([], "begin -> ask -> z / service ask: type notices/send / boundary b: on ask; error e / b -> c / error e: E1"),
        (["error_never_thrown"], "begin -> ask -> z / user ask / boundary b: on ask; error e / b -> c / error e: E1"),
        (["decline_not_caught"], f"begin -> ask -> z / {OFFERED}"),
        (
            ["decline_not_caught", "error_never_thrown"],
            f"begin -> ask -> z / {OFFERED} / boundary b: on ask; error e / b -> c / error e: E1",
        ),
        ([], f"begin -> ask -> z / {OFFERED} / boundary b: on ask; error e / b -> c / error e: everybody_declined"),
        ([], f"begin -> ask -> z / {OFFERED} / whenever h: /     h1 -> h2 /     start h1: error"),
        ([], RAISE + "begin -> s -> finish / boundary b: on s; escalation x; goes on / b -> c / escalation x: X"),
        (["escalation_not_caught"], RAISE + "begin -> s -> finish / escalation x: X"),
        (
            ["escalation_never_thrown"],
            (
                "begin -> ask -> z / service ask: type notices/send / boundary b: on ask; escalation x / b -> c / "
                "escalation x: X"
            ),
        ),
    ],
)
def test_throwing_and_catching_belong_together(found: Found, codes: list[str], process: str) -> None:
    told = (
        "decline_not_caught",
        "error_not_caught",
        "error_never_thrown",
        "escalation_not_caught",
        "escalation_never_thrown",
    )

    assert [code for code in told if found(code, drawn(process))] == codes
    assert {severity for code in told for _, severity in places(found(code, drawn(process)))} <= {"warning"}


@pytest.mark.parametrize(("kind", "code"), [("error", "error_code_missing"), ("escalation", "escalation_code_missing")])
def test_what_is_thrown_has_a_code(found: Found, kind: str, code: str) -> None:
    process = f"begin -> thrown / end thrown: {kind} e / "

    assert places(found(code, drawn(process + f"{kind} e"))) == [("thrown", "error")]
    assert places(found(code, drawn(process.replace(f"{kind} e", kind)))) == [("thrown", "error")]
    assert not found(code, drawn(process + f"{kind} e: E1"))


@pytest.mark.parametrize("kind", ["error", "escalation"])
def test_a_named_catch_without_code_is_told_that_it_catches_everything(found: Found, kind: str) -> None:
    process = f"{FAIL}begin -> s -> finish / boundary b: on s; {kind} any / b -> c / error e: E1 / {kind} any"

    assert places(found("caught_without_code", drawn(process))) == [("b", "warning")]
    assert not found("caught_without_code", drawn(process + ": E2"))
    assert not found("caught_without_code", drawn(process.replace(f"{kind} any / b", f"{kind} / b")))


def test_an_error_of_a_called_diagram_is_caught_at_the_call(found: Found) -> None:
    called = drawn("other_begin -> fail / end fail: error e / error e: E1").replace(b'id="p"', b'id="other"')
    main = "begin -> part -> finish / call part: calls other / "

    assert places(found("error_not_caught", drawn(main), {"o.bpmn": called})) == [("fail", "warning")]
    caught = drawn(main + "boundary b: on part; error mine / b -> c / error mine: E1")
    assert not found("error_not_caught", caught, {"o.bpmn": called})
    assert not found("error_never_thrown", caught, {"o.bpmn": called})


@pytest.mark.parametrize("throw", ["throw t: compensate", "throw t: compensate book"])
def test_a_handler_that_something_calls_is_fine(found: Found, throw: str) -> None:
    xml = drawn("begin -> book -> t -> finish / " + BOOK + throw)

    for code in ("handler_missing", "handler_not_called", "compensation_never_thrown", "unreachable", "dead_end"):
        assert not found(code, xml)


@pytest.mark.parametrize(
    ("code", "place", "process"),
    [
        ("compensation_never_thrown", "undone", "begin -> book -> finish / " + BOOK),
        ("compensation_of_nothing", "t", "begin -> t -> finish / throw t: compensate"),
        ("compensation_without_handler", "t", "begin -> t -> z -> y / task z / throw t: compensate z"),
        (
            "compensation_elsewhere",
            "t",
            "begin -> s -> t -> y / sub s: /     a -> inner -> b /     task inner / throw t: compensate inner",
        ),
        (
            "compensation_never_thrown",
            "u",
            ("begin -> s -> t -> y / throw t: compensate / sub s: /     a -> in -> b /     task in / "
            "    boundary u: on in; compensate /     task undo: for compensation /     line u -> undo"),
        ),
        ("handler_missing", "u", f"{WATCHED} / throw t: compensate"),
        (
            "handler_missing",
            "u",
            f"{WATCHED} / throw t: compensate / line u -> t",
        ),
        ("handler_not_called", "undo", "begin -> finish / task undo: for compensation"),
        ("must_stand_apart", "undo", "begin -> undo -> finish / task undo: for compensation"),
        ("compensation_has_outgoing", "undone", f"{THROWN} / undone -> z / {BOOK}"),
        (
            "boundary_host",
            "late",
            f"{THROWN} / boundary late: on undo; timer P1D / late -> z / {BOOK}",
        ),
    ],
)  # fmt: skip
def test_compensation_that_could_not_happen_is_refused(found: Found, code: str, place: str, process: str) -> None:
    assert (place, "error") in places(found(code, drawn(process)))
