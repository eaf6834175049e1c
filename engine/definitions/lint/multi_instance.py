"""One instance for each item of a list: the list is named, and what people answer in the instances is not lost."""

from collections.abc import Iterator

from engine.definitions.lint.about import about
from engine.definitions.lint.draft import Draft
from engine.definitions.lint.paths import inside
from engine.definitions.lint.variables import written_by
from engine.definitions.lint_problem import LintProblem
from engine.definitions.process import Element

LABEL = "instance_label"


def loops(draft: Draft) -> Iterator[LintProblem]:
    for element in draft.process.elements.values():
        if element.loop is None:
            if LABEL in element.properties:
                yield about(element, "property_misplaced", property=LABEL)
        elif element.type == "task" or element.triggered_by_event or element.for_compensation:
            yield about(element, "loop_misplaced")
        else:
            yield from _complete(element)
            if not element.loop.output_collection and _answers(draft, element):
                yield about(element, "instance_answers_lost", "warning")


def _complete(element: Element) -> Iterator[LintProblem]:
    assert element.loop is not None
    if not element.loop.collection:
        yield about(element, "collection_missing")
    if element.loop.output_collection and not element.loop.output:
        yield about(element, "output_element_missing", collection=element.loop.output_collection)
    if element.loop.output and not element.loop.output_collection:
        yield about(element, "output_collection_missing")


def _answers(draft: Draft, element: Element) -> bool:
    """Whether something in the instances writes variables, which stay inside them."""
    within = [element, *inside(draft.process, element.id)]
    return any(written_by(draft, inner) for inner in within) or any(inner.called for inner in within)


RULES = (loops,)
