"""Whatever happens to a decision file on its way, it is answered with problems, or with decisions that answer."""

import random
import re
from pathlib import Path

import pytest

from engine.definitions.decisions.coverage import Budget
from engine.definitions.decisions.file_reading import read_decisions
from engine.definitions.inspection import inspect
from engine.definitions.lint.tables import about_rows
from engine.errors import EngineError
from engine.feel import compile_expression
from tests.engine.definitions.decisions.test_cases import MODELS
from tests.engine.definitions.tables import model

SAMPLES = [path.read_bytes() for path in sorted((Path(__file__).parents[1] / "samples").glob("*.dmn"))]
SAMPLES += [model(entry["dmn"]) for entry in MODELS]
WORDS = (
    "decision",
    "inputEntry",
    "outputEntry",
    "literalExpression",
    "context",
    "list",
    "variable",
    "typeRef",
    "href=",
)
WORDS += ("name=", "id=", "text", "encapsulatedLogic", "rule", "relation", "row", "kind", "isCollection", "#", "string")
CONTEXT = compile_expression('{x: 3, n: 5, level: 2, years: "a", workers: [{level: "senior"}], start: "2026-11-23"}')


def damaged(source: bytes, chance: random.Random) -> bytes:
    """Tags lost, doubled or moved, words exchanged, texts cut."""
    tags = re.split(r"(?<=>)", source.decode())
    for _ in range(chance.randint(1, 2)):
        here, there = chance.randrange(len(tags)), chance.randrange(len(tags))
        match chance.randrange(5):
            case 0:
                tags[here] = ""
            case 1:
                tags.insert(there, tags[here])
            case 2:
                tags[here], tags[there] = tags[there], tags[here]
            case 3:
                word = chance.choice(WORDS)
                chosen = chance.choice([n for n, tag in enumerate(tags) if word in tag] or [0])
                tags[chosen] = tags[chosen].replace(word, chance.choice([*WORDS, "", "期"]), 1)
            case _:
                tags[here] = tags[here][: chance.randrange(len(tags[here]) + 1)] + tags[here][-1:]
    return "".join(tags).encode()


@pytest.mark.parametrize("seed", range(8))
def test_a_damaged_file_never_breaks_the_reader(seed: int) -> None:
    chance, read_well = random.Random(seed), 0
    for _ in range(150):
        inspected = inspect(damaged(chance.choice(SAMPLES), chance), is_diagram=False)
        if inspected.xml is None:
            assert inspected.problems
            continue
        assert inspect(inspected.xml, is_diagram=False).xml == inspected.xml
        found = read_decisions(inspected.xml, origins=inspected.origins)
        problems = (*found.problems, *about_rows(found, Budget()))
        assert all(problem.text("zh") and problem.text("en", "fix") for problem in problems)
        assert found.decisions or found.problems
        for decision in found.decisions:
            read_well += 1
            ask(decision)
    assert read_well


def ask(decision: object) -> None:
    try:
        decision.evaluate(CONTEXT.evaluate({}))  # type: ignore[attr-defined]
    except EngineError:
        return
