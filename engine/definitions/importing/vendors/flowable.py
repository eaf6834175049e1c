"""Flowable and Activiti."""

from engine.definitions.importing.vendors.java_engines import DECISIONS, NEEDLESS, SETTINGS
from engine.definitions.importing.vendors.vendor import Vendor

_NEEDLESS = NEEDLESS | {"triggerable", "asyncLeave", "asyncLeaveExclusive", "useLocalScopeForResultVariable"}
# What the designers of both write beside their shapes.
_HARMLESS = frozenset({"modeler:modelId", "modelerKey", "formFieldValidation"})

FLOWABLE = Vendor(
    key="flowable",
    name="Flowable",
    prefix="flowable",
    namespaces=("http://flowable.org/bpmn", "http://flowable.org/design"),
    exporters=("flowable",),
    settings=(*SETTINGS, *DECISIONS),
    needless=_NEEDLESS,
    harmless=_HARMLESS,
)
ACTIVITI = Vendor(
    key="activiti",
    name="Activiti",
    prefix="activiti",
    namespaces=("http://activiti.org/bpmn", "http://activiti.com/modeler"),
    exporters=("activiti", "alfresco"),
    settings=(*SETTINGS, *DECISIONS),
    needless=_NEEDLESS,
    harmless=_HARMLESS,
)
