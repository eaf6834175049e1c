"""Each element of DMN is executed, kept or refused by name, and the table in the docs says which."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from engine.definitions.decisions.file_reading import read_decisions
from engine.definitions.inspection import inspect
from engine.definitions.lint_problem import LintProblem
from engine.errors import EngineError
from engine.feel import compile_expression, to_json
from tests.architecture.source_tree import ROOT
from tests.engine.definitions.tables import model

ENTRIES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "inventory.yml").read_text("utf-8"))
PAGE = ROOT / "docs" / "decision-tables.md"
_TOP = re.compile(
    r"<(decision|inputData|businessKnowledgeModel|knowledgeSource|decisionService|import|itemDefinition|"
    r"organizationUnit|performanceIndicator|elementCollection) |<itemDefinition"
)


def source(entry: dict[str, Any]) -> bytes:
    content = entry["dmn"]
    return model(content if _TOP.match(content) else f'<decision id="d" name="d">{content}</decision>')


def answer(entry: dict[str, Any]) -> object:
    inspected = inspect(source(entry), is_diagram=False)
    assert inspected.xml is not None, inspected.problems
    read = read_decisions(inspected.xml)
    assert read.problems == ()
    assert f"<dmn:{entry.get('kept', 'decision')}".encode() in inspected.xml
    try:
        return to_json({decision.id: decision for decision in read.decisions}["d"].evaluate({"x": 3}))
    except EngineError as refusal:
        return f"!{refusal.code}"


@pytest.mark.parametrize("entry", [e for e in ENTRIES if "gives" in e], ids=lambda entry: entry["element"])
def test_an_element_that_is_read_does_what_the_standard_says(entry: dict[str, Any]) -> None:
    wanted = entry["gives"]

    assert answer(entry) == (wanted if wanted.startswith("!") else to_json(compile_expression(wanted).evaluate({})))


def refusal(entry: dict[str, Any]) -> LintProblem:
    inspected = inspect(source(entry), is_diagram=False)
    problems = inspected.problems if inspected.xml is None else read_decisions(inspected.xml).problems
    (problem,) = [problem for problem in problems if problem.severity == "error"]
    return problem


@pytest.mark.parametrize("entry", [e for e in ENTRIES if "refused" in e], ids=lambda entry: entry["element"])
def test_an_element_that_is_not_read_is_refused_by_name(entry: dict[str, Any]) -> None:
    assert refusal(entry).code == entry["refused"]


def row(entry: dict[str, Any]) -> str:
    if "refused" in entry:
        return f"| `{entry['element']}` | refused | {refusal(entry).text('en')} |"
    said = f"error `{entry['gives'][1:]}`" if entry["gives"].startswith("!") else f"`{entry['gives']}`"
    does = "kept, no effect" if "kept" in entry else "executed"
    return f"| `{entry['element']}` | {does} | {'' if 'kept' in entry else said} |"


def test_the_page_says_what_the_tests_saw() -> None:
    section = PAGE.read_text("utf-8").partition("## Elements")[2].partition("## ")[0]

    assert [line for line in section.splitlines() if line.startswith("| `")] == [row(entry) for entry in ENTRIES]


def test_every_element_of_the_dialect_is_in_an_example() -> None:
    from engine.definitions.decisions.dialect import DMN

    examples = " ".join(entry["dmn"] for entry in ENTRIES)
    tags = {tag.partition(":")[2] for tag in (*DMN.elements, *DMN.refusals) if tag.startswith("dmn:")}
    missing = {tag for tag in tags if not re.search(rf"<{tag}\b", examples)}

    assert missing == {"definitions", "description", "impactedPerformanceIndicator", "owner"} | {
        "supportedObjective",
        "usingProcess",
    }
