"""The table of what a draft may hold is closed, and holds all that the dialect holds."""

from engine.definitions.bpmn_dialect import BPMN, FLOW_NODES
from engine.definitions.importing.bench import EXTENSIONS, NODES
from engine.definitions.importing.draft_table import KEPT
from engine.definitions.importing.vendors import VENDORS


def test_everything_that_may_stand_in_something_is_in_the_table() -> None:
    inside = {tag for kept in KEPT.values() for tag in (*kept.children, *kept.extensions)}

    assert inside - KEPT.keys() == set()


def test_a_draft_can_hold_every_element_and_attribute_of_the_dialect() -> None:
    assert BPMN.elements.keys() <= KEPT.keys()
    assert all(set(allowed.attributes) <= KEPT[tag].attributes for tag, allowed in BPMN.elements.items())


def test_every_step_of_the_standard_can_stay() -> None:
    assert set(FLOW_NODES) <= set(NODES)
    assert set(NODES) <= KEPT["bpmn:process"].children
    assert set(NODES) <= KEPT["bpmn:subProcess"].children


def test_vendors_map_to_settings_that_their_elements_can_hold() -> None:
    wrong = [
        (vendor.key, setting.source, tag)
        for vendor in VENDORS
        for setting in vendor.settings
        for tag in setting.on
        if setting.name not in KEPT[setting.onto].attributes
    ]

    assert wrong == []
    assert EXTENSIONS in KEPT


def test_prefixes_of_vendors_are_theirs_alone() -> None:
    prefixes = [vendor.prefix for vendor in VENDORS if vendor.prefix]

    assert len(prefixes) == len(set(prefixes))
    assert not set(prefixes) & set(BPMN.namespaces)
