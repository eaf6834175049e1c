"""What a diagram says about going back and co-signing: what cannot be undone, which deadlines go on, who may."""

from collections.abc import Iterator

from engine.definitions.lint.about import about
from engine.definitions.lint.draft import Draft
from engine.definitions.lint_problem import LintProblem

ALLOWED = {
    "irreversible": ("true", "false"),
    "may_return": ("true", "false"),
    "may_cosign": ("true", "false"),
    "on_return": ("continue", "restart"),
}


def values(draft: Draft) -> Iterator[LintProblem]:
    for element in draft.process.elements.values():
        for name, allowed in ALLOWED.items():
            value = element.properties.get(name)
            if value is not None and value not in allowed:
                yield about(element, "return_property_unknown", property=name, value=value, allowed=" / ".join(allowed))


def places(draft: Draft) -> Iterator[LintProblem]:
    for element in draft.process.elements.values():
        for name in ("may_return", "may_cosign"):
            if name in element.properties and element.type != "userTask":
                yield about(element, "property_misplaced", property=name)
        if "on_return" in element.properties and element.type != "userTask" and not element.timer:
            yield about(element, "property_misplaced", property="on_return")


RULES = (values, places)
