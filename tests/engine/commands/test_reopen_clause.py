import pytest

from engine.agreeing import WordsMissing
from engine.commands.reopen_clause import AnswerReopening, ReopenClause
from engine.model.clause import ClauseNotAgreed, NoReopeningAsked, ReopeningAsked
from tests.talks import Talks

HEAD = "工资标准"


def ask(talks: Talks, *, by: str = "boss") -> None:
    talks.run(ReopenClause, HEAD, by=by, reason="客户回款推迟")


def test_an_agreed_text_opens_again_only_with_the_consent_of_both(talks: Talks) -> None:
    talks.settle(HEAD, "上调百分之八")
    ask(talks)
    assert (talks.clause(HEAD).status, talks.table("chair").clauses[0].awaits) == ("agreed", ("worker",))

    talks.run(AnswerReopening, HEAD, by="chair", agrees=True)

    clause = talks.clause(HEAD)
    assert (clause.status, clause.agreed_step_id, clause.worker_step_id) == ("open", None, None)
    assert [step.act for step in talks.steps(HEAD)] == ["proposed", "agreed", "reopening_asked", "reopened"]
    assert talks.steps(HEAD)[-1].about_id == talks.steps(HEAD)[0].id


def test_the_text_stands_when_the_other_side_declines(talks: Talks) -> None:
    talks.settle(HEAD, "上调百分之八")
    ask(talks)
    with pytest.raises(WordsMissing):
        talks.run(AnswerReopening, HEAD, by="chair", agrees=False)

    talks.run(AnswerReopening, HEAD, by="chair", agrees=False, reason="职工已经知晓")

    assert (talks.clause(HEAD).status, talks.clause(HEAD).reopening_asked_by) == ("agreed", None)


def test_nobody_answers_his_own_wish_or_one_that_is_not_there(talks: Talks) -> None:
    with pytest.raises(ClauseNotAgreed):
        ask(talks)
    talks.settle(HEAD)
    with pytest.raises(NoReopeningAsked):
        talks.run(AnswerReopening, HEAD, by="chair", agrees=True)
    ask(talks)
    with pytest.raises(NoReopeningAsked):
        talks.run(AnswerReopening, HEAD, by="boss", agrees=True)
    with pytest.raises(ReopeningAsked):
        ask(talks, by="chair")
