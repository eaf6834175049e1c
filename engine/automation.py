"""What automatic steps do: scripts, services, decisions and the conditions of gateways, all by element id."""

import logging
from collections import ChainMap
from collections.abc import Mapping
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from engine.case_call import CaseCall
from engine.case_work import CaseWork
from engine.definitions.process import Element
from engine.errors import EngineError
from engine.feel import compile_expression, strip_equals, to_json
from engine.model.base_model import growing_id
from engine.spiff.host import ErrorThrown, StepFailed
from engine.spiff.locals import Locals

log = logging.getLogger(__name__)


class ConditionUndecided(StepFailed):
    """The condition of a flow is neither true nor false."""


class StepRefused(StepFailed):
    """An expression, a decision or a service could not answer."""


class ScriptNotAContext(StepFailed):
    """A script without result variable must give a context of variables."""


class ServiceMissing(StepFailed):
    """No service of this type is installed."""


class StepBroken(StepFailed):
    """A service failed in a way nobody expected; the log has the trace."""


class Automation:
    """The host of a process run for one locked case."""

    def __init__(self, folder: CaseWork) -> None:
        self._folder = folder

    def decide(self, expression: str, element_id: str, words: Locals) -> bool:
        with self._folder.at(words):
            answer = self._asked(element_id, lambda: evaluate(expression, self._folder.words))
        if answer is None or isinstance(answer, bool):
            return bool(answer)
        raise ConditionUndecided(element_id=element_id, expression=expression)

    def evaluate(self, expression: str, element_id: str, words: Locals) -> Any:
        with self._folder.at(words):
            return to_json(self._asked(element_id, lambda: evaluate(expression, self._folder.words)))

    def perform(self, element_id: str, words: Locals) -> None:
        element = self._folder.bundle.process.elements[element_id]
        with self._folder.at(words):
            self._folder.remember(self._asked(element_id, lambda: self._outcome(element)))

    def announce(self, element_id: str, words: Locals, *, token: str) -> None:
        element = self._folder.bundle.process.elements[element_id]
        with self._folder.at(words):
            self._asked(element_id, lambda: announce(self._folder, element, unique=token))

    def remember(self, values: dict[str, Any], words: Locals) -> None:
        with self._folder.at(words):
            self._folder.remember(values)

    def note(self, what: str, element_id: str) -> None:
        self._folder.record(what, element_id=element_id, actor="system")

    def _asked(self, element_id: str, question: Any) -> Any:
        try:
            return question()
        except (StepFailed, ErrorThrown, SQLAlchemyError):
            raise
        except EngineError as refusal:
            raise StepRefused(element_id=element_id, cause=refusal.code, facts=_facts(refusal)) from refusal
        except Exception as error:
            log.exception("step %s of case %s failed", element_id, self._folder.case.number)
            raise StepBroken(element_id=element_id, cause=type(error).__name__) from error

    def _outcome(self, element: Element) -> Mapping[str, Any]:
        if element.script is not None:
            return _named(evaluate(element.script, self._folder.words), element)
        inputs = {target: evaluate(source, self._folder.words) for source, target in element.inputs}
        if element.decision is not None:
            decision = self._folder.bundle.decisions[element.decision]
            return self._mapped(_named(decision.evaluate(ChainMap(inputs, self._folder.words)), element), element)
        return self._mapped(self._serve(element, inputs), element)

    def _serve(self, element: Element, inputs: Mapping[str, Any]) -> Mapping[str, Any]:
        service = self._folder.work.services.get(element.service or "")
        if service is None:
            raise ServiceMissing(service=element.service)
        with self._folder.work.session.begin_nested():
            given = {name: to_json(value) for name, value in inputs.items()}
            return dict(service(CaseCall(self._folder, element, inputs=given)))

    def _mapped(self, result: Mapping[str, Any], element: Element) -> Mapping[str, Any]:
        if not element.outputs:
            return {name: to_json(value) for name, value in result.items()}
        words = ChainMap(dict(result), self._folder.words)  # type: ignore[arg-type]
        return {target: to_json(evaluate(source, words)) for source, target in element.outputs}


def evaluate(source: str, words: Mapping[str, Any]) -> Any:
    """The value of a FEEL expression, with or without the leading `=`. Raises FeelSyntaxError, FeelEvaluationError."""
    return compile_expression(strip_equals(source)).evaluate(words)


def announce(folder: CaseWork, element: Element, *, unique: str) -> None:
    """Put the message or signal that an element sends into the outbox; `unique` tells one sending from the next."""
    payload = {target: to_json(evaluate(source, folder.words)) for source, target in element.inputs}
    id_ = f"{folder.case.id}:{growing_id()}:{unique}"
    if element.event == "signal":
        args = {"name": element.signal, "payload": payload, "signal_id": id_}
        folder.work.enqueue("broadcast_signal", args, dedupe=f"signal:{id_}")
    else:
        args = {"name": element.message, "key": message_key(folder, element), "payload": payload, "message_id": id_}
        folder.work.enqueue("send_message", args, dedupe=f"message:{id_}")
    folder.record(f"{element.event}_sent", element_id=element.id, actor="system", details={"name": args["name"]})


def message_key(folder: CaseWork, element: Element) -> str:
    """The correlation key as text; a message without one is addressed by case number."""
    if not element.correlation_key:
        return folder.case.number
    return str(evaluate(element.correlation_key, folder.words))


def _named(value: Any, element: Element) -> Mapping[str, Any]:
    if element.result_variable:
        return {element.result_variable: to_json(value)}
    if not isinstance(value, Mapping):
        raise ScriptNotAContext(element_id=element.id)
    return {name: to_json(part) for name, part in value.items()}


def _facts(refusal: EngineError) -> dict[str, Any]:
    """The parts of an error that JSON can hold."""
    facts = {k: v for k, v in refusal.details.items() if isinstance(v, (str, int, bool, type(None), list))}
    if refusal.problems:
        facts["problems"] = [p.text or p.code for p in refusal.problems]
    return facts
