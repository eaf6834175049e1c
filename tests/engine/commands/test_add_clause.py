import pytest

from engine.agreeing import NotEntitledToAgree
from engine.commands.add_clause import AddClause, HeadTaken
from engine.negotiating import NegotiationWrong
from tests.talks import HEADS, Talks


def add(talks: Talks, head: str, *, by: str = "chair") -> str:
    clause_id: str = talks.city.run(AddClause(case_id=talks.case_id, head=head), by=by)
    return clause_id


def test_an_added_clause_stands_at_the_end_and_has_to_be_agreed_too(talks: Talks) -> None:
    for head in HEADS[:-1]:
        talks.settle(head)

    add(talks, "  高温   岗位休息 ")

    assert [c.head for c in talks.table("boss").clauses] == [*HEADS, "高温 岗位休息"]
    talks.settle(HEADS[-1])
    assert talks.city.tasks(talks.case_id) == []
    talks.settle("高温 岗位休息")
    assert [task.element_id for task in talks.city.tasks(talks.case_id)] == ["draft"]


def test_a_head_is_there_once_and_has_words(talks: Talks) -> None:
    with pytest.raises(HeadTaken):
        add(talks, HEADS[0])
    with pytest.raises(NegotiationWrong):
        add(talks, " ")
    with pytest.raises(NotEntitledToAgree):
        add(talks, "高温岗位休息", by="rep1")
