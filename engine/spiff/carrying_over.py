"""Carries the tokens of a process over to another diagram.

A token whose element has a counterpart of the same kind stays the same token, with its id, its local variables and all
that hangs on it, so that its task and its clock go on. One whose element became another is put there anew. Nothing
moves yet: afterwards `ProcessRun.settle_down` lets go on what can.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from SpiffWorkflow.util.task import TaskState

from engine.spiff.activities import UNDO, Activity, CallActivity, SubProcess
from engine.spiff.catching import is_deaf
from engine.spiff.events import Boundary, EventStart
from engine.spiff.flow_matching import arrival
from engine.spiff.flow_node import FlowNode
from engine.spiff.gateways import EventGateway, InclusiveGateway, ParallelGateway
from engine.spiff.going_back import look_again
from engine.spiff.placing import Misplaced, Placing
from engine.spiff.repetition import Repetition
from engine.spiff.scope import Scope, Token, Tokens
from engine.spiff.throws import Compensation
from engine.spiff.token_state import restore
from engine.spiff.trail import copied

_VIA = "via"


@dataclass
class CarriedOver:
    """Ids of old elements. `homeless`: nothing was chosen for them. `misplaced`: no token can be put where it should.

    `is_same`: all tokens are where they were, so that what happened before still leads to them.
    """

    tokens: Tokens
    homeless: list[str] = field(default_factory=list)
    misplaced: list[str] = field(default_factory=list)
    is_same: bool = True


def carry_over(old: Tokens, new: Tokens, targets: Mapping[str, str], anew: Collection[str] = ()) -> CarriedOver:
    """`new` has no level yet. `targets`: element of the old diagram → of the new one; "" takes the token away.

    At the elements `anew` nothing is kept although the kinds are alike: it is other work that begins there.
    """
    carrier = _Carrier(old, new, targets, anew)
    for scope in old.scopes.values():
        carrier.level(scope)
    carrier.listen()
    carrier.place()
    return carrier.result


class _Carrier:
    def __init__(self, old: Tokens, new: Tokens, targets: Mapping[str, str], anew: Collection[str]) -> None:
        self.old, self.new, self.targets, self.anew = old, new, targets, anew
        self.result = CarriedOver(new)
        self.copies: dict[Any, Token] = {}  # by id, roots too
        self.hosts: list[tuple[Token, Token]] = []
        self.levels: list[tuple[Scope, Scope]] = []
        self.to_place: list[tuple[Token, str]] = []
        self.without: set[Any] = set()  # what is in these tokens is not carried over

    def level(self, scope: Scope) -> None:
        """A level whose owner is not there any more is not carried; what was on it may find a place elsewhere."""
        owner = self.copies.get(scope.owner.id) if scope.owner is not None else None
        here: Scope | None = None
        if scope.owner is None or owner is not None:
            here = self._opened(scope, owner)
        elif scope.owner.id in self.without:
            self.without.update(token.id for token in scope.living)
            return
        for token in scope.living:
            self._token(token, here)

    def _opened(self, scope: Scope, owner: Token | None) -> Scope:
        name = getattr(owner.task_spec, "inside", "") if owner is not None else self.new.specs.top
        here = self.new.open(name, owner=owner)
        root = scope.root
        restore(here, [root.id.hex, 0, root.task_spec.name, root._state, copied(root.internal_data)])
        here.task_tree = here.tasks[root.id]
        self._keep_undoable(here)
        self.copies[root.id] = here.root
        self.levels.append((scope, here))
        return here

    def _keep_undoable(self, here: Scope) -> None:
        """What was completed and can still be undone in the new diagram."""
        ended = here.root.internal_data.get(UNDO)
        if ended is not None:
            now = (here.spec.task_specs.get(self.targets.get(name, name)) for name in ended)
            kept = [node.element.id for node in now if isinstance(node, Activity) and node.can_be_undone]
            self.result.is_same &= kept == ended
            here.root.internal_data[UNDO] = kept

    def _token(self, token: Token, here: Scope | None) -> None:
        parent = self.copies.get(token._parent)
        if token.parent.is_root and not token.is_armed:
            self._moving(token, here)
        elif parent is not None and here is not None:
            self._hanging(token, parent, here)
        else:
            self._leave_behind(token)

    def _leave_behind(self, token: Token) -> None:
        self.result.is_same = False
        self.without.add(token.id)

    def _moving(self, token: Token, here: Scope | None) -> None:
        element = token.task_spec.element.id
        target = self.targets.get(element)
        node = here.spec.task_specs.get(target) if here is not None and target else None
        facts = self._facts(token, node)
        is_same = (
            facts is not None and element not in self.anew and node is not None and is_alike(token.task_spec, node)
        )
        if is_same and here is not None:
            self._copy(token, node, here, facts or {})
            return
        self.result.is_same = False
        if self._is_dissolved(token) and (target is None or target in self.new.specs.scopes):
            return
        self.without.add(token.id)
        if target is None or (target and _is_join(self.new.specs.node(target))):
            self.result.homeless.append(element)
        elif target:
            self.to_place.append((token, target))

    def _is_dissolved(self, token: Token) -> bool:
        """A sub-process that lies elsewhere, or nowhere: what is in it finds places of its own. Not a called diagram,
        which has variables of its own.
        """
        is_drawn_inside = isinstance(token.task_spec, SubProcess) and not isinstance(token.task_spec, CallActivity)
        return is_drawn_inside and self.old.within(token) is not None

    def _hanging(self, token: Token, parent: Token, here: Scope) -> None:
        """What listens at an activity or beside a level, an instance of many, an event behind a gateway."""
        node = self._part(token, parent, here)
        if node is None:
            self._leave_behind(token)
        else:
            self._copy(token, node, here, copied(token.internal_data))

    def _part(self, token: Token, parent: Token, here: Scope) -> FlowNode | None:
        spec, target = token.task_spec, self.targets.get(token.task_spec.element.id)
        candidates: list[Any] = []
        if isinstance(spec, EventStart):
            candidates = [start for start in here.spec.event_starts if start.element.id == target]
        elif isinstance(spec, Boundary) and isinstance(parent.task_spec, Activity):
            candidates = [event for event in parent.task_spec.boundaries if event.element.id == target]
        elif isinstance(parent.task_spec, Repetition):
            candidates = [parent.task_spec.instance]
        elif isinstance(parent.task_spec, (EventGateway, Compensation)):
            candidates = [node for node in (here.spec.task_specs.get(target or ""),) if node is not None]
        return next((node for node in candidates if is_alike(spec, node)), None)

    def _facts(self, token: Token, node: Any) -> dict[str, Any] | None:
        """What the token knows; None when a join would not know by which flow it has come."""
        facts = copied(token.internal_data)
        if node is None or not token.via:
            return facts
        flow = arrival(token.task_spec, token.via, node, self.targets)
        if _is_join(node):
            self.result.is_same &= flow is not None and flow.id == token.via
            return {**facts, _VIA: flow.id} if flow is not None else None
        return {**facts, _VIA: flow.id} if flow is not None else facts

    def _copy(self, token: Token, node: FlowNode, here: Scope, facts: dict[str, Any]) -> None:
        parent = self.copies[token._parent]
        restore(here, [token.id.hex, parent.id.hex, node.name, token._state, facts])
        copy = here.tasks[token.id]
        self.copies[token.id] = copy
        self.hosts.append((token, copy))
        levels = (node.element.parent, token.task_spec.element.parent)
        self.result.is_same &= node.name == token.task_spec.name and levels[0] == levels[1]

    def listen(self) -> None:
        """What only the new diagram listens for, where a token is."""
        for before, after in self.hosts:
            if isinstance(after.task_spec, Activity):
                events = [event for event in after.task_spec.boundaries if event.waits]
                known = self._kept(getattr(before.task_spec, "boundaries", ()), before, after)
                self._put([event for event in events if event.element.id not in known], after)
            if isinstance(after.task_spec, EventGateway) and after.state == TaskState.STARTED:
                there = {child.task_spec.element.id for child in after.children}
                ways = [flow for flow in after.task_spec.ways if flow.target not in there]
                for flow in ways:
                    self.result.is_same = False
                    after.workflow.put(after.workflow.spec.node(flow.target), under=after, via=flow.id)
        for old, new in self.levels:
            known = self._kept(old.spec.event_starts, old.root, new.root)
            if not is_deaf(new):
                for start in [start for start in new.spec.event_starts if start.element.id not in known]:
                    self.result.is_same &= new.arm(start) is None

    def _kept(self, events: Any, before: Token, after: Token) -> set[str]:
        """Events that the old diagram had there too: they listen still, or have happened. Not those of another kind."""
        listening = {child.task_spec.element.id: child for child in before.children}
        lost = {id_ for id_, child in listening.items() if child.id not in after.workflow.tasks}
        return {self.targets.get(event.element.id, "") for event in events if event.element.id not in lost}

    def _put(self, events: list[Any], host: Token) -> None:
        for event in events:
            self.result.is_same = False
            host.workflow.put(event, under=host)

    def place(self) -> None:
        placing = Placing(self.new)
        for token, target in self.to_place:
            try:
                placing.put(target, near=self._nearest(token))
            except Misplaced:
                self.result.misplaced.append(token.task_spec.element.id)
        for scope, here in reversed(self.levels):
            left = any(not token.is_armed for token in scope.living)
            if here.owner is not None and left and here.is_over and self._were_put_elsewhere(scope):
                self.new.withdraw(here.owner)
        look_again(self.new)

    def _were_put_elsewhere(self, scope: Scope) -> bool:
        return any(token.workflow is scope for token, _ in self.to_place)

    def _nearest(self, token: Token) -> list[Scope]:
        """The levels around the old token that were carried over, innermost first."""
        found, scope = [], token.workflow
        while True:
            found += [new for old, new in self.levels if old is scope]
            if scope.owner is None:
                return found
            scope = scope.owner.workflow


def is_alike(old: FlowNode, new: FlowNode) -> bool:
    """Whether both can hold the same token."""
    if type(old) is not type(new) or old.waits != new.waits:
        return False
    if isinstance(old, (ParallelGateway, InclusiveGateway)):
        return (len(old.arrivals) > 1) == (len(new.arrivals) > 1)
    if isinstance(old, Repetition) and isinstance(new, Repetition):
        shapes = [(n.loop.sequential, n.loop.element, n.loop.output_collection, type(n.instance)) for n in (old, new)]
        return shapes[0] == shapes[1]
    return True


def _is_join(node: Any) -> bool:
    """It counts by which flow a token has come."""
    return isinstance(node, (ParallelGateway, InclusiveGateway)) and len(node.arrivals) > 1
