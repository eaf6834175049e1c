"""What a process file may show without any effect on what runs: pools, lanes, data and message flows.

`Process` and the engine never read these elements; `tests/engine/definitions/test_drawing_only.py` holds them to it.
"""

from engine.definitions.dialect import Allowed

_TEXT = ("bpmn:documentation",)
DATA = ("bpmn:dataObject", "bpmn:dataObjectReference", "bpmn:dataStoreReference")
DATA_LINES = (("bpmn:dataInputAssociation",), ("bpmn:dataOutputAssociation",))
ROOTS = ("bpmn:collaboration", "bpmn:dataStore")
LANES = ("bpmn:laneSet",)

ELEMENTS = {
    "bpmn:collaboration": Allowed(
        ("id", "name"),
        (
            _TEXT,
            ("bpmn:participant", "bpmn:messageFlow"),
            ("bpmn:association", "bpmn:group", "bpmn:textAnnotation"),
        ),
    ),
    "bpmn:participant": Allowed(("id", "name", "processRef"), (_TEXT,)),
    "bpmn:messageFlow": Allowed(("id", "name", "sourceRef", "targetRef"), (_TEXT,)),
    "bpmn:laneSet": Allowed(("id", "name"), (_TEXT, ("bpmn:lane",))),
    "bpmn:childLaneSet": Allowed(("id", "name"), (_TEXT, ("bpmn:lane",))),
    "bpmn:lane": Allowed(("id", "name"), (_TEXT, ("bpmn:flowNodeRef",), ("bpmn:childLaneSet",))),
    "bpmn:flowNodeRef": Allowed(text=True),
    "bpmn:dataObject": Allowed(("id", "name", "isCollection"), (_TEXT,)),
    "bpmn:dataObjectReference": Allowed(("id", "name", "dataObjectRef"), (_TEXT,)),
    "bpmn:dataStore": Allowed(("id", "name"), (_TEXT,)),
    "bpmn:dataStoreReference": Allowed(("id", "name", "dataStoreRef"), (_TEXT,)),
    "bpmn:dataInputAssociation": Allowed(("id",), (_TEXT, ("bpmn:sourceRef",))),
    "bpmn:dataOutputAssociation": Allowed(("id",), (_TEXT, ("bpmn:targetRef",))),
    "bpmn:sourceRef": Allowed(text=True),
    "bpmn:targetRef": Allowed(text=True),
}
REPEATABLE = frozenset(
    {
        *DATA,
        *ROOTS,
        "bpmn:participant",
        "bpmn:messageFlow",
        "bpmn:lane",
        "bpmn:flowNodeRef",
        "bpmn:dataInputAssociation",
        "bpmn:dataOutputAssociation",
    }
) - {"bpmn:collaboration"}
# What the attributes of these elements, and the texts of some, must lead to.
TARGETS = {
    ("bpmn:participant", "processRef"): ("bpmn:process",),
    ("bpmn:messageFlow", "sourceRef"): ("bpmn:",),
    ("bpmn:messageFlow", "targetRef"): ("bpmn:",),
    ("bpmn:dataObjectReference", "dataObjectRef"): ("bpmn:dataObject",),
    ("bpmn:dataStoreReference", "dataStoreRef"): ("bpmn:dataStore",),
}
OPTIONAL = {"bpmn:participant", "bpmn:dataStoreReference", "bpmn:dataObjectReference"}
TEXT_TARGETS = ("bpmn:flowNodeRef", "bpmn:sourceRef", "bpmn:targetRef")
