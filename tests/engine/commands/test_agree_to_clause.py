import pytest

from engine.agreeing import ClauseNotFound, NotEntitledToAgree
from engine.commands.agree_to_clause import AgreeToClause
from engine.model import Incident
from engine.model.clause import ClauseAgreed
from tests.talks import HEADS, Talks


def test_when_both_agree_to_the_same_text_it_is_locked(talks: Talks) -> None:
    talks.propose("工资标准", "上调百分之八", by="chair")
    theirs = talks.propose("工资标准", "上调百分之六", by="boss")

    assert talks.agree("工资标准", theirs, by="chair")

    clause = talks.clause("工资标准")
    assert (clause.status, clause.agreed_step_id) == ("agreed", theirs)
    with pytest.raises(ClauseAgreed):
        talks.propose("工资标准", "上调百分之九", by="chair")
    assert talks.variable["条款"][0] | {"内容": "上调百分之六", "约定": True} == talks.variable["条款"][0]


def test_the_process_goes_on_when_the_last_clause_is_agreed(talks: Talks) -> None:
    for head in HEADS[:-1]:
        talks.settle(head)
    assert talks.city.tasks(talks.case_id) == []
    assert talks.variable | {"全部达成": False, "达成": 2, "未达成": 1} == talks.variable

    words = talks.propose(HEADS[-1], "本企业不另行约定期限", by="boss", applies=False)
    talks.agree(HEADS[-1], words, by="chair")

    assert [task.element_id for task in talks.city.tasks(talks.case_id)] == ["draft"]
    assert talks.variable["全部达成"] is True
    assert (
        talks.variable["条款"][-1] | {"约定": False, "不涉及理由": "本企业不另行约定期限", "内容": None}
        == (talks.variable["条款"][-1])
    )
    assert talks.city.rows(Incident) == []


def test_only_who_may_agrees_and_only_to_what_there_is(talks: Talks) -> None:
    step_id = talks.propose("工资标准", "上调百分之八", by="chair")

    with pytest.raises(NotEntitledToAgree):
        talks.agree("工资标准", step_id, by="worker1")
    with pytest.raises(ClauseNotFound):
        talks.city.run(AgreeToClause(case_id=talks.case_id, clause_id="0" * 32, step_id=step_id), by="boss")


def test_each_act_is_a_link_of_the_chain_of_the_case(talks: Talks) -> None:
    talks.settle("工资标准")

    assert [e.action for e in talks.history if e.action.startswith("clause_")] == ["clause_proposed", "clause_agreed"]
    assert all(later.prev == earlier.hash for earlier, later in zip(talks.history, talks.history[1:], strict=False))
