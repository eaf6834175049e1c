"""Whatever stands in a file is in the draft or in a gap: shown by putting something strange in every place."""

import re
from functools import cache

import pytest
from lxml import etree

from engine.definitions.importing.draft import import_diagram
from tests.engine.definitions.importing.conftest import SAMPLES, source_of, steps_and_flows

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
STRANGE = "urn:strange"
# A gap says what it names in the words of the file.
WORDS = ("attributes", "detail", "names", "text", "ids")


@cache
def places(name: str) -> int:
    return sum(1 for _ in etree.fromstring(source_of(name)).iter())


def told(source: bytes) -> str:
    imported = import_diagram(source)
    assert imported.xml is not None, imported.refusals
    said = [str(gap.params.get(word, "")) for gap in imported.gaps for word in WORDS]
    return "\n".join([*said, imported.xml.decode(), *imported.forms.values()])


def is_left_out_whole(element: etree._Element) -> bool:
    """Its parent is named as a whole, or the process it is part of is."""
    around = [element, *element.iterancestors()]
    foreign = [e for e in around if not str(e.tag).startswith(BPMN) and "omg.org" not in str(e.tag)]
    names = ("eventDefinitionRef", "ioSpecification", "potentialOwner", "resource", "script", "targetRef")
    whole = {f"{BPMN}{name}" for name in names}
    return bool(foreign) or any(e.tag in whole or e.get("id") == "sid-p2" for e in around)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_strange_attribute_is_named_wherever_it_stands(name: str) -> None:
    lost = []
    for place in range(places(name)):
        root = etree.fromstring(source_of(name))
        element = list(root.iter())[place]
        if is_left_out_whole(element):
            continue
        element.set(f"{{{STRANGE}}}mark", "strange-value")
        if not re.search(r"mark( ×|=\"strange-value\")", told(etree.tostring(root))):
            lost.append(element.tag)

    assert lost == []


@pytest.mark.parametrize("name", SAMPLES)
def test_a_strange_extension_is_named_wherever_it_stands(name: str) -> None:
    lost = []
    for place in range(places(name)):
        root = etree.fromstring(source_of(name))
        element = list(root.iter())[place]
        if is_left_out_whole(element) or not str(element.tag).startswith(BPMN):
            continue
        box = element.find(f"{BPMN}extensionElements")
        if element.tag == f"{BPMN}extensionElements":
            box = element
        if box is None:
            box = etree.Element(f"{BPMN}extensionElements")
            element.insert(0, box)
        etree.SubElement(box, f"{{{STRANGE}}}thing").set("value", "strange-value")
        if "strange-value" not in told(etree.tostring(root)):
            lost.append(element.tag)

    assert lost == []


@pytest.mark.parametrize("name", SAMPLES)
def test_every_value_of_a_file_is_in_the_draft_or_in_a_gap(name: str) -> None:
    """Names, texts and settings by their own words; those of a process left out are not listed one by one."""
    root = etree.fromstring(source_of(name))
    imported = import_diagram(source_of(name))
    said = told(source_of(name)) + "".join(str(value) for gap in imported.gaps for value in gap.params.values())
    values = {
        value.strip()
        for element in root.iter()
        if not is_left_out_whole(element) and "/DD/" not in str(element.tag) and "/DI}" not in str(element.tag)
        for key, value in element.attrib.items()
        if re.search(r"[^\W\d]{3}", value) and etree.QName(key).localname in ("id", "name")
    }

    assert {value for value in values if value not in said and value.replace(" ", "_") not in said} == set()


@pytest.mark.parametrize("name", SAMPLES)
def test_steps_and_flows_of_the_draft_are_those_of_the_file(name: str) -> None:
    imported = import_diagram(source_of(name))
    nodes, flows = steps_and_flows(imported.xml, imported.process)
    inserted = {gap.params["gateway"] for gap in imported.gaps if gap.code == "split_made_visible"}
    added = {gap.params["flow"] for gap in imported.gaps if gap.code == "split_made_visible"}

    if name != "plain":  # its ids are given or written anew
        before, flows_before = steps_and_flows(source_of(name), imported.process)
        behind = {gateway: source for source, gateway in (flows[i] for i in added)}
        assert {i: tag for i, tag in nodes.items() if i not in inserted} == before
        assert {
            i: (behind.get(source, source), target) for i, (source, target) in flows.items() if i not in added
        } == flows_before
    assert inserted == {i for i, tag in nodes.items() if i.endswith("_split")}
