"""The pages of docs/reference/ about FEEL: its functions, and where it differs from @bpmn-io/feelin."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

_CASES = Path("tests") / "engine" / "feel" / "feelin_cases.json"
_FUNCTIONS = Path("tests") / "engine" / "feel" / "functions.yml"
_CHAPTERS = {
    "10.3.4.1": "Conversion",
    "10.3.4.2": "Logic",
    "10.3.4.3": "Strings",
    "10.3.4.4": "Lists",
    "10.3.4.5": "Numbers",
    "10.3.4.6": "Identity",
    "10.3.4.7": "Ranges",
    "10.3.4.8": "Calendar",
    "10.3.4.9": "Order",
    "10.3.4.10": "Contexts",
    "10.3.4.11": "Clock",
    "added": "Added to the standard",
}
_RIGHT = {"ours": "ours", "feelin": "the other", "both": "the standard is silent"}
_HEAD = """# Where our FEEL differs from feelin

Written by `make docs` from `tests/engine/feel/feelin_cases.json`, which the tests play against both.

The witness is the FEEL of the bpmn.io form editor ({source}). Of {total} recorded expressions
and table cells {agreed} give the same in both. The others are here, by reason: what each says, who is right
by DMN 1.5, and its clause. Where the standard is silent, both answers are allowed. Thousands of random expressions
and cells are compared as well: a difference without one of these reasons fails.

| reason | examples | right | clause |
| --- | --- | --- | --- |
"""

_FUNCTIONS_HEAD = """# The functions of FEEL

Written by `make docs` from `tests/engine/feel/functions.yml`.

A parameter with `?` may be left out; arguments may be given by name; `…` takes any number.
What lies outside of a function's domain is null."""


def feel_differences(root: Path) -> str:
    recorded = json.loads((root / _CASES).read_text("utf-8"))
    return "\n".join(_lines(recorded)) + "\n"


def _lines(recorded: dict[str, Any]) -> Iterator[str]:
    differences, reasons = recorded["differences"], recorded["reasons"]
    agreed = len(recorded["agreed"])
    counts = {key: sum(case["reason"] == key for case in differences) for key in reasons}
    yield _HEAD.format(source=recorded["source"], total=agreed + len(differences), agreed=agreed).rstrip("\n")
    for key, reason in reasons.items():
        title = f"[{_title(key)}](#{key.replace('_', '-')})"
        yield f"| {title} | {counts[key]} | {_RIGHT[reason['right']]} | {reason['clause']} |"
    for key, reason in reasons.items():
        yield from (
            "",
            f"## {_title(key)}",
            "",
            f"{reason['says']} Right: {_RIGHT[reason['right']]} ({reason['clause']}).",
        )
        yield from ("", "| expression | ours | feelin |", "| --- | --- | --- |")
        for case in differences:
            if case["reason"] == key:
                yield f"| {_expression(case)} | {_value(case['ours'])} | {_value(case['feelin'])} |"


def _title(key: str) -> str:
    return key.replace("_", " ")


def _expression(case: dict[str, Any]) -> str:
    if "cell" not in case:
        return _code(case["expression"])
    return f"cell {_code(case['cell'])} for {_code(json.dumps(case['tested'], ensure_ascii=False))}"


def _value(value: Any) -> str:
    """An answer as it is written in FEEL."""
    if isinstance(value, dict) and len(value) == 1 and {"moment", "range", "function"} & value.keys():
        (kind, text), *_ = value.items()
        return _code(text) if kind == "moment" else f"a {kind}"
    if isinstance(value, dict) and "duration" in value:
        return _code(value["duration"])
    return "an error" if value == "error" else _code(json.dumps(value, ensure_ascii=False))


def _code(text: str) -> str:
    return "`" + text.replace("|", "\\|") + "`"


def feel_functions(root: Path) -> str:
    """Every built-in function with its parameters and examples that the tests work out."""
    from engine.feel.builtins import BUILT_INS

    table = yaml.safe_load((root / _FUNCTIONS).read_text("utf-8"))
    parts = [_FUNCTIONS_HEAD]
    for clause, title in _CHAPTERS.items():
        parts.append(f"## {title}" if clause == "added" else f"## {title} ({clause})")
        parts += [_function(BUILT_INS[name].usages(), row) for name, row in table.items() if row["clause"] == clause]
    return "\n\n".join(parts) + "\n"


def _function(usages: list[str], row: dict[str, Any]) -> str:
    examples = (row["usual"] + row["edge"]).strip()
    return f"{'<br>'.join(f'**{usage}**' for usage in usages)}\n\n```text\n{examples}\n```"
