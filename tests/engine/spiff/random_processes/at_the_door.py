"""Random processes as designers hand them in: with a form that writes every fact, through the checks of the door."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from engine.definitions.check import Report, check_bundle
from engine.groups import GROUPS
from tests.city import City
from tests.engine.definitions.tables import decision_file, table
from tests.engine.spiff.oracle import drawing
from tests.engine.spiff.oracle.diagram import Diagram
from tests.engine.spiff.oracle.observing import Waiting
from tests.engine.spiff.oracle.playing import TooManyStates
from tests.engine.spiff.random_processes.comparing import Command, Game
from tests.engine.spiff.random_processes.growing import Field

# Numbers that the diagrams read: what scripts count, what calls hand over, what the decision looks at.
_NUMBERS = ("answer", "counted", "undone", "given", "returned", "x")
_ITEMS = ("a", "b", "c")
_FIELDS: Mapping[str, Mapping[str, Any]] = {
    "truth": {"type": "checkbox"},
    "event": {"type": "checkbox"},
    "outcome": {"type": "textfield"},
    "list": {"type": "checklist", "values": [{"label": item, "value": item} for item in _ITEMS]},
}


def bundle(grown: Field) -> dict[str, bytes]:
    named: dict[str, Mapping[str, Any]] = {name: {"type": "number"} for name in _NUMBERS}
    named |= {fact: _FIELDS[kind] for fact, kind in grown.facts.items()}
    components = [{"id": name, "key": name, "label": name, **field} for name, field in named.items()]
    form = {"id": drawing.FORM, "type": "default", "schemaVersion": 18, "components": components}
    files = {**drawing.files(grown.diagram), "forms/answers.form": json.dumps(form).encode()}
    decides = any(node.decides for node in grown.diagram.nodes.values())
    return files | ({"decided.dmn": decision_file(table(("-", "1")))} if decides else {})


def checked(grown: Field) -> Report:
    return check_bundle(bundle(grown), services=(drawing.SERVICE,), groups=GROUPS)


def hand_in(city: City, grown: Field) -> Report:
    return city.deploy(bundle(grown))


def without_loose_ends(grown: Field) -> Field:
    """What no way leads to is taken out, so that the door has nothing to say about it."""
    found = _reached(grown.diagram)
    diagram = Diagram(list(grown.diagram.processes))
    diagram.nodes = {id_: node for id_, node in grown.diagram.nodes.items() if id_ in found}
    diagram.flows = {id_: flow for id_, flow in grown.diagram.flows.items() if {flow.source, flow.target} <= found}
    for node in list(diagram.nodes.values()):
        if node.default and node.default not in diagram.flows:
            diagram.nodes[node.id] = replace(node, default=None)
    return replace(grown, diagram=diagram)


def _reached(diagram: Diagram) -> set[str]:
    found: set[str] = set()
    ahead = [diagram.start_of(diagram.processes[0])]
    while ahead:
        here = ahead.pop()
        if here not in found:
            found.add(here)
            ahead += _next(diagram, here)
    return found


def _next(diagram: Diagram, id_: str) -> Sequence[str]:
    node = diagram.nodes[id_]
    after = [flow.target for flow in diagram.out_of(id_)]
    after += [event.id for event in diagram.on(id_)] + ([node.handler] if node.handler else [])
    if node.event == "link" and node.kind == "intermediateThrowEvent":
        after.append(diagram.link_catch(node))
    if node.kind == "startEvent":
        after += [other.id for other in diagram.within(node.level) if other.aside]
    level = node.call.process if node.call else id_ if node.kind == "subProcess" else None
    return [*after, diagram.start_of(level)] if level else after


class NobodyKnowsWhich(TooManyStates):
    """Only messages are waited for, by several at one place."""


class FormGame(Game):
    """What decides is written in forms, by people; late in the game what only adds work is left alone."""

    patience = 20

    def choose(self, commands: Sequence[Waiting]) -> Command:
        command = super().choose(self.wanted(commands))
        return replace(command, learned={}, written=self.answers() if command.written else {})

    def wanted(self, commands: Sequence[Waiting]) -> Sequence[Waiting]:
        """A message for several of one name reaches one of them, and nobody here knows which."""
        places = [(element, kind) for element, kind, _ in commands]
        known = [one for one in commands if one[1] != "message" or places.count(one[:2]) == 1]
        if not known:
            raise NobodyKnowsWhich
        needed = [one for one in known if self.grown.diagram.nodes[one[0]].interrupting]
        return needed if needed and len(self.done) > self.patience else known

    def answers(self) -> dict[str, Any]:
        facts = {name: _written(value) for name, value in self.grown.values().items()}
        if len(self.done) > self.patience and self.dice.random() < 0.7:
            facts |= {name: False for name, kind in self.grown.facts.items() if kind == "truth"}
            facts |= {name: [_ITEMS[0]] for name, kind in self.grown.facts.items() if kind == "list"}
        return {"answer": self.dice.randint(1, 9), **facts}


def _written(value: Any) -> Any:
    if isinstance(value, list):
        return list(_ITEMS[: len(value)])
    return False if value is None else value
