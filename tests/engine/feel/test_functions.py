"""Each built-in function by table: its examples, its parameter names, null and wrong kinds in every place."""

import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from engine.feel import FeelEvaluationError, compile_expression, to_json
from engine.feel.builtins import BUILT_INS
from engine.feel.compiler import build
from engine.feel.limits import Run
from engine.feel.scope import Scope
from engine.feel.signatures import Signature
from engine.feel.syntax import Call, ListLiteral, Literal, Name, Node
from tests.engine.feel.cases import CLOCK, is_same, value

TABLE: dict[str, dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "functions.yml").read_text("utf-8"))
ODD_ONE = object()  # of a kind that no function takes
TELLS_NULL = {"is defined", "get or else", "assert"}  # their first parameter is the question


def _examples(*groups: str) -> Iterator[tuple[str, str, Any]]:
    for name, row in TABLE.items():
        for group in groups:
            for line in row[group].splitlines():
                expression, _, result = line.partition(" → ")
                yield name, expression, json.loads(result, parse_float=Decimal)


def _calls() -> Iterator[tuple[str, str, Call]]:
    """The usual examples that are one call with positional arguments."""
    for name, expression, _ in _examples("usual"):
        tree = compile_expression(expression).tree
        if isinstance(tree, Call) and isinstance(tree.function, Name) and tree.function.name == name:
            yield name, expression, tree


EXAMPLES = list(_examples("usual", "edge"))
CALLS = list(_calls())


def _run(tree: Node, **names: Any) -> Any:
    context = {**CLOCK, **names}
    return build(tree)(Scope(context, None, Run(context)))


def _fitting(name: str, call: Call) -> list[Signature]:
    """The signatures that take such a call, none that takes any number of arguments."""
    return [s for s in BUILT_INS[name].signatures if not s.open_ended and s.takes(len(call.arguments), None)]


def test_the_table_has_every_function() -> None:
    assert TABLE.keys() == BUILT_INS.keys()
    assert {name for name, _, _ in CALLS} >= TABLE.keys() - {"exp", "log"}


@pytest.mark.parametrize(("name", "expression", "wanted"), EXAMPLES, ids=lambda found: str(found)[:60])
def test_a_function_gives_what_the_standard_says(name: str, expression: str, wanted: Any) -> None:
    assert is_same(value(expression), wanted), value(expression)


@pytest.mark.parametrize("name", [name for name, row in TABLE.items() if row["clause"] != "added"])
def test_the_parameters_have_the_names_of_the_standard(name: str) -> None:
    usages = BUILT_INS[name].usages()
    ours = {usage.removeprefix(name)[1:-1].replace("?", "") for usage in usages}

    assert set(TABLE[name]["parameters"]) <= ours | {names.rpartition(", ")[0] for names in ours}


@pytest.mark.parametrize(("name", "expression", "call"), CALLS, ids=[expression for _, expression, _ in CALLS])
def test_arguments_may_be_given_by_name_in_any_order(name: str, expression: str, call: Call) -> None:
    by_position = to_json(_run(call))

    for signature in _fitting(name, call):
        names = tuple(parameter.name for parameter in signature.parameters)[: len(call.arguments)]
        turn = 1 if {"point", "range"} == set(names) else -1  # of these two the order tells the meaning
        by_name = replace(call, arguments=call.arguments[::turn], names=names[::turn])
        if names and to_json(_run(by_name)) == by_position:
            return
    only_by_position = not call.arguments or not _fitting(name, call)
    assert only_by_position, expression


@pytest.mark.parametrize(("name", "expression", "call"), CALLS, ids=[expression for _, expression, _ in CALLS])
def test_null_and_values_of_another_kind_give_null_where_they_do_not_fit(
    name: str, expression: str, call: Call
) -> None:
    for place in range(len(call.arguments)):
        parameters = [signature.parameters[place] for signature in _fitting(name, call)]
        for wrong, kind in ((Literal(position=0, value=None), "null"), (Name(position=0, name="ODD"), "unknown")):
            takes_it = any(not parameter.kinds or kind in parameter.kinds for parameter in parameters)
            takes_lists = any("list" in parameter.kinds for parameter in parameters) and kind != "null"
            if not parameters or takes_it or takes_lists:
                continue
            arguments = (*call.arguments[:place], wrong, *call.arguments[place + 1 :])
            assert _run(replace(call, arguments=arguments), ODD=ODD_ONE) is None, (expression, place, kind)


@pytest.mark.parametrize(("name", "expression", "call"), CALLS, ids=[expression for _, expression, _ in CALLS])
def test_a_list_of_one_stands_for_its_element(name: str, expression: str, call: Call) -> None:
    plain = to_json(_run(call))
    for place, argument in enumerate(call.arguments):
        parameters = [signature.parameters[place] for signature in _fitting(name, call)]
        if parameters and all(parameter.kinds and "list" not in parameter.kinds for parameter in parameters):
            wrapped = ListLiteral(position=0, items=(argument,))
            arguments = (*call.arguments[:place], wrapped, *call.arguments[place + 1 :])
            assert to_json(_run(replace(call, arguments=arguments))) == plain, (expression, place)


@pytest.mark.parametrize("name", BUILT_INS)
def test_a_wrong_number_or_name_of_arguments_gives_null_and_is_found_beforehand(name: str) -> None:
    for arguments in ("x: 1", ", ".join("1" * 9)):
        is_open_ended = any(signature.open_ended for signature in BUILT_INS[name].signatures)
        if is_open_ended and arguments != "x: 1":
            continue
        compiled = compile_expression(f"{name}({arguments})")
        assert [mistake.reason for mistake in compiled.mistakes(())] == ["wrong_arguments"]
        assert compiled.evaluate(CLOCK) is None


def test_a_result_that_is_too_large_is_an_error_not_null() -> None:
    with pytest.raises(FeelEvaluationError):
        compile_expression("exp(99999)").evaluate({})
