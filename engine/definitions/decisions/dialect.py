"""What a decision file may contain: the elements of DMN 1.1 to 1.5 as editors write them; we write DMN 1.3."""

from engine.definitions.decisions.drawing import DRAWN
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
    "http://www.omg.org/spec/DMN/20151101/dmn11.xsd": "dmn",
    "http://www.omg.org/spec/DMN/20180521/MODEL/": "dmn",
    "https://www.omg.org/spec/DMN/20211108/MODEL/": "dmn",
    "https://www.omg.org/spec/DMN/20230324/MODEL/": "dmn",
    "http://www.omg.org/spec/DMN/20180521/DMNDI/": "dmndi",
    "https://www.omg.org/spec/DMN/20211108/DMNDI/": "dmndi",
    "https://www.omg.org/spec/DMN/20230324/DMNDI/": "dmndi",
    "http://bpmn.io/schema/dmn/biodi/1.0": "biodi",
}

LOGIC = (
    "dmn:decisionTable",
    "dmn:literalExpression",
    "dmn:context",
    "dmn:invocation",
    "dmn:list",
    "dmn:relation",
    "dmn:functionDefinition",
)
FEEL_TEXTS = frozenset(
    {"dmn:inputEntry", "dmn:outputEntry", "dmn:literalExpression", "dmn:inputExpression", "dmn:inputValues"}
    | {"dmn:outputValues", "dmn:defaultOutputEntry", "dmn:allowedValues"}
)
_REQUIREMENTS = ("dmn:informationRequirement", "dmn:knowledgeRequirement", "dmn:authorityRequirement")
# Who decides, by which goals and in which processes: kept for the reader, without effect.
_BUSINESS = (
    "dmn:supportedObjective",
    "dmn:impactedPerformanceIndicator",
    "dmn:decisionMaker",
    "dmn:decisionOwner",
    "dmn:usingProcess",
    "dmn:usingTask",
)
_PLATFORM = ("modeler:executionPlatform", "modeler:executionPlatformVersion")
_NAMED = ("id", "label", "name")
_ABOUT = ("dmn:description",)
_TEXT = Allowed(("id", "label", "typeRef"), (_ABOUT, ("dmn:text",)))
_ITEM = Allowed((*_NAMED, "typeRef"), (_ABOUT,))
_HREF = Allowed(("href",))

