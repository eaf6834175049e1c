"""What the address of a form may fill in: choices that the form offers, and nothing that somebody could write there."""

from collections.abc import Mapping
from typing import Any

from engine.definitions.form import Form

Context = Any


def with_choices(form: Form | None, context: Context, wanted: Mapping[str, str]) -> Context:
    """A link that fills in words could put them into somebody's mouth; one that ticks what is offered cannot."""
    asked = {name: value for name, value in wanted.items() if value}
    if form is None or not asked:
        return context
    offered = _offered(form.view(None, context).nodes)
    chosen = {name: value for name, value in asked.items() if value in offered.get(name, ())}
    return context.with_more({name: lambda value=value: value for name, value in chosen.items()}) if chosen else context


def _offered(nodes: Any) -> dict[str, tuple[str, ...]]:
    """The choices of which one is taken, by key, also those inside groups that have no key of their own."""
    found: dict[str, tuple[str, ...]] = {}
    for node in nodes:
        if getattr(node, "kind", None) == "choice" and node.path == node.key and not node.readonly:
            found[node.key] = tuple(option.key for option in node.options)
        elif hasattr(node, "children"):
            found |= _offered(node.children)
    return found
