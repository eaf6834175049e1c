"""An exclusive gateway always knows which way; conditions stand only where they count."""

from collections.abc import Iterator

from engine.definitions.lint.about import about, about_flow
from engine.definitions.lint.draft import Draft
from engine.definitions.lint_problem import LintProblem
from engine.definitions.process import Element, Flow


def conditions(draft: Draft) -> Iterator[LintProblem]:
    deciding = {gateway.id for gateway in draft.steps("exclusiveGateway")}
    for flow in draft.process.flows:
        if flow.condition is not None and flow.source not in deciding:
            yield about_flow(flow, "condition_ignored")
    for gateway in draft.steps("exclusiveGateway"):
        yield from _choices(gateway, draft.process.out_of(gateway.id))


def _choices(gateway: Element, flows: list[Flow]) -> Iterator[LintProblem]:
    if len(flows) == 1:
        if flows[0].condition is not None:
            yield about_flow(flows[0], "condition_on_only_way")
        return
    for flow in flows:
        if flow.is_default and flow.condition is not None:
            yield about_flow(flow, "condition_on_default")
        elif not flow.is_default and flow.condition is None:
            yield about_flow(flow, "condition_missing", gateway=gateway.name or gateway.id)
        if not flow.name:
            yield about_flow(flow, "way_without_name", "style")
    if flows and gateway.default is None:
        yield about(gateway, "default_missing", "warning")


RULES = (conditions,)
