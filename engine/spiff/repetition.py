"""Multi-instance activities: one instance for each item of a list, side by side or one after the other."""

from collections.abc import Mapping
from typing import Any

from engine.definitions.process import Element, Loop
from engine.spiff.activities import Activity
from engine.spiff.flow_node import host_of
from engine.spiff.host import NotAList, TooManyInstances
from engine.spiff.scope import ScopeSpec, Token
from engine.spiff.trail import ENDED

MAX_INSTANCES = 1_000
_ITEMS, _RESULTS, _AT, _ACTIVE = "items", "results", "at", "active"


def result_name(place: int) -> str:
    """How the trail calls what one instance gave."""
    return f"{_RESULTS}[{place}]"


class Repetition(Activity):
    """Owns the instances and what came of them. What an instance writes stays with it; only its output leaves."""

    def __init__(self, scope: ScopeSpec, element: Element, *, instance: Activity) -> None:
        super().__init__(scope, element)
        self.loop: Loop = element.loop or Loop("")
        self.instance = instance

    def _run_hook(self, my_task: Token) -> bool | None:
        items = host_of(my_task).evaluate(self.loop.collection, self.element.id, my_task.locals)
        if not isinstance(items, list):
            raise NotAList(element_id=self.element.id, value=str(items)[:80])
        if len(items) > MAX_INSTANCES:
            raise TooManyInstances(element_id=self.element.id, count=len(items), limit=MAX_INSTANCES)
        my_task.internal_data |= {_ITEMS: items, _RESULTS: [None] * len(items), _AT: 0, _ACTIVE: 0}
        if not items:
            self._give_results(my_task)
        return self._begin(my_task) or None

    def go_on(self, token: Token, part: Token | None) -> None:
        """Take what one instance leaves; end when enough or all have ended."""
        if part is None or ENDED not in part.internal_data:
            return
        self._collect(part, token)
        if self._is_enough(token) or (not token.internal_data[_ACTIVE] and self._begin(token)):
            self._give_results(token)
            token.complete()

    def _begin(self, token: Token) -> bool:
        """Start the next instance, or all; True when there is none left to start."""
        items, at = token.internal_data[_ITEMS], token.internal_data[_AT]
        coming = items[at : at + 1] if self.loop.sequential else items[at:]
        token.workflow.all.trail.wrote(token.id.hex, {_AT: at}, token.internal_data)
        for number, item in enumerate(coming, start=at + 1):
            own = {"loopCounter": number} | ({self.loop.element: item} if self.loop.element else {})
            token.workflow.put(self.instance, under=token, vars=own)
        token.internal_data[_AT] = at + len(coming)
        token.internal_data[_ACTIVE] += len(coming)
        token.workflow.all.instances_begun += len(coming)
        return not coming

    def _collect(self, instance: Token, token: Token) -> None:
        if self.loop.output and self.loop.output_collection:
            value = host_of(token).evaluate(self.loop.output, self.element.id, instance.locals)
            self._note_result(token, instance.own["loopCounter"] - 1, value)
        token.internal_data[_ACTIVE] -= 1
        token.workflow.all.withdraw(instance)

    def _note_result(self, token: Token, place: int, value: Any) -> None:
        results: list[Any] = token.internal_data[_RESULTS]
        name = result_name(place)
        token.workflow.all.trail.wrote(token.id.hex, {name: value}, {name: results[place]})
        results[place] = value

    def restore(self, token: Token, values: Mapping[str, tuple[Any, ...]]) -> None:
        """Results and place as they were; as many instances are at work as there are tokens of them."""
        data = token.internal_data
        if _ITEMS not in data:
            return
        for name, before in values.items():
            if name == _AT:
                data[_AT] = before[0]
            else:
                data[_RESULTS][int(name[len(_RESULTS) + 1 : -1])] = before[0] if before else None
        data[_ACTIVE] = sum(child.task_spec is self.instance for child in token.children)

    def _is_enough(self, token: Token) -> bool:
        if self.loop.completion is None:
            return False
        words = token.locals.with_more(self._counts(token))
        return host_of(token).decide(self.loop.completion, self.element.id, words) is True

    def _counts(self, token: Token) -> dict[str, Any]:
        active = token.internal_data[_ACTIVE]
        ended = token.internal_data[_AT] - active
        return {
            self.loop.output_collection: token.internal_data[_RESULTS],
            "numberOfInstances": len(token.internal_data[_ITEMS]),
            "numberOfActiveInstances": active,
            "numberOfCompletedInstances": ended,
            "numberOfTerminatedInstances": 0,
        }

    def _give_results(self, token: Token) -> None:
        if self.loop.output_collection:
            values = {self.loop.output_collection: token.internal_data[_RESULTS]}
            host_of(token).remember(values, token.locals)
