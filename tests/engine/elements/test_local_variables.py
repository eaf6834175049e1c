"""What an instance or a called process writes stays with it; only what is declared leaves."""

import pytest

from engine.commands.claim_task import ClaimTask
from engine.queries.task_file import task_file
from tests.engine.elements.conftest import Street

ASKED = """
begin -> names -> ask -> finish
script names: does persons = ["张三", "李四", "王五"]
user ask: each person of = persons into opinions = opinion{more}; form opinion; property instance_label person
"""


def _ask(street: Street, more: str = "") -> str:
    street.deploy(ASKED.format(more=more), opinion="opinion")
    return street.start()


def test_one_task_for_each_named_after_its_item(street: Street) -> None:
    case_id = _ask(street)

    assert street.names(case_id) == ["ask（张三）", "ask（李四）", "ask（王五）"]


def test_answers_are_collected_in_the_order_of_the_list(street: Street) -> None:
    case_id = _ask(street)

    street.do(case_id, "ask", which=2, opinion="同意")
    street.do(case_id, "ask", which=0, opinion="反对")
    assert "opinion" not in street.variables(case_id)
    street.do(case_id, "ask", opinion="弃权")

    assert sorted(street.variables(case_id)["opinions"]) == ["反对", "同意", "弃权"]
    assert "opinion" not in street.variables(case_id)
    assert street.status(case_id) == "completed"


def test_one_after_the_other(street: Street) -> None:
    case_id = _ask(street, " in order")

    for person in ("张三", "李四", "王五"):
        assert street.names(case_id) == [f"ask（{person}）"]
        street.do(case_id, "ask", opinion=person)

    assert street.variables(case_id)["opinions"] == ["张三", "李四", "王五"]


def test_enough_ends_the_others_and_leaves_their_places_empty(street: Street) -> None:
    case_id = _ask(street, ' until = count(opinions[item = "同意"]) >= 2')

    street.do(case_id, "ask", opinion="同意")
    street.do(case_id, "ask", opinion="反对")
    assert len(street.open(case_id)) == 1
    street.do(case_id, "ask", opinion="同意")

    assert sorted(street.variables(case_id)["opinions"]) == ["反对", "同意", "同意"]
    assert street.status(case_id) == "completed"


def test_the_form_of_an_instance_sees_its_item(street: Street) -> None:
    case_id = _ask(street)
    task = next(t for t in street.city.tasks(case_id) if t.name == "ask（李四）")
    street.city.run(ClaimTask(task_id=task.id), by="hr")

    with street.city.engine.reading() as session:
        actor, catalogue = street.city.actor("hr"), street.city.engine.catalogue
        file = task_file(session, actor, task.id, catalogue=catalogue, now=street.city.clock.now)

    assert (file.context["person"], file.context["loopCounter"]) == ("李四", 2)
    assert file.context["people"][0]["value"]  # the people of the case are words of every form


CALLING = """
begin -> set -> call -> after -> finish
script set: does = {kept: "外", seen: "看得见"}
call call: calls innerHOW
user after
"""
INNER = """
inner_begin -> write -> ask_inside -> inner_end
script write: does = {kept: "内", made: if seen = null then "没看见" else seen}
user ask_inside: form inside
"""


@pytest.mark.parametrize(
    ("how", "after"),
    [
        ("", {"kept": "内", "made": "看得见", "said": "好"}),
        (" child", {"kept": "外"}),
        ("; out told = made", {"kept": "外", "told": "看得见"}),
        (' parent; in seen = "给的"', {"kept": "内", "made": "给的", "said": "好"}),
    ],
)
def test_a_called_process_has_variables_of_its_own(street: Street, how: str, after: dict[str, str]) -> None:
    street.deploy(CALLING.replace("HOW", how), called={"inner": INNER}, inside="said")
    case_id = street.start()
    assert street.variables(case_id)["kept"] == "外"

    street.do(case_id, "ask_inside", said="好")

    variables = street.variables(case_id)
    assert {name: variables.get(name) for name in after} == after
    assert {"made", "said", "told"} & variables.keys() == after.keys() - {"kept"}
    assert street.open(case_id) == ["after"]


def test_too_many_instances_become_an_incident(street: Street) -> None:
    street.deploy("begin -> ask -> finish\nuser ask: each n of = for i in 1..1001 return i")

    assert street.incidents(street.start()) == ["too_many_instances"]


def test_what_is_no_list_becomes_an_incident_and_can_be_retried(street: Street) -> None:
    street.deploy(
        "begin -> told -> ask -> finish\nuser told: form names\nuser ask: each n of = names; property priority_note x",
        names="names",
    )
    case_id = street.start()

    street.do(case_id, "told", names="张三")

    assert street.incidents(case_id) == ["not_a_list"]
