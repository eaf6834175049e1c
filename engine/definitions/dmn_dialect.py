"""The DMN elements that a decision file may contain, as dmn-js and the desktop modeller write them (DMN 1.1 to 1.5)."""

from engine.definitions.dialect import Allowed, Dialect

_NAMESPACES = {
    "dmn": "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "dmndi": "https://www.omg.org/spec/DMN/20191111/DMNDI/",
    "dc": "http://www.omg.org/spec/DMN/20180521/DC/",
    "di": "http://www.omg.org/spec/DMN/20180521/DI/",
    "biodi": "http://bpmn.io/schema/dmn/biodi/2.0",
    "modeler": "http://camunda.org/schema/modeler/1.0",
}
_OTHER_VERSIONS = {
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd": "dmn",
    "http://www.omg.org/spec/DMN/20180521/MODEL/": "dmn",
    "https://www.omg.org/spec/DMN/20211108/MODEL/": "dmn",
    "https://www.omg.org/spec/DMN/20230324/MODEL/": "dmn",
    "http://www.omg.org/spec/DMN/20180521/DMNDI/": "dmndi",
    "https://www.omg.org/spec/DMN/20230324/DMNDI/": "dmndi",
    "http://bpmn.io/schema/dmn/biodi/1.0": "biodi",
}
_REQUIREMENTS = ("dmn:informationRequirement", "dmn:knowledgeRequirement", "dmn:authorityRequirement")
_PLATFORM = ("modeler:executionPlatform", "modeler:executionPlatformVersion")
_TEXT = Allowed(("id", "typeRef"), (("dmn:text",),))

_MODEL = {
    "dmn:definitions": Allowed(
        ("id", "name", "namespace", "exporter", "exporterVersion", *_PLATFORM),
        (
            ("dmn:description",),
            ("dmn:decision", "dmn:inputData", "dmn:knowledgeSource"),
            ("dmn:association", "dmn:textAnnotation"),
            ("dmndi:DMNDI",),
        ),
    ),
    "dmn:description": Allowed(text=True, verbatim=True),
    "dmn:question": Allowed(text=True, verbatim=True),
    "dmn:allowedAnswers": Allowed(text=True, verbatim=True),
    "dmn:decision": Allowed(
        ("id", "name"),
        (
            ("dmn:description",),
            ("dmn:question",),
            ("dmn:allowedAnswers",),
            ("dmn:variable",),
            _REQUIREMENTS,
            ("dmn:decisionTable", "dmn:literalExpression"),
        ),
    ),
    "dmn:variable": Allowed(("id", "name", "typeRef")),
    "dmn:informationRequirement": Allowed(("id",), (("dmn:requiredDecision", "dmn:requiredInput"),)),
    "dmn:authorityRequirement": Allowed(
        ("id",), (("dmn:requiredDecision", "dmn:requiredInput", "dmn:requiredAuthority"),)
    ),
    "dmn:requiredDecision": Allowed(("href",)),
    "dmn:requiredInput": Allowed(("href",)),
    "dmn:requiredAuthority": Allowed(("href",)),
    "dmn:inputData": Allowed(("id", "name"), (("dmn:description",), ("dmn:variable",))),
    "dmn:knowledgeSource": Allowed(("id", "name"), (("dmn:description",), ("dmn:authorityRequirement",))),
    "dmn:textAnnotation": Allowed(("id",), (("dmn:text",),)),
    "dmn:association": Allowed(("id", "associationDirection"), (("dmn:sourceRef",), ("dmn:targetRef",))),
    "dmn:sourceRef": Allowed(("href",)),
    "dmn:targetRef": Allowed(("href",)),
}
_TABLE = {
    "dmn:decisionTable": Allowed(
        ("id", "hitPolicy", "aggregation", "outputLabel", "biodi:annotationsWidth"),
        (("dmn:input",), ("dmn:output",), ("dmn:annotation",), ("dmn:rule",)),
    ),
    "dmn:literalExpression": Allowed(("id", "typeRef"), (("dmn:text",),)),
    "dmn:input": Allowed(("id", "label", "biodi:width"), (("dmn:inputExpression",), ("dmn:inputValues",))),
    "dmn:inputExpression": _TEXT,
    "dmn:inputValues": _TEXT,
    "dmn:output": Allowed(
        ("id", "label", "name", "typeRef", "biodi:width"), (("dmn:outputValues",), ("dmn:defaultOutputEntry",))
    ),
    "dmn:outputValues": _TEXT,
    "dmn:defaultOutputEntry": _TEXT,
    "dmn:annotation": Allowed(("name",)),
    "dmn:rule": Allowed(
        ("id",), (("dmn:description",), ("dmn:inputEntry",), ("dmn:outputEntry",), ("dmn:annotationEntry",))
    ),
    "dmn:inputEntry": _TEXT,
    "dmn:outputEntry": _TEXT,
    "dmn:annotationEntry": Allowed(children=(("dmn:text",),)),
    "dmn:text": Allowed(text=True),
}
_DRAWING = {
    "dmndi:DMNDI": Allowed(children=(("dmndi:DMNDiagram",),)),
    "dmndi:DMNDiagram": Allowed(("id", "name"), (("dmndi:Size",), ("dmndi:DMNShape", "dmndi:DMNEdge"))),
    "dmndi:Size": Allowed(("width", "height")),
    "dmndi:DMNShape": Allowed(("id", "dmnElementRef", "isCollapsed"), (("dc:Bounds",), ("dmndi:DMNLabel",))),
    "dmndi:DMNEdge": Allowed(("id", "dmnElementRef"), (("di:waypoint",), ("dmndi:DMNLabel",))),
    "dmndi:DMNLabel": Allowed(("id",), (("dc:Bounds",),)),
    "dc:Bounds": Allowed(("x", "y", "width", "height")),
    "di:waypoint": Allowed(("x", "y")),
}
_FEEL = frozenset({"feel", "FEEL", "http://www.omg.org/spec/FEEL/20140401"}) | {
    f"{scheme}://www.omg.org/spec/DMN/{version}/FEEL/"
    for scheme in ("http", "https")
    for version in ("20180521", "20191111", "20211108", "20230324")
}

DMN = Dialect(
    root="dmn:definitions",
    prefixes={uri: prefix for prefix, uri in _NAMESPACES.items()} | _OTHER_VERSIONS,
    namespaces=_NAMESPACES,
    elements=_MODEL | _TABLE | _DRAWING,
    repeatable=frozenset(
        {"dmn:decision", "dmn:inputData", "dmn:knowledgeSource", "dmn:association", "dmn:textAnnotation"}
        | {*_REQUIREMENTS}
        | {"dmn:input", "dmn:output", "dmn:annotation", "dmn:rule", "dmn:inputEntry", "dmn:outputEntry"}
        | {"dmn:annotationEntry", "dmndi:DMNDiagram", "dmndi:DMNShape", "dmndi:DMNEdge", "di:waypoint"}
    ),
    defaults={
        "expressionLanguage": _FEEL,
        "typeLanguage": _FEEL,
        "preferredOrientation": frozenset({"Rule-as-Row"}),
        "textFormat": frozenset({"text/plain"}),
        "xsi:schemaLocation": frozenset({"*"}),
        "useAlternativeInputDataShape": frozenset({"*"}),
    },
    dropped_namespaces=frozenset({"http://bpmn.io/schema/dmn/biodi/1.0"}),
    extension_element="dmn:extensionElements",
)
