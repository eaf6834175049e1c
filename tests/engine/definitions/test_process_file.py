"""What the engine learns from a canonical diagram."""

from engine.definitions.inspection import inspect
from engine.definitions.process import Element, Process, Stage
from engine.definitions.process_file import read_process
from tests.engine.definitions.diagrams import END, START, diagram, extended, flow, form, properties, timer, user_task


def process_of(source: bytes) -> Process:
    inspected = inspect(source, is_diagram=True)
    assert inspected.xml is not None, inspected.problems
    return read_process(inspected.xml)


def stage(stage_id: str, *parts: str) -> str:
    inner = f'<bpmn:startEvent id="{stage_id}_in" /><bpmn:endEvent id="{stage_id}_out" />'
    return f'<bpmn:subProcess id="{stage_id}" name="{stage_id}">{inner}{"".join(parts)}</bpmn:subProcess>'


def test_a_user_task_is_read_with_all_that_the_modeller_says() -> None:
    extensions = (
        f'<zeebe:userTask />{form("reply")}<zeebe:taskSchedule dueDate="= 期限(&quot;offer_reply&quot;, 今天)" />'
        '<zeebe:priorityDefinition priority="= 70" />'
        '<zeebe:ioMapping><zeebe:output source="= agreed" target="is_agreed" /></zeebe:ioMapping>'
    ) + properties(name_en="Reply", clock="offer_reply", four_eyes="other")
    task = user_task("reply_to_offer", extensions, groups=" worker_chief , hrss", documentation="请在期限内答复。")

    element = process_of(diagram(START, task, END)).elements["reply_to_offer"]

    assert (element.type, element.name, element.name_en) == ("userTask", "reply_to_offer", "Reply")
    assert element.documentation == "请在期限内答复。"
    assert element.form == "reply"
    assert element.candidate_groups == ("worker_chief", "hrss")
    assert element.due_date == '= 期限("offer_reply", 今天)'
    assert element.priority == "= 70"
    assert element.outputs == (("= agreed", "is_agreed"),)
    assert element.properties == {"name_en": "Reply", "clock": "offer_reply", "four_eyes": "other"}


def test_automatic_steps_say_what_they_do() -> None:
    service = '<zeebe:taskDefinition type="notices/send" /><zeebe:ioMapping><zeebe:input source="= 1" target="to" />'
    script = '<zeebe:script expression="= {a: 1}" />'
    rule = '<zeebe:calledDecision decisionId="d" resultVariable="r" />'

    elements = process_of(
        diagram(
            extended('<bpmn:serviceTask id="s" />', service + "</zeebe:ioMapping>"),
            extended('<bpmn:scriptTask id="c" />', script),
            extended('<bpmn:businessRuleTask id="b" />', rule),
        )
    ).elements

    assert (elements["s"].service, elements["s"].inputs) == ("notices/send", (("= 1", "to"),))
    assert (elements["c"].script, elements["c"].result_variable) == ("= {a: 1}", None)
    assert (elements["b"].decision, elements["b"].result_variable) == ("d", "r")


def test_events_say_what_they_wait_for() -> None:
    message = '<bpmn:message id="m" name="tally"><bpmn:extensionElements><zeebe:subscription correlationKey="= n" />'
    catching = '<bpmn:intermediateCatchEvent id="c"><bpmn:messageEventDefinition messageRef="m" />'
    elements = process_of(
        diagram(
            user_task("t"),
            timer("boundaryEvent", "late", "<bpmn:timeDuration>P1D</bpmn:timeDuration>",
                  attributes='attachedToRef="t" cancelActivity="false"'),
            timer("intermediateCatchEvent", "on", "<bpmn:timeDate>= d</bpmn:timeDate>"),
            catching + "</bpmn:intermediateCatchEvent>",
            '<bpmn:receiveTask id="r" messageRef="m" />',
            '<bpmn:endEvent id="e"><bpmn:terminateEventDefinition /></bpmn:endEvent>',
            messages=message + "</bpmn:extensionElements></bpmn:message>",
        )
    ).elements  # fmt: skip

    late, on = elements["late"], elements["on"]
    assert (late.event, late.timer_kind, late.timer, late.interrupting) == ("timer", "duration", "P1D", False)
    assert late.attached_to == "t"
    assert (on.timer_kind, on.timer) == ("date", "= d")
    for waiting in (elements["c"], elements["r"]):
        assert (waiting.event, waiting.message, waiting.correlation_key) == ("message", "tally", "= n")
    assert elements["e"].event == "terminate"


def test_process_properties_are_read() -> None:
    extra = '<zeebe:property name="oversight_groups" value="city_union, town_union" />'

    process = process_of(diagram(extended(START, form("begin")), END, extra=extra))

    assert (process.key, process.name, process.name_en, process.number_prefix) == ("p", "测试", "Test", "T")
    assert process.starter_groups == ("union",)
    assert process.oversight_groups == ("city_union", "town_union")
    assert process.party_roles == {"chief": "union"}
    assert process.start_form == "begin"
    assert process.forms == {"begin"}


def test_stages_come_in_the_order_of_the_flow_whatever_order_they_were_drawn_in() -> None:
    flows = (flow("start", "offer"), flow("offer", "vote"), flow("vote", "publish"), flow("publish", "end"))
    back = flow("vote", "offer")
    late = timer("boundaryEvent", "b", "<bpmn:timeDuration>P1D</bpmn:timeDuration>", attributes='attachedToRef="offer"')

    process = process_of(
        diagram(stage("publish"), stage("late"), stage("vote"), START, END, late, stage("offer"), back, *flows,
                flow("b", "late"), flow("late", "publish"))
    )  # fmt: skip

    assert [s.id for s in process.stages] == ["offer", "vote", "late", "publish"]
    assert process.stages[0] == Stage("offer", "offer", "")


def test_elements_know_their_stage_and_their_parent() -> None:
    inner = stage("inner", user_task("deep"))

    elements = process_of(diagram(START, stage("offer", user_task("t"), inner), user_task("outside"))).elements

    assert (elements["t"].stage, elements["t"].parent) == ("offer", "offer")
    assert (elements["deep"].stage, elements["deep"].parent) == ("offer", "inner")
    assert elements["outside"].stage is None


def test_a_collapsed_sub_process_is_no_stage() -> None:
    source = diagram(stage("offer")).replace(b'bpmnElement="offer" isExpanded="true"', b'bpmnElement="offer"')

    assert process_of(source).stages == ()


def test_the_english_name_of_one_of_many_keeps_its_label() -> None:
    step = Element("follow_up", "userTask", name="跟踪事项", name_en="Follow up")

    assert step.in_english("跟踪事项") == "Follow up"
    assert step.in_english("跟踪事项（隔声罩）") == "Follow up (隔声罩)"
    assert step.in_english("从前的名称") == "从前的名称"
    assert Element("plain", "userTask", name="填写").in_english("填写") == "填写"
