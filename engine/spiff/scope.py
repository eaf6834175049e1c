"""Tokens and the levels they move in, on SpiffWorkflow's tasks and workflows.

SpiffWorkflow keeps every finished task and foretells future ones; both made joins in loops count wrongly and let long
cases end without a word. Here a task lives exactly as long as its token, so nothing has to be pruned.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from SpiffWorkflow.specs.StartTask import StartTask
from SpiffWorkflow.specs.WorkflowSpec import WorkflowSpec
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState
from SpiffWorkflow.workflow import Workflow

from engine.spiff.host import Host
from engine.spiff.locals import Locals, Variables
from engine.spiff.to_do import ToDo
from engine.spiff.trail import Trail

if TYPE_CHECKING:
    from engine.definitions.process import Flow
    from engine.spiff.events import EventStart
    from engine.spiff.flow_node import FlowNode
    from engine.spiff.gateways import InclusiveGateway
    from engine.spiff.spec_building import Specs

ROOT = "[root]"
LIVE = TaskState.READY | TaskState.WAITING | TaskState.STARTED
_VIA, _VARIABLES, _SEALED, _ARMED = "via", "vars", "sealed", "armed"


class ScopeSpec(WorkflowSpec):
    """One level of a diagram: its nodes by element id, where it starts, and the event sub-processes beside it."""

    def __init__(self, name: str) -> None:
        super().__init__(name=name, addstart=False)
        self.start = StartTask(self, ROOT)
        self.first: list[FlowNode] = []
        self.event_starts: list[EventStart] = []
        self.joins: list[InclusiveGateway] = []

    def node(self, element_id: str) -> FlowNode:
        return self.task_specs[element_id]  # type: ignore[no-any-return]


class Token(Task):
    """A SpiffWorkflow task that is a token: at an activity, on its way into a join, or waiting for an event."""

    workflow: Scope
    task_spec: FlowNode

    def __init__(self, scope: Scope, spec: Any, parent: Token | None = None) -> None:
        super().__init__(scope, spec, parent, state=TaskState.FUTURE)
        if parent is not None:
            scope.all.trail.made(self)

    def _set_state(self, value: int) -> None:
        """Without SpiffWorkflow's log line for every change, which costs more than the change."""
        self.workflow.all.trail.touched(self)
        self._state = value
        if value == TaskState.READY and not self.task_spec.manual:
            self.workflow.all.to_do.add(self)

    @property
    def is_root(self) -> bool:
        return self._parent is None

    @property
    def via(self) -> str | None:
        """The sequence flow by which it came."""
        return self.internal_data.get(_VIA)

    @property
    def is_armed(self) -> bool:
        """Whether it only listens for the start of an event sub-process; such a token keeps no level alive."""
        return _ARMED in self.internal_data

    @property
    def locals(self) -> Locals:
        """The local variables that are seen where this token is."""
        layers: list[Variables] = []
        here: Token | None = self
        sees_case, keeper = True, ""
        while here is not None and sees_case:
            if _VARIABLES in here.internal_data:
                layers.append(here.internal_data[_VARIABLES])
                keeper = keeper or here.id.hex
            sees_case = _SEALED not in here.internal_data
            here = here.workflow.owner if here.is_root else here.parent
        note = partial(self.workflow.all.trail.wrote, keeper)
        return Locals(tuple(layers), sees_case=sees_case, note=note)

    @property
    def own(self) -> Variables:
        """The variables that begin here."""
        return self.internal_data[_VARIABLES]  # type: ignore[no-any-return]