_MODEL = {
    "dmn:definitions": Allowed(
        (*_NAMED, "namespace", "exporter", "exporterVersion", *_PLATFORM),
        (
            _ABOUT,
            ("dmn:itemDefinition",),
            ("dmn:decision", "dmn:businessKnowledgeModel", "dmn:inputData", "dmn:knowledgeSource"),
            ("dmn:association", "dmn:textAnnotation", "dmn:group"),
            ("dmndi:DMNDI",),
        ),
    ),
    "dmn:description": Allowed(text=True, verbatim=True),
    "dmn:question": Allowed(text=True, verbatim=True),
    "dmn:allowedAnswers": Allowed(text=True, verbatim=True),
    "dmn:decision": Allowed(
        _NAMED,
        (
            _ABOUT,
            ("dmn:question",),
            ("dmn:allowedAnswers",),
            ("dmn:variable",),
            _REQUIREMENTS,
            _BUSINESS,
            LOGIC,
        ),
        extensions=DRAWN,
    ),
    "dmn:businessKnowledgeModel": Allowed(
        _NAMED, (_ABOUT, ("dmn:variable",), ("dmn:encapsulatedLogic",), _REQUIREMENTS), extensions=DRAWN
    ),
    "dmn:variable": _ITEM,
    "dmn:informationRequirement": Allowed(("id", "label"), (_ABOUT, ("dmn:requiredDecision", "dmn:requiredInput"))),
    "dmn:knowledgeRequirement": Allowed(("id", "label"), (_ABOUT, ("dmn:requiredKnowledge",))),
    "dmn:authorityRequirement": Allowed(
        ("id", "label"), (_ABOUT, ("dmn:requiredDecision", "dmn:requiredInput", "dmn:requiredAuthority"))
    ),
    **dict.fromkeys(
        ("dmn:requiredDecision", "dmn:requiredInput", "dmn:requiredAuthority", "dmn:requiredKnowledge", *_BUSINESS),
        _HREF,
    ),
    "dmn:inputData": Allowed(_NAMED, (_ABOUT, ("dmn:variable",)), extensions=DRAWN),
    "dmn:knowledgeSource": Allowed(
        (*_NAMED, "locationURI"),
        (_ABOUT, ("dmn:authorityRequirement",), ("dmn:type",), ("dmn:owner",)),
        extensions=DRAWN,
    ),
    "dmn:type": Allowed(text=True),
    "dmn:owner": _HREF,
    "dmn:textAnnotation": Allowed(("id", "label"), (_ABOUT, ("dmn:text",))),
    "dmn:association": Allowed(("id", "label", "associationDirection"), (("dmn:sourceRef",), ("dmn:targetRef",))),
    "dmn:sourceRef": _HREF,
    "dmn:targetRef": _HREF,
    "dmn:group": Allowed(_NAMED, (_ABOUT,)),
}
_TYPES = {
    "dmn:itemDefinition": Allowed(
        (*_NAMED, "isCollection"), (_ABOUT, ("dmn:typeRef",), ("dmn:allowedValues",), ("dmn:itemComponent",))
    ),
    "dmn:itemComponent": Allowed(
        (*_NAMED, "isCollection"), (_ABOUT, ("dmn:typeRef",), ("dmn:allowedValues",), ("dmn:itemComponent",))
    ),
    "dmn:typeRef": Allowed(text=True),
    "dmn:allowedValues": Allowed(("id", "label", "typeRef"), (_ABOUT, ("dmn:text",))),
}
_TABLE = {
    "dmn:decisionTable": Allowed(
        ("id", "label", "typeRef", "hitPolicy", "aggregation", "outputLabel", "biodi:annotationsWidth"),
        (_ABOUT, ("dmn:input",), ("dmn:output",), ("dmn:annotation",), ("dmn:rule",)),
    ),
    "dmn:input": Allowed(("id", "label", "biodi:width"), (_ABOUT, ("dmn:inputExpression",), ("dmn:inputValues",))),
    "dmn:inputExpression": _TEXT,
    "dmn:inputValues": _TEXT,
    "dmn:output": Allowed(
        (*_NAMED, "typeRef", "biodi:width"), (_ABOUT, ("dmn:outputValues",), ("dmn:defaultOutputEntry",))
    ),
    "dmn:outputValues": _TEXT,
    "dmn:defaultOutputEntry": _TEXT,
    "dmn:annotation": Allowed(("name",)),
    "dmn:rule": Allowed(("id", "label"), (_ABOUT, ("dmn:inputEntry",), ("dmn:outputEntry",), ("dmn:annotationEntry",))),
    "dmn:inputEntry": _TEXT,
    "dmn:outputEntry": _TEXT,
    "dmn:annotationEntry": Allowed(children=(("dmn:text",),)),
    "dmn:text": Allowed(text=True),
}
_BOXES = {
    "dmn:literalExpression": _TEXT,
    "dmn:context": Allowed(("id", "label", "typeRef"), (_ABOUT, ("dmn:contextEntry",))),
    "dmn:contextEntry": Allowed(("id", "label"), (_ABOUT, ("dmn:variable",), LOGIC)),
    "dmn:invocation": Allowed(("id", "label", "typeRef"), (_ABOUT, ("dmn:literalExpression",), ("dmn:binding",))),
    "dmn:binding": Allowed(children=(("dmn:parameter",), LOGIC)),
    "dmn:parameter": _ITEM,
    "dmn:list": Allowed(("id", "label", "typeRef"), (_ABOUT, LOGIC)),
    "dmn:relation": Allowed(("id", "label", "typeRef"), (_ABOUT, ("dmn:column",), ("dmn:row",))),
    "dmn:column": _ITEM,
    "dmn:row": Allowed(("id", "label", "typeRef"), (_ABOUT, LOGIC)),
    "dmn:encapsulatedLogic": Allowed(("id", "label", "typeRef", "kind"), (_ABOUT, ("dmn:formalParameter",), LOGIC)),
    "dmn:functionDefinition": Allowed(("id", "label", "typeRef", "kind"), (_ABOUT, ("dmn:formalParameter",), LOGIC)),
    "dmn:formalParameter": _ITEM,
}
_DRAWING = {
    "dmndi:DMNDI": Allowed(children=(("dmndi:DMNDiagram",),)),
    "dmndi:DMNDiagram": Allowed(("id", "name"), (("dmndi:Size",), ("dmndi:DMNShape", "dmndi:DMNEdge"))),
    "dmndi:Size": Allowed(("width", "height")),
    "dmndi:DMNShape": Allowed(("id", "dmnElementRef", "isCollapsed"), (("dc:Bounds",), ("dmndi:DMNLabel",))),
    "dmndi:DMNEdge": Allowed(("id", "dmnElementRef"), (("di:waypoint",), ("dmndi:DMNLabel",))),
    "dmndi:DMNLabel": Allowed(("id",), (("dc:Bounds",),)),
    "dc:Bounds": Allowed(("x", "y", "width", "height")),
    "biodi:bounds": Allowed(("x", "y", "width", "height")),
    "biodi:edge": Allowed(("source",), (("biodi:waypoints",),)),
    "biodi:waypoints": Allowed(("x", "y")),
    "di:waypoint": Allowed(("x", "y")),
}
_REPEATED_IN_MODEL = ("itemDefinition", "itemComponent", "decision", "businessKnowledgeModel", "inputData")
_REPEATED_IN_MODEL += ("knowledgeSource", "association", "textAnnotation", "group", "formalParameter")
_REPEATED_IN_TABLES = ("input", "output", "annotation", "rule", "inputEntry", "outputEntry", "annotationEntry")
_REPEATED_IN_BOXES = ("contextEntry", "binding", "column", "row")
_REPEATED_IN_DRAWING = ("dmndi:DMNDiagram", "dmndi:DMNShape", "dmndi:DMNEdge", "di:waypoint")
_REPEATED_IN_DRAWING += ("biodi:edge", "biodi:waypoints")
_REPEATED = (*_REPEATED_IN_MODEL, *_REPEATED_IN_TABLES, *_REPEATED_IN_BOXES)
_FEEL = frozenset({"feel", "FEEL", "http://www.omg.org/spec/FEEL/20140401"}) | {
    f"{scheme}://www.omg.org/spec/DMN/{version}/FEEL/"
    for scheme in ("http", "https")
    for version in ("20180521", "20191111", "20211108", "20230324")
}

