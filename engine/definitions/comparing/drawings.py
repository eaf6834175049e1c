"""What was only moved in the drawing: places of shapes and edges, and nothing that runs."""

from collections.abc import Iterator, Mapping

from lxml import etree

from engine.definitions.bpmn_dialect import BPMN
from engine.definitions.comparing.change import Area, Change, Kind, Thing
from engine.definitions.process import Process

_NS = {prefix: uri for uri, prefix in BPMN.prefixes.items()}
_NEAR = 1.0  # less than a pixel is how editors round


def compare_drawings(before: bytes, after: bytes, process: Process, *, path: str) -> Iterator[Change]:
    """Steps that stand elsewhere or are of another size; flows follow their ends and are not told."""
    old, new = _places(before), _places(after)
    for id_, element in process.elements.items():
        if id_ in old and id_ in new and not _same(old[id_], new[id_]):
            thing = Thing(area=Area.STEP, path=path, sort=element.type, name=element.name, element_id=id_)
            yield Change(kind=Kind.MOVED, thing=thing)


def _places(xml: bytes) -> Mapping[str, tuple[float, ...]]:
    root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    found = {}
    for shape in root.iterfind(".//bpmndi:BPMNShape", _NS):
        bounds = shape.find("dc:Bounds", _NS)
        if bounds is not None:
            found[shape.get("bpmnElement", "")] = tuple(
                float(bounds.get(n, "0")) for n in ("x", "y", "width", "height")
            )
    return found


def _same(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return all(abs(a - b) < _NEAR for a, b in zip(one, other, strict=True))
