"""Who wrote a file, and what each maker's settings mean: one table per vendor."""

from engine.definitions.bpmn_dialect import BPMN
from engine.definitions.dialect import Node
from engine.definitions.importing.vendors.camunda7 import CAMUNDA_7, OPERATON
from engine.definitions.importing.vendors.flowable import ACTIVITI, FLOWABLE
from engine.definitions.importing.vendors.others import (
    ADONIS,
    BIZAGI,
    BPMN_IO,
    CAMUNDA_8,
    COLOURS,
    ITP,
    JBPM,
    PLAIN,
    SIGNAVIO,
    SPIFF,
    TRISOTECH,
    VISUAL_PARADIGM,
    W4,
    YAOQIANG,
)
from engine.definitions.importing.vendors.vendor import Setting, Vendor

__all__ = ["NAMESPACES", "OURS", "VENDORS", "Setting", "Vendor", "of_name", "vendor_of"]

ENGINES = (CAMUNDA_7, OPERATON, FLOWABLE, ACTIVITI, SPIFF, JBPM)
TOOLS = (SIGNAVIO, BIZAGI, TRISOTECH, W4, ADONIS, ITP, YAOQIANG, VISUAL_PARADIGM, BPMN_IO)
VENDORS = (CAMUNDA_8, *ENGINES, *TOOLS, COLOURS, PLAIN)
# Files of these hold nothing that has to be translated; `unknown` is what nobody could read.
OURS = frozenset({CAMUNDA_8.key, BPMN_IO.key, PLAIN.key, "unknown"})
NAMESPACES = {uri: vendor.prefix for vendor in VENDORS for uri in vendor.namespaces}
_BY_PREFIX = {vendor.prefix: vendor for vendor in VENDORS if vendor.prefix}


def of_name(name: str) -> Vendor | None:
    """The vendor to whom a name like `camunda:formKey` belongs."""
    return _BY_PREFIX.get(name.partition(":")[0]) if ":" in name else None


def vendor_of(root: Node) -> Vendor:
    """Settings of an engine count more than the name of the tool, which is often the editor alone."""
    names = [name.partition(":")[0] for node in root.walk() for name in (node.tag, *node.attributes)]
    used = {name for name in names if name in _BY_PREFIX or name == "zeebe"}
    exporter = root.attributes.get("exporter", "").lower()
    exported = [vendor for vendor in VENDORS if exporter.startswith(vendor.exporters or ("\0",))]
    # A file of one engine may quote another (an id of the old editor): the engine that is used most wrote it.
    engines = [vendor for vendor in ENGINES if vendor.prefix in used]
    if "zeebe" in used and root.attributes.get("modeler:executionPlatform", "Camunda Cloud") == "Camunda Cloud":
        return CAMUNDA_8
    if engines:
        return max(engines, key=lambda vendor: names.count(vendor.prefix))
    tools = [vendor for vendor in TOOLS if vendor.prefix in used]
    return (exported or tools or [PLAIN])[0]


assert not NAMESPACES.keys() & BPMN.prefixes.keys(), "a vendor may not take over a namespace of the standard"
