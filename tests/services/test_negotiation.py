"""The text as a process opens and closes it."""

import pytest

from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.reopen_clause import ReopenClause
from engine.model import Case, Clause, Incident, Negotiation
from engine.model.negotiation import NegotiationClosed
from tests.city import City
from tests.talks import HEADS, TALKS, Talks, open_talks, talks

__all__ = ["talks"]
LATER = """
begin -> open_text -> work -> again -> finish
service open_text: type negotiation/open; property negotiation_variable 协商; in heads = [{head: "工资标准", part: "法定"}, "其他"]
user work
service again: type negotiation/open; property negotiation_variable 协商; in round = 2; in reopen = ["工资标准"]
"""  # noqa: E501


def do(talks: Talks, element_id: str) -> None:
    task = talks.city.task_at(talks.case_id, element_id)
    talks.city.run(ClaimTask(task_id=task.id), by="hr")
    talks.city.run(CompleteTask(task_id=task.id, answers={}), by="hr")


def test_a_closed_text_cannot_be_changed(talks: Talks) -> None:
    for head in HEADS:
        talks.settle(head)

    do(talks, "draft")

    (negotiation,) = talks.city.rows(Negotiation)
    assert (negotiation.state, talks.history[-1].action) == ("closed", "case_completed")
    assert talks.file("工资标准", "chair").actions["reopen"] == "case_not_running"
    with talks.city.session() as session, session.begin():
        case = session.get_one(Case, talks.case_id)
        case.status, case.closed_at = "running", None
    with pytest.raises(NegotiationClosed):
        talks.run(ReopenClause, "工资标准", by="chair", reason="再谈一次")
    assert talks.file("工资标准", "chair").actions["reopen"] == "negotiation_closed"


def test_the_next_round_takes_up_the_text_and_opens_what_the_process_names(people: City) -> None:
    talks = open_talks(people, text=LATER)
    talks.settle("工资标准")
    talks.settle("其他")

    do(talks, "work")

    (negotiation,) = people.rows(Negotiation)
    assert (negotiation.round, negotiation.state) == (2, "open")
    assert {c.head: (c.status, c.part) for c in people.rows(Clause)} == {
        "工资标准": ("open", "法定"), "其他": ("agreed", ""),
    }  # fmt: skip
    assert talks.steps("工资标准")[-1].side is None
    assert talks.variable["轮次"] == 2


@pytest.mark.parametrize("heads", ["[]", '["同名", "同名"]'])
def test_a_text_that_cannot_be_opened_is_an_incident(people: City, heads: str) -> None:
    text = TALKS.replace('["工资标准", "支付办法", "合同期限"]', heads)

    open_talks(people, text=text)

    assert [i.details["cause"] for i in people.rows(Incident)] == ["negotiation_wrong"]
    assert people.rows(Negotiation) == []
