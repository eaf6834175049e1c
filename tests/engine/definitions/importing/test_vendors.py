"""What each maker's settings become, and which gaps a file of theirs has."""

import json

import pytest

from engine.definitions.form import Form
from engine.definitions.importing.draft import Imported
from tests.engine.definitions.importing.conftest import SAMPLES, element, settings

Imports = dict[str, Imported]


@pytest.mark.parametrize("name", SAMPLES)
def test_who_wrote_a_file_is_recognised(imported: Imports, name: str) -> None:
    """The samples have the names of their makers."""
    assert imported[name].vendor == name


@pytest.mark.parametrize("name", ["camunda7", "operaton"])
def test_settings_of_a_user_task_of_camunda_7(imported: Imports, name: str) -> None:
    found = settings(imported[name].xml, "approve")

    assert found["zeebe:formDefinition"] == {"formId": "approve"}
    assert found["zeebe:assignmentDefinition"] == {
        "candidateGroups": "union,hrss",
        "assignee": "= applicant.manager",
    }
    assert found["zeebe:taskSchedule"] == {"dueDate": '= 现在 + duration("P3D")', "followUpDate": "= reminder"}
    assert found["zeebe:priorityDefinition"] == {"priority": "50"}


@pytest.mark.parametrize("name", ["camunda7", "operaton"])
def test_inputs_outputs_and_properties_of_camunda_7(imported: Imports, name: str) -> None:
    task = element(imported[name].xml, "approve")
    told = [(n.tag, n.attributes) for n in task.walk() if n.tag in ("zeebe:input", "zeebe:output", "zeebe:property")]

    assert sorted(told, key=lambda found: found[0]) == [
        ("zeebe:input", {"source": "= amount * 2", "target": "limit"}),
        ("zeebe:input", {"source": '= "您好 " + string(applicant.name) + "！"', "target": "hello"}),
        ("zeebe:input", {"source": '= ["a", kind]', "target": "kinds"}),
        ("zeebe:output", {"source": '= result = "ok"', "target": "approved"}),
        ("zeebe:property", {"name": "name_en", "value": "Approve"}),
    ]


def test_services_decisions_calls_and_loops_of_camunda_7(imported: Imports) -> None:
    xml = imported["camunda7"].xml

    assert settings(xml, "notify")["zeebe:taskDefinition"] == {"type": "notices"}
    assert settings(xml, "book")["zeebe:taskDefinition"] == {"type": "org.example.Book"}
    assert settings(xml, "tell")["zeebe:taskDefinition"] == {"type": "tell"}
    assert settings(xml, "rate")["zeebe:calledDecision"] == {"decisionId": "rating", "resultVariable": "rate"}
    assert settings(xml, "pay")["zeebe:calledElement"] == {
        "processId": "payment",
        "propagateAllParentVariables": "false",
        "propagateAllChildVariables": "true",
    }
    loop = element(xml, "sign").each("bpmn:multiInstanceLoopCharacteristics")[0]
    assert loop.attributes == {"isSequential": "true"}
    assert loop.children[0].children[0].attributes == {"inputCollection": "= signers", "inputElement": "signer"}
    assert loop.children[1].text == "= numberOfCompletedInstances >= 2"


def test_a_groovy_script_stays_readable(imported: Imports) -> None:
    (documentation,) = element(imported["camunda7"].xml, "count").each("bpmn:documentation")

    assert documentation.text == "[groovy]\nn = 1 + 1"


def test_fields_on_a_step_become_a_form_that_can_be_read(imported: Imports) -> None:
    schema = imported["camunda7"].forms["start_form"]

    form = Form.parse(schema.encode(), "forms/start_form.form")
    assert form.written_keys == {"amount", "kind"}
    assert json.loads(schema)["components"][0]["validate"] == {"required": True}
    assert settings(imported["camunda7"].xml, "start")["zeebe:formDefinition"] == {"formId": "start_form"}


def test_an_embedded_form_of_camunda_8_becomes_a_file(imported: Imports) -> None:
    found = imported["camunda8"]

    assert Form.parse(found.forms["Form_ok"].encode(), "forms/Form_ok.form").written_keys == {"ok"}
    assert settings(found.xml, "look")["zeebe:formDefinition"] == {"formId": "Form_ok"}


@pytest.mark.parametrize("name", ["flowable", "activiti"])
def test_settings_of_flowable_and_activiti(imported: Imports, name: str) -> None:
    xml = imported[name].xml

    assert settings(xml, "start")["zeebe:formDefinition"] == {"formId": "leave_form"}
    assert settings(xml, "review")["zeebe:assignmentDefinition"] == {"assignee": "kermit"}
    assert settings(xml, "review")["zeebe:taskSchedule"] == {"dueDate": '= date and time("2027-01-31T09:00:00")'}
    assert settings(xml, "mail")["zeebe:taskDefinition"] == {"type": "mail"}
    loop = element(xml, "repeat").each("bpmn:multiInstanceLoopCharacteristics")[0]
    assert loop.children[0].children[0].attributes == {"inputCollection": "= for i in 1..(n + 1) return i"}
    assert element(xml, "wait").children[-1].children[0].text == "= when"


def test_settings_of_spiffworkflow(imported: Imports) -> None:
    xml = imported["spiff"].xml

    assert settings(xml, "ask")["zeebe:formDefinition"] == {"formId": "ask-schema"}
    assert element(xml, "ask").each("bpmn:documentation")[0].text == "请回答"
    assert settings(xml, "rule")["zeebe:calledDecision"] == {"decisionId": "rate"}
    assert element(xml, "s4").children[-1].text == "= not(done = true) and n >= 2"
    assert element(xml, "w").children[-1].children[0].text == "PT1H"


def test_owners_of_the_standard(imported: Imports) -> None:
    xml = imported["plain"].xml

    assert settings(xml, "work")["zeebe:assignmentDefinition"] == {"candidateGroups": "科员"}
    assert settings(xml, "sign")["zeebe:assignmentDefinition"] == {"candidateGroups": "management,sales"}


def test_lanes_offer_candidate_groups_and_stay(imported: Imports) -> None:
    xml = imported["signavio"].xml

    assert settings(xml, "sid-t1")["zeebe:assignmentDefinition"] == {"candidateGroups": "人事部"}
    assert element(xml, "sid-l1").attributes["name"] == "人事部"


def test_of_several_pools_one_runs_and_the_others_are_shown_empty(imported: Imports) -> None:
    xml = imported["signavio"].xml

    assert imported["signavio"].process == "sid-p1"
    assert "processRef" not in element(xml, "sid-pool2").attributes
    assert element(xml, "sid-mf2").attributes["targetRef"] == "sid-pool2"
    (gap,) = [gap for gap in imported["signavio"].gaps if gap.code == "process_left_out"]
    assert (gap.element_id, gap.params["ids"]) == ("sid-p2", "sid-o1, sid-o2, sid-o3, sid-of1, sid-of2")


def test_a_definition_that_stood_elsewhere_comes_to_its_event(imported: Imports) -> None:
    (definition,) = element(imported["plain"].xml, "pause").each("bpmn:timerEventDefinition")

    assert definition.children[0].text == "P1D"


def test_what_hides_in_foreign_boxes_is_named_and_not_taken(imported: Imports) -> None:
    assert b"evil" not in (imported["plain"].xml or b"")
    (gap,) = [gap for gap in imported["plain"].gaps if gap.code == "extension_left_out"]
    assert (gap.element_id, gap.params["what"], gap.params["ids"]) == ("hidden", "x:box", "evil")
