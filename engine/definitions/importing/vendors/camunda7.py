"""Camunda 7 and its continuations, Operaton and CIB seven."""

from engine.definitions.importing.vendors.java_engines import DECISIONS, FOLLOW_UP, NEEDLESS, SETTINGS
from engine.definitions.importing.vendors.vendor import Setting, Vendor

_FORM_REF = (
    Setting(
        "formRef", ("bpmn:userTask", "bpmn:startEvent"), "zeebe:formDefinition", "formId", "text", note="form_needed"
    ),
)
_SETTINGS = (*SETTINGS, *DECISIONS, *FOLLOW_UP, *_FORM_REF)
_NEEDLESS = NEEDLESS | {
    "historyTimeToLive",
    "isStartableInTasklist",
    "diagramRelationId",
    "versionTag",
    "taskPriority",
    "jobRetryTimeCycle",
    "modelerTemplate",
    "modelerTemplateVersion",
    "modelerTemplateIcon",
}

CAMUNDA_7 = Vendor(
    key="camunda7",
    name="Camunda 7",
    prefix="camunda",
    namespaces=("http://camunda.org/schema/1.0/bpmn",),
    exporters=("camunda modeler", "camunda modeller"),
    settings=_SETTINGS,
    needless=_NEEDLESS,
)
OPERATON = Vendor(
    key="operaton",
    name="Operaton",
    prefix="operaton",
    namespaces=("http://operaton.org/schema/1.0/bpmn",),
    exporters=("operaton",),
    settings=_SETTINGS,
    needless=_NEEDLESS,
)
