"""Reads canonical BPMN into SpiffWorkflow specs; everything of ours hangs on the element id, not on the spec."""

from dataclasses import dataclass
from typing import Any, ClassVar

from lxml import etree
from SpiffWorkflow.bpmn.parser import event_parsers as events
from SpiffWorkflow.bpmn.parser import task_parsers as tasks
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
from SpiffWorkflow.bpmn.parser.util import full_tag
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.bpmn.specs.mixins.bpmn_spec_mixin import BpmnSpecMixin
from SpiffWorkflow.bpmn.specs.mixins.service_task import ServiceTask

from engine.errors import DefinitionError
from engine.spiff.events import Awaited

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"


class DiagramNotExecutable(DefinitionError):
    """SpiffWorkflow cannot build a process from this diagram."""


class AutomaticStep(ServiceTask, BpmnSpecMixin):
    """Script, service and business rule tasks: what they do is decided above, by element id."""

    def _execute(self, task: Any) -> bool:
        task.workflow.script_engine.perform(task)
        return True


class PassThrough(BpmnSpecMixin):
    """A task without a type: a visible place in the diagram at which nothing waits."""


class _InDocumentOrder:
    """SpiffWorkflow tries the flows of a gateway from top to bottom of the picture; we try them as they are written."""

    def get_position(self, node: Any = None) -> dict[str, float]:
        return {"x": 0.0, "y": 0.0}


class _Gateway(_InDocumentOrder, tasks.ConditionalGatewayParser):
    def parse_condition(self, sequence_flow: Any) -> str | None:
        text = super().parse_condition(sequence_flow)
        return text.strip().removeprefix("=").strip() if text else text


class _Events(_InDocumentOrder):
    def parse_timer_event(self, event: Any) -> Awaited:
        return Awaited(self.bpmn_id, "timer")  # type: ignore[attr-defined]

    def parse_message_event(self, event: Any) -> Awaited:
        return Awaited(self.bpmn_id, "message")  # type: ignore[attr-defined]


class _Step(_InDocumentOrder, TaskParser):
    pass


def _ordered(parser: type, *mixins: type) -> type:
    return type(f"Ordered{parser.__name__}", (*mixins, _InDocumentOrder, parser), {})


class DiagramParser(BpmnParser):
    """Takes an lxml tree by `add_bpmn_xml`, never a file name; knows only the elements that we execute."""

    PARSER_CLASSES: ClassVar[dict[str, Any]] = {
        full_tag("startEvent"): (_ordered(events.StartEventParser, _Events), defaults.StartEvent),
        full_tag("endEvent"): (_ordered(events.EndEventParser, _Events), defaults.EndEvent),
        full_tag("userTask"): (_Step, defaults.UserTask),
        full_tag("manualTask"): (_Step, defaults.ManualTask),
        full_tag("task"): (_Step, PassThrough),
        full_tag("scriptTask"): (_Step, AutomaticStep),
        full_tag("serviceTask"): (_Step, AutomaticStep),
        full_tag("businessRuleTask"): (_Step, AutomaticStep),
        full_tag("subProcess"): (_ordered(tasks.SubWorkflowParser), defaults.SubWorkflowTask),
        full_tag("exclusiveGateway"): (_Gateway, defaults.ExclusiveGateway),
        full_tag("parallelGateway"): (_ordered(tasks.GatewayParser), defaults.ParallelGateway),
        full_tag("intermediateCatchEvent"): (
            _ordered(events.IntermediateCatchEventParser, _Events),
            defaults.IntermediateCatchEvent,
        ),
        full_tag("boundaryEvent"): (_ordered(events.BoundaryEventParser, _Events), defaults.BoundaryEvent),
        full_tag("receiveTask"): (_ordered(events.ReceiveTaskParser, _Events), defaults.ReceiveTask),
    }


@dataclass(frozen=True)
class Specs:
    """SpiffWorkflow's own model of one diagram: the process and its sub-processes by id."""

    top: Any
    subprocesses: dict[str, Any]


def load_specs(canonical_xml: bytes) -> Specs:
    """Build the specs of the one executable process in the diagram. Raises DiagramNotExecutable with the element id."""
    parser = DiagramParser()
    try:
        parser.add_bpmn_xml(etree.fromstring(canonical_xml))
        (process_id,) = [i for i, p in parser.process_parsers.items() if p.node.tag == BPMN + "process"]
        return Specs(top=parser.get_spec(process_id), subprocesses=parser.get_subprocess_specs(process_id))
    except ValidationException as wrong:
        raise DiagramNotExecutable(element_id=getattr(wrong, "id", None), reason=str(wrong)) from wrong
    except (ValueError, etree.XMLSyntaxError, RecursionError) as wrong:
        raise DiagramNotExecutable(element_id=None, reason=type(wrong).__name__) from wrong