class Scope(Workflow):
    """One level that runs: the process itself, a sub-process, a called process."""

    def __init__(self, spec: ScopeSpec, tokens: Tokens, owner: Token | None) -> None:
        super().__init__(spec, deserializing=True)
        self.all, self.owner = tokens, owner

    def enter(self, variables: Variables | None = None, *, sealed: bool = False) -> None:
        """Begin, and put the first token on its start event."""
        self.set_up(variables, sealed=sealed)
        for node in self.spec.first:
            self.put(node)

    def set_up(self, variables: Variables | None = None, *, sealed: bool = False) -> None:
        """Listen for the event sub-processes; nothing is on its way yet.

        With `variables` of its own the level keeps what is written in it; when `sealed`, it sees no others.
        """
        self.task_tree = Token(self, self.spec.start)
        self.task_tree._set_state(TaskState.COMPLETED)
        if variables is not None:
            self.root.internal_data[_VARIABLES] = variables
        if sealed:
            self.root.internal_data[_SEALED] = 1
        for start in self.spec.event_starts:
            self.arm(start)

    @property
    def root(self) -> Token:
        return self.task_tree  # type: ignore[no-any-return]

    @property
    def living(self) -> list[Token]:
        return [token for token in self.tasks.values() if not token.is_root]

    @property
    def moving(self) -> list[Token]:
        """Tokens that will go on by flows of this level: no listeners, no parts of another's work."""
        return [token for token in self.root.children if not token.is_armed]

    @property
    def is_over(self) -> bool:
        return all(token.is_armed or token.is_root for token in self.tasks.values())

    def put(self, node: FlowNode, *, under: Token | None = None, via: str | None = None, **facts: Any) -> Token:
        """A new token at this node, which may be ready at once, or wait."""
        token = Token(self, node, under or self.root)
        token.internal_data.update(facts)
        if via:
            token.internal_data[_VIA] = via
        node._update(token)
        return token

    def follow(self, flow: Flow) -> None:
        self.put(self.spec.node(flow.target), via=flow.id)

    def arm(self, start: EventStart, **facts: Any) -> Token | None:
        return self.put(start, **{_ARMED: 1, **facts}) if start.waits else None

    def lift(self, token: Token) -> None:
        """Take a listener away from what it listened at: it goes on as a token of its own."""
        self.all.trail.touched(token)
        self.tasks[token._parent]._children.remove(token.id)
        token._parent = self.root.id
        self.root._children.append(token.id)
        token.internal_data.pop(_ARMED, None)

    def clear(self) -> None:
        """Take away all tokens of this level and below."""
        self.all.trail.cleared(self)
        for token in self.root.children:
            self.all.withdraw(token)

    def _task_completed_notify(self, task: Token) -> None:
        """SpiffWorkflow says that a token has done its work here; it has gone on as others."""
        if task.id in self.tasks:
            self.all.withdraw(task)


class Tokens:
    """All levels of one process instance, outermost first, with the host they ask. The key of a level is its owner."""

    def __init__(self, specs: Specs, host: Host, trail: Trail) -> None:
        self.specs, self.host, self.trail = specs, host, trail
        self.scopes: dict[UUID | None, Scope] = {}
        self.to_do = ToDo()
        self.instances_begun = 0

    def open(self, name: str, *, owner: Token | None) -> Scope:
        scope = Scope(self.specs.scopes[name], self, owner)
        self.scopes[owner.id if owner else None] = scope
        return scope

    def within(self, owner: Token) -> Scope | None:
        return self.scopes.get(owner.id)

    def each(self) -> Iterator[Token]:
        for scope in list(self.scopes.values()):
            yield from scope.living

    def find(self, token_id: UUID) -> Token | None:
        return next((s.tasks[token_id] for s in self.scopes.values() if token_id in s.tasks), None)

    def leave(self, owner: Token) -> None:
        """The level inside a token is over, or goes with it."""
        inner = self.scopes.pop(owner.id, None)
        if inner is not None:
            self.trail.closed(inner)
            inner.clear()

    def withdraw(self, token: Token) -> None:
        """Take a token away with all that hangs on it: listeners, instances, the level inside."""
        for child in token.children:
            self.withdraw(child)
        self.trail.touched(token)
        self.leave(token)
        if not token.has_state(TaskState.FINISHED_MASK):
            token._set_state(TaskState.CANCELLED)
        parent = token.parent
        token.workflow._remove_task(token.id)
        self.trail.gone(token)
        self.to_do.look_at(token.workflow, None if parent.is_root else parent)
