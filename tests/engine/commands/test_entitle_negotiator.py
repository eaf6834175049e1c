import pytest

from engine.agreeing import NotEntitledToAgree
from engine.commands.entitle_negotiator import EntitleNegotiator, NotOfYourSide, OnlyTheChief
from tests.talks import Talks


def entitle(talks: Talks, person: str, *, by: str = "chair", yes: bool = True) -> None:
    talks.city.run(EntitleNegotiator(case_id=talks.case_id, person=person, is_entitled=yes), by=by)


def test_an_entitled_negotiator_agrees_for_the_side_until_it_is_taken_back(talks: Talks) -> None:
    step_id = talks.propose("工资标准", "上调百分之六", by="boss")
    with pytest.raises(NotEntitledToAgree):
        talks.agree("工资标准", step_id, by="rep1")

    entitle(talks, "rep1")
    entitle(talks, "rep1")
    assert talks.agree("工资标准", step_id, by="rep1")

    entitle(talks, "rep1", yes=False)
    other = talks.propose("支付办法", "每月十日", by="boss")
    with pytest.raises(NotEntitledToAgree):
        talks.agree("支付办法", other, by="rep1")
    said = [e.action for e in talks.history if e.action.startswith("negotiator_")]
    assert said == ["negotiator_entitled", "negotiator_unentitled"]


def test_only_the_chief_entitles_and_only_the_own_side(talks: Talks) -> None:
    with pytest.raises(OnlyTheChief):
        entitle(talks, "rep2", by="rep1")
    for stranger in ("worker1", "chair", "nobody"):
        with pytest.raises(NotOfYourSide):
            entitle(talks, stranger)
