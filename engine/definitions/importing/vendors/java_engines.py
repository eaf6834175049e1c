"""What Camunda 7, Operaton, Flowable and Activiti have in common: they grew from one engine and kept its attributes."""

from engine.definitions.importing.vendors.vendor import Setting

_USER = ("bpmn:userTask",)
_WITH_FORM = ("bpmn:userTask", "bpmn:startEvent")
_DECISION = ("bpmn:businessRuleTask",)
CALLING = (
    "bpmn:serviceTask",
    "bpmn:sendTask",
    "bpmn:businessRuleTask",
    "bpmn:intermediateThrowEvent",
    "bpmn:endEvent",
)
_FORM, _ASSIGNMENT, _SCHEDULE = "zeebe:formDefinition", "zeebe:assignmentDefinition", "zeebe:taskSchedule"
_SERVICE, _DECIDED = "zeebe:taskDefinition", "zeebe:calledDecision"

SETTINGS = (
    Setting("formKey", _WITH_FORM, _FORM, "formId", "form", "form_needed"),
    Setting("assignee", _USER, _ASSIGNMENT, "assignee", "expression"),
    Setting("candidateGroups", _USER, _ASSIGNMENT, "candidateGroups", "groups"),
    Setting("dueDate", _USER, _SCHEDULE, "dueDate", "moment"),
    Setting("priority", _USER, "zeebe:priorityDefinition", "priority", "expression"),
    Setting("class", CALLING, _SERVICE, "type", "text", "service_needed"),
    Setting("delegateExpression", CALLING, _SERVICE, "type", "text", "service_needed"),
    Setting("expression", CALLING, _SERVICE, "type", "text", "service_needed"),
    Setting("topic", CALLING, _SERVICE, "type", "text", "service_needed"),
    Setting("type", CALLING, _SERVICE, "type", "text", "service_needed"),
)
DECISIONS = (
    Setting("decisionRef", _DECISION, _DECIDED, "decisionId", "text", "decision_needed"),
    Setting("resultVariable", _DECISION, _DECIDED, "resultVariable", "text"),
)
FOLLOW_UP = (Setting("followUpDate", _USER, _SCHEDULE, "followUpDate", "moment"),)
NEEDLESS = frozenset({"async", "asyncBefore", "asyncAfter", "exclusive", "jobPriority", "failedJobRetryTimeCycle"})
