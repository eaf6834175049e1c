"""Engines and drawing tools whose files carry little that runs, or that write our own dialect."""

from engine.definitions.importing.vendors.vendor import Vendor

CAMUNDA_8 = Vendor(
    key="camunda8",
    name="Camunda 8",
    # Its extension elements are our dialect; what goes beyond it is named by the table of what a draft may hold.
    exporters=("camunda web modeler", "zeebe modeler"),
)
SPIFF = Vendor(
    key="spiff",
    name="SpiffWorkflow",
    prefix="spiffworkflow",
    namespaces=("http://spiffworkflow.org/bpmn/schema/1.0/core",),
    is_python=True,
)
JBPM = Vendor(
    key="jbpm",
    name="jBPM",
    prefix="drools",
    namespaces=("http://www.jboss.org/drools", "http://www.bpsim.org/schemas/1.0"),
    exporters=("jbpm",),
    needless=frozenset({"packageName", "version", "BPSimData"}),
    harmless=frozenset({"selectable"}),
)
SIGNAVIO = Vendor(
    key="signavio",
    name="Signavio",
    prefix="signavio",
    namespaces=("http://www.signavio.com",),
    exporters=("signavio",),
    harmless=frozenset(
        {"signavioMetaData", "signavioLabel", "signavioDiagramMetaData", "signavioStyle", "userManagedLabels"}
    ),
)
BIZAGI = Vendor(
    key="bizagi",
    name="Bizagi",
    prefix="bizagi",
    namespaces=("http://www.bizagi.com/bpmn20", "http://www.bizagi.com/schema/bpmn20"),
    exporters=("bizagi",),
    harmless=frozenset({"BizagiExtensions"}),
)
TRISOTECH = Vendor(
    key="trisotech",
    name="Trisotech",
    prefix="triso",
    namespaces=(
        "http://www.trisotech.com/2014/triso/bpmn",
        "http://www.trisotech.com/2015/triso/modeling",
        "http://www.trisotech.com/2015/triso/translation",
    ),
    exporters=("trisotech", "bpmn modeler (trisotech)"),
    harmless=frozenset(
        {
            "allowProvidedAuth",
            "allowUrlOverride",
            "defaultBounds",
            "defaultName",
            "diagramHeight",
            "diagramWidth",
            "graphObjects",
            "graphRelations",
            "hidden",
            "isInterrupting",
            "labelPosition",
            "logoChoice",
            "readOnly",
            "targetpage",
            "translationLanguages",
            "unparsed",
        }
    ),
)
W4 = Vendor(
    key="w4",
    name="W4 BPMN+",
    prefix="w4",
    namespaces=("http://www.w4.eu/spec/BPMN/20110701/MODEL", "http://www.w4.eu/spec/BPMN/20110930/GRAPH"),
    exporters=("w4 bpmn",),
    harmless=frozenset({"graphStyle", "version"}),
)
ADONIS = Vendor(
    key="adonis",
    name="ADONIS",
    prefix="adonis",
    namespaces=("http://www.boc-group.com",),
    exporters=("adonis", "boc"),
)
ITP = Vendor(
    key="itp",
    name="itp commerce Process Modeler",
    prefix="itp",
    namespaces=("http://www.itp-commerce.com/BPMN2.0",),
    exporters=("process modeler", "itp-commerce"),
    harmless=frozenset(
        {
            "author",
            "conformanceSubClass",
            "createdWithVersion",
            "creationDate",
            "elementType",
            "isCollapsed",
            "label",
            "logicalSheetId",
            "modificationDate",
            "systemDefinedAttributes",
            "version",
        }
    ),
)
YAOQIANG = Vendor(
    key="yaoqiang",
    name="Yaoqiang BPMN Editor",
    prefix="yaoqiang",
    namespaces=("http://bpmn.sourceforge.net",),
    exporters=("yaoqiang",),
    harmless=frozenset({"pageFormat", "page", "style", "label", "elementStyle"}),
)
VISUAL_PARADIGM = Vendor(
    key="visual_paradigm",
    name="Visual Paradigm",
    exporters=("visual paradigm",),
)
COLOURS = Vendor(
    key="colours",
    name="colours",
    prefix="color",
    namespaces=(
        "http://bpmn.io/schema/bpmn/biocolor/1.0",
        "http://www.omg.org/spec/BPMN/non-normative/color/1.0",
    ),
    harmless=frozenset({"stroke", "fill", "background-color", "border-color", "color"}),
)
BPMN_IO = Vendor(key="bpmn_io", name="bpmn.io", exporters=("bpmn-js", "bpmn.io", "bpmn-js-token-simulation"))
PLAIN = Vendor(key="plain", name="BPMN 2.0")
