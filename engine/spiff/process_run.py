"""One process instance while a command works on it: restore, move, save."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from SpiffWorkflow.util.task import TaskState

from engine.spiff import token_state
from engine.spiff.activities import SubProcess
from engine.spiff.catching import throw_error
from engine.spiff.events import CYCLE, WAS
from engine.spiff.gateways import InclusiveGateway
from engine.spiff.host import ErrorThrown, Host, RunsInCircles, StepFailed, StepNotWaiting
from engine.spiff.locals import Locals
from engine.spiff.scope import Token, Tokens
from engine.spiff.spec_building import Specs
from engine.spiff.step import Failure, Step, kind_of, listens
from engine.spiff.trail import Trail

MAX_AUTOMATIC_STEPS = 1_000
STEPS_FOR_AN_INSTANCE = 20
_FAILED = "failed"


class ProcessRun:
    """Moves the tokens of one process instance; knows neither tables nor forms."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self.failures: list[Failure] = []
        self.passed: list[str] = []

    @classmethod
    def start(cls, specs: Specs, host: Host, trail: Trail | None = None) -> "ProcessRun":
        """What happens is written to the trail, which the host may write to as well."""
        run = cls(Tokens(specs, host, trail or Trail()))
        with run._tokens.trail.event("start"):
            run._tokens.open(specs.top, owner=None).enter()
        run._advance()
        return run

    @classmethod
    def restore(cls, state: bytes, specs: Specs, host: Host, trail: Trail | None = None) -> "ProcessRun":
        return cls(token_state.load(state, specs, host, trail or Trail()))

    def complete(self, step_id: str) -> None:
        """The person's work at this step is done. Raises StepNotWaiting."""
        token = self._token(step_id)
        if token.state != TaskState.READY or not token.task_spec.manual:
            raise StepNotWaiting()
        self._do(token)
        self._advance()

    def fire(self, step_id: str, *, again: Mapping[str, Any] | None = None) -> None:
        """The clock ran out, the message or signal came. Raises StepNotWaiting.

        `again` is given for a timer that repeats itself: what its next round has to know.
        """
        token = self._token(step_id)
        if token.state != TaskState.WAITING or not token.task_spec.waits:
            raise StepNotWaiting()
        with self._tokens.trail.event("fire", token):
            token.task_spec.fire(token, again=again)
        self._advance()

    def throw(self, step_id: str, error_code: str) -> None:
        """Where a person should have worked the step ends in an error, which the diagram may catch.

        Raises StepNotWaiting and, when nothing catches it, ErrorNotCaught; nothing has moved then.
        """
        token = self._token(step_id)
        if token.state != TaskState.READY or not token.task_spec.manual:
            raise StepNotWaiting()
        with self._tokens.trail.event("throw", token):
            throw_error(token, ErrorThrown(error_code))
        self._advance()

    def look_again(self) -> bool:
        """Something that conditions ask about has changed outside of the diagram; whether that changed anything."""
        before = self.dump()
        self._advance()
        return self.dump() != before

    def retry(self, step_id: str) -> None:
        """Try a failed step again. Raises StepNotWaiting."""
        token = self._token(step_id)
        if not token.internal_data.pop(_FAILED, False):
            raise StepNotWaiting()
        if token.state == TaskState.READY:
            self._tokens.to_do.add(token)
        self._tokens.to_do.look_again(token, self._tokens.within(token))
        self._advance()

    def has_failed(self, step_id: str) -> bool:
        """Whether this step is still there and waits to be tried again."""
        token = self._found(step_id)
        return token is not None and _FAILED in token.internal_data

    def failed_steps(self) -> list[str]:
        """Steps that wait to be tried again."""
        return [token.id.hex for token in self._tokens.each() if _FAILED in token.internal_data]

    def words_at(self, step_id: str) -> Locals:
        """The local variables that are seen and written at this step. Raises StepNotWaiting."""
        return self._token(step_id).locals

    @property
    def steps(self) -> tuple[Step, ...]:
        """Everything that waits for a person, a clock, a message, a signal or a condition."""
        return tuple(self._steps())

    @property
    def occupied(self) -> frozenset[str]:
        """Ids of all elements, sub-processes included, where a token is; listening events are not."""
        return frozenset(t.task_spec.element.id for t in self._tokens.each() if not listens(t))

    @property
    def tokens(self) -> Tokens:
        return self._tokens

    def settle_down(self) -> None:
        """Let everything go on by itself that can, after tokens were put somewhere."""
        self._advance()

    @property
    def trail(self) -> Trail:
        """What happened since this run was begun or restored."""
        return self._tokens.trail

    @property
    def is_finished(self) -> bool:
        """True when no token is left anywhere."""
        return self._tokens.scopes[None].is_over

    def dump(self) -> bytes:
        return token_state.dump(self._tokens)

    def _steps(self) -> Iterable[Step]:
        for token in self._tokens.each():
            kind = kind_of(token)
            if kind:
                element_id, cycle = token.task_spec.element.id, token.internal_data.get(CYCLE, {})
                yield Step(token.id.hex, element_id, kind, token.locals, cycle)

    def _token(self, step_id: str) -> Token:
        token = self._found(step_id)
        if token is None:
            raise StepNotWaiting()
        return token

    def _found(self, step_id: str) -> Token | None:
        try:
            return self._tokens.find(UUID(hex=step_id))
        except ValueError:
            return None

    def _advance(self) -> None:
        """Run on, one step at a time, until only people, clocks, messages and the like are waited for.

        What a step leads to comes before the next step, so that instances and levels end one after the other.
        """
        budget = MAX_AUTOMATIC_STEPS
        begun = self._tokens.instances_begun
        while (
            self._gather() or self._go_on() or self._close() or self._work() or self._ask_conditions() or self._join()
        ):
            budget -= 1
            if budget + STEPS_FOR_AN_INSTANCE * (self._tokens.instances_begun - begun) < 0:
                self._stop_circling()
                break
        if self.is_finished:
            self._tokens.scopes[None].clear()

    def _gather(self) -> bool:
        """A parallel join to which a token has come by every flow."""
        while self._tokens.to_do.arrived:
            token = self._tokens.to_do.arrived.popleft()
            if _is_here(token) and token.state == TaskState.WAITING and token.task_spec.may_fire(token):
                with self._tokens.trail.event("join", token):
                    token.task_spec.fire(token)
                return True
        return False

    def _go_on(self) -> bool:
        """A repetition or compensation takes what came of a part of it."""
        while self._tokens.to_do.ended:
            owner, part = self._tokens.to_do.ended.popleft()
            is_there = _is_here(owner) and owner.state == TaskState.STARTED and (part is None or _is_here(part))
            if is_there and _FAILED not in owner.internal_data:
                self._try(owner, lambda owner=owner, part=part: owner.task_spec.go_on(owner, part), kind="end")
                return True
        return False

    def _close(self) -> bool:
        """A level in which no token is left is over."""
        emptied = self._tokens.to_do.emptied
        while emptied:
            scope, _ = emptied.popitem()
            owner = scope.owner
            is_there = _is_here(owner) and self._tokens.within(owner) is scope
            if is_there and scope.is_over and _FAILED not in owner.internal_data:
                spec: SubProcess = owner.task_spec
                self._try(owner, lambda scope=scope, owner=owner, spec=spec: spec.close(scope, owner), kind="close")
                return True
        return False

    def _work(self) -> bool:
        """Do the next automatic step that is ready."""
        while (token := self._tokens.to_do.next_step()) is not None:
            if _is_here(token) and token.state == TaskState.READY and is_automatic(token):
                self._do(token)
                return True
        return False

    def _ask_conditions(self) -> bool:
        """Conditions that have become true fire; those that were true already must first be false."""
        if not self._tokens.specs.has_conditions:
            return False
        fired = False
        for token in [t for t in self._tokens.each() if kind_of(t) == "condition"]:
            if _FAILED not in token.internal_data and _is_here(token):
                fired = self._ask(token) or fired
        return fired

    def _ask(self, token: Token) -> bool:
        element = token.task_spec.element
        try:
            is_true = self._tokens.host.decide(element.condition or "", element.id, token.locals) is True
        except StepFailed as error:
            self._fail(token, error)
            return False
        if is_true and WAS not in token.internal_data:
            with self._tokens.trail.event("condition", token):
                token.task_spec.fire(token)
            return True
        if not is_true:
            token.internal_data.pop(WAS, None)
        return False

    def _join(self) -> bool:
        """One inclusive join that no other token can still come to, in the order of the diagram."""
        if not self._tokens.specs.has_joins:
            return False
        scopes = [scope for scope in self._tokens.scopes.values() if scope.spec.joins]
        return any(self._fire_join(scope, node) for scope in scopes for node in scope.spec.joins)

    def _fire_join(self, scope: Any, node: InclusiveGateway) -> bool:
        arrived = next((t for t in scope.living if t.task_spec is node and t.state == TaskState.WAITING), None)
        if arrived is None or not node.may_fire(arrived):
            return False
        with self._tokens.trail.event("join", arrived):
            node.fire(arrived)
        return True

    def _do(self, token: Token) -> None:
        failed = len(self.failures)
        self._try(token, token.run, kind="complete" if token.task_spec.manual else "work")
        if len(self.failures) == failed:
            self.passed.append(token.task_spec.element.id)

    def _try(self, token: Token, work: Callable[[], Any], *, kind: str) -> Any:
        """What the work gives; a failure counts as a movement, since the token is now out of the way."""
        with self._tokens.trail.event(kind, token):
            try:
                return work()
            except StepFailed as error:
                self._fail(token, error)
                return True

    def _fail(self, token: Token, error: StepFailed) -> None:
        """The token stays where it is, out of the way of the others, until somebody retries."""
        if token.state == TaskState.ERROR:
            token._set_state(TaskState.READY)
        token.internal_data[_FAILED] = True
        self.failures.append(Failure(token.id.hex, token.task_spec.element.id, error))

    def _stop_circling(self) -> None:
        for token in self._tokens.each():
            if token.state == TaskState.READY and is_automatic(token):
                self._fail(token, RunsInCircles(limit=MAX_AUTOMATIC_STEPS))


def _is_here(token: Token) -> bool:
    """Nothing has taken it away meanwhile."""
    return token.id in token.workflow.tasks and (
        token.workflow.owner is None or token.workflow.all.scopes.get(token.workflow.owner.id) is token.workflow
    )


def is_automatic(token: Token) -> bool:
    return not token.task_spec.manual and _FAILED not in token.internal_data
