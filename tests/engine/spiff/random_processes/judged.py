"""What the proof says of a random process, and what the engine does when it is played."""

from __future__ import annotations

import random
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace

from engine.definitions.process_file import read_process
from engine.definitions.soundness import Proof, prove
from engine.definitions.soundness.exploring import Budget
from tests.engine.spiff.oracle import drawing
from tests.engine.spiff.oracle.diagram import Diagram
from tests.engine.spiff.random_processes.comparing import Command, RanInCircles, possible
from tests.engine.spiff.random_processes.growing import EVERYTHING, Field
from tests.engine.spiff.random_processes.in_memory import InMemory

# Without steps that fail and lists that are none: what a person has to repair is no matter of the drawing.
KINDS = EVERYTHING - {"incident"}
MOST_COMMANDS = 60
MOST_TOKENS = 25
_SWAPPED = ("exclusiveGateway", "parallelGateway", "inclusiveGateway")


def judge(diagram: Diagram, budget: Budget | None = None) -> Proof:
    main, *called = [read_process(xml) for xml in drawing.files(diagram).values()]
    return prove(main, {process.key: process for process in (main, *called)}, budget or Budget(20_000, 3.0))


def play(grown: Field, dice: random.Random) -> str:
    """ "finished", "stuck" when nothing is left that anybody could do, or "cut" when it did not come so far."""
    player = InMemory(grown.diagram, saves=False)
    try:
        player.begin(_facts(grown, dice, 1.0))
        for _ in range(MOST_COMMANDS):
            now = player.seen()
            if now.is_finished:
                return "finished"
            if now.failed or any(kind == "condition" for _, kind, _ in now.waiting):
                return "cut"
            commands = possible(now)
            if not commands:
                return "stuck"
            if sum(now.waiting.values()) > MOST_TOKENS:
                return "cut"
            element, kind, words = dice.choice(commands)
            player.do(Command(element, kind, words, _facts(grown, dice, 0.6)))
    except RanInCircles:
        return "cut"
    return "cut"


def _facts(grown: Field, dice: random.Random, share: float) -> dict[str, object]:
    """No list is empty for ever, and every error has a code that may be caught."""
    state, grown.dice = grown.dice, dice
    try:
        return grown.values(share)
    finally:
        grown.dice = state


def mutants(grown: Field, dice: random.Random, count: int) -> Iterator[Field]:
    """The same process with one thing changed: a gateway, or a flow taken away, added or led elsewhere."""
    for _ in range(count):
        changed = replace(grown, diagram=_copy(grown.diagram))
        if dice.choice((_swap, _swap, _swap, _drop, _add, _lead))(changed.diagram, dice):
            yield changed


def _copy(diagram: Diagram) -> Diagram:
    return Diagram(list(diagram.processes), dict(diagram.nodes), deepcopy(diagram.flows))


def _swap(diagram: Diagram, dice: random.Random) -> bool:
    gateways = [n for n in diagram.nodes.values() if n.kind in _SWAPPED]
    if not gateways:
        return False
    node = dice.choice(gateways)
    kind = dice.choice([kind for kind in _SWAPPED if kind != node.kind])
    out = [f for f in diagram.flows.values() if f.source == node.id]
    decides = len(out) > 1 and kind != "parallelGateway"
    diagram.nodes[node.id] = replace(node, kind=kind, default=out[-1].id if decides else None)
    for number, flow in enumerate(out):
        fact = flow.fact or f"truth_{node.id}_{number}"
        diagram.flows[flow.id] = replace(flow, fact=fact if decides and number < len(out) - 1 else None)
    return True


def _splits(diagram: Diagram) -> list[str]:
    out = [f.source for f in diagram.flows.values()]
    return sorted({s for s in out if out.count(s) > 1 and diagram.nodes[s].kind == "parallelGateway"})


def _drop(diagram: Diagram, dice: random.Random) -> bool:
    """One way less out of a parallel gateway."""
    splits = _splits(diagram)
    if not splits:
        return False
    source = dice.choice(splits)
    flow = dice.choice([f.id for f in diagram.flows.values() if f.source == source])
    del diagram.flows[flow]
    return True


def _add(diagram: Diagram, dice: random.Random) -> bool:
    """One more way out of a parallel gateway, to a gateway or step of the same level."""
    splits = _splits(diagram)
    if not splits:
        return False
    source = dice.choice(splits)
    targets = _targets(diagram, diagram.nodes[source].level)
    if not targets:
        return False
    diagram.join(source, dice.choice(targets), id_=f"added_{len(diagram.flows)}")
    return True


def _lead(diagram: Diagram, dice: random.Random) -> bool:
    """A flow leads elsewhere."""
    flows = [f for f in diagram.flows.values() if diagram.nodes[f.source].kind != "eventBasedGateway"]
    flow = dice.choice(flows)
    targets = _targets(diagram, diagram.nodes[flow.source].level)
    if not targets:
        return False
    diagram.flows[flow.id] = replace(flow, target=dice.choice(targets))
    return True


def _targets(diagram: Diagram, level: str) -> list[str]:
    kinds = (*_SWAPPED, "userTask", "endEvent")
    return [n.id for n in diagram.nodes.values() if n.level == level and n.kind in kinds and not n.undoes]
