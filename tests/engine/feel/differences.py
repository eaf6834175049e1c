"""Which of the reasons in `feelin_cases.json` explains that two answers differ."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from engine.feel import compile_expression
from tests.engine.feel.witness import ERROR

Explains = Callable[[str, Any, Any], bool]


def _of_form(
    pattern: str, *, ours: type | tuple[type, ...] = object, theirs: type | tuple[type, ...] | None = None
) -> Explains:
    """An expression of a form, with answers of these types; `type(None)` stands for null."""
    form = re.compile(pattern)
    return lambda text, our, their: (
        form.search(text) is not None
        and isinstance(our, ours)
        and (theirs is None or isinstance(their, theirs) or their == ERROR)
    )


NULL = type(None)
OF_EXPRESSIONS: dict[str, Explains] = {
    "signs_and_exponents": _of_form(r"^- -|\de\d"),
    "parity": _of_form(r"\b(even|odd)\(", ours=(NULL, list)),
    "instance_of": _of_form(r"\binstance of\b", ours=bool),
    "text_of_context": _of_form(r"^string\(", ours=str, theirs=str),
    "span_parts": _of_form(r"\)\.(days|hours|years|months)$"),
    "negated_span": _of_form(r"^(-|abs)\(", ours=str, theirs=NULL),
    "range_functions": _of_form(r"^(overlaps (before|after)|finish|during|start|coincides)", ours=bool, theirs=NULL),
    "list_equality": _of_form(r"^\[.*\] !?= \[", ours=bool, theirs=NULL),
    "repeated_key": _of_form(r"^\{(\w+): .*, \1: ", ours=NULL, theirs=dict),
    "real_dates": _of_form(r"^date\(", ours=NULL, theirs=dict),
    "whole_months": _of_form(r"^years and months duration\(", ours=str, theirs=dict),
    "path_of_keys": _of_form(r"^get value\(", theirs=NULL),
    "three_valued": _of_form(r"\bbetween\b.*\bnull$", ours=bool, theirs=NULL),
    "bounds_in_order": _of_form(r"^\[\d+\.\.\d+\]$", ours=NULL, theirs=dict),
    "named_parameters": _of_form(r"^before\(point1:", ours=bool, theirs=NULL),
    "is_never_null": _of_form(r"^is\(", ours=bool, theirs=NULL),
    "scaled_span": _of_form(r"^duration\(.*[*/]", ours=str, theirs=NULL),
    "whole_days": _of_form(r"[+-] (duration|@)", ours=str, theirs=dict),
    "projection": _of_form(r"\]\)?\.[\w ]+$", ours=list, theirs=list),
    "order_of_strings": _of_form(r"^(min|max)\(", ours=str, theirs=NULL),
    "null_has_no_elements": _of_form(r"\bin (null|不存在)$", ours=bool, theirs=NULL),
    "empty_number": _of_form(r'^number\(""\)', ours=NULL, theirs=int),
    "doubles": _of_form(r"\bmodulo\("),
    "single_value": _of_form(r"^(for|union\()", ours=list, theirs=NULL),
    "outside_the_domain": _of_form(
        r"^(sublist|remove|substring|concatenate|insert before)\(", ours=NULL, theirs=(list, str)
    ),
    "only_true": _of_form(r"^if (?!true|false)|\[item"),
    "list_contains": _of_form(r" in \[", ours=bool, theirs=bool),
    "unlike": lambda _text, ours, theirs: ours is None and isinstance(theirs, bool),
}


def reason_for(case: Mapping[str, Any], ours: Any, theirs: Any, context: Mapping[str, Any]) -> str | None:
    """The key of the reason; None when there is none."""
    if "cell" in case:
        return _reason_for_cell(case["cell"], case["tested"], theirs, context)
    return next((key for key, explains in OF_EXPRESSIONS.items() if explains(case["expression"], ours, theirs)), None)


def _reason_for_cell(cell: str, tested: Any, theirs: Any, context: Mapping[str, Any]) -> str | None:
    if theirs == ERROR and re.search(r"(^|, )-(,|$)", cell):
        return "dash_among_tests"
    if tested is None and "?" in cell:
        return "null_result"
    if isinstance(tested, list) and theirs is cell.startswith("not("):
        return "list_for_a_list"
    positive = re.sub(r"^not\((.*)\)$", r"\1", cell)
    verdict = compile_expression(f"tested in ({positive})", names={*context, "tested"}).evaluate(
        {**context, "tested": tested}
    )
    return "unlike" if verdict is None else None