DMN = Dialect(
    root="dmn:definitions",
    prefixes={uri: prefix for prefix, uri in _NAMESPACES.items()} | _OTHER_VERSIONS,
    namespaces=_NAMESPACES,
    elements=_MODEL | _TYPES | _TABLE | _BOXES | _DRAWING,
    repeatable=frozenset(
        {*(f"dmn:{tag}" for tag in _REPEATED), *_REPEATED_IN_DRAWING, *_REQUIREMENTS, *_BUSINESS, *LOGIC}
    ),
    defaults={
        "expressionLanguage": _FEEL,
        "typeLanguage": _FEEL,
        "preferredOrientation": frozenset({"Rule-as-Row"}),
        "kind": frozenset({"FEEL"}),
        "isCollection": frozenset({"false"}),
        "textFormat": frozenset({"text/plain"}),
        "xsi:schemaLocation": frozenset({"*"}),
        "useAlternativeInputDataShape": frozenset({"*"}),
    },
    values={
        ("dmn:itemDefinition", "isCollection"): "true",
        ("dmn:itemComponent", "isCollection"): "true",
    },
    # The orientation says how a table is drawn; its rules are written the same way in all three.
    dropped_attributes=frozenset({"preferredOrientation", "isListedInputData"}),
    ineffective_namespaces=frozenset({"http://camunda.org/schema/1.0/dmn"}),
    extension_element="dmn:extensionElements",
    refusals={
        # Boxes of DMN 1.4 and later: no editor of our designers shows them, and FEEL says the same in one line.
        **dict.fromkeys(("dmn:conditional", "dmn:filter", "dmn:for", "dmn:every", "dmn:some"), "box_not_supported"),
        **dict.fromkeys(
            ("dmn:import", "dmn:decisionService", "dmn:functionItem", "dmn:typeConstraint"),
            "decision_element_not_supported",
        ),
        **dict.fromkeys(
            ("dmn:elementCollection", "dmn:performanceIndicator", "dmn:organizationUnit"),
            "decision_element_not_supported",
        ),
    },
)
