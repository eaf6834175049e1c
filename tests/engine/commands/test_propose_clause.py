import pytest

from engine.agreeing import NegotiationNotFound, NotANegotiator, WordsMissing
from engine.commands.cancel_case import CancelCase
from engine.commands.propose_clause import ProposeClause
from engine.model import Job
from engine.model.case import CaseNotRunning
from engine.model.clause import ClauseChanged
from tests.talks import Talks

HEAD = "工资标准"


def test_a_chiefs_proposal_is_the_consent_of_its_side_and_waits_for_the_other(talks: Talks) -> None:
    step_id = talks.propose(HEAD, "上调百分之八\r\n自四月起", by="chair", reason="物价上涨")

    clause = talks.clause(HEAD)
    assert (clause.status, clause.worker_step_id, clause.worker_consent_id) == ("proposed", step_id, step_id)
    (step,) = talks.steps(HEAD)
    assert (step.text, step.reason, step.round, step.side) == ("上调百分之八\n自四月起", "物价上涨", 1, "worker")
    assert talks.table("boss").mine[0].head == HEAD
    assert talks.variable["条款"][0] | {"职工方": step.text, "状态": "proposed"} == talks.variable["条款"][0]


def test_another_negotiators_proposal_waits_for_the_own_chief_too(talks: Talks) -> None:
    step_id = talks.propose(HEAD, "上调百分之八", by="rep1")
    assert talks.clause(HEAD).worker_consent_id is None
    assert not talks.agree(HEAD, step_id, by="boss")

    assert talks.table("chair").mine[0].head == HEAD
    assert talks.agree(HEAD, step_id, by="chair")


def test_a_new_text_takes_the_place_of_the_older_one_and_of_the_consent_to_it(talks: Talks) -> None:
    first = talks.propose(HEAD, "上调百分之八", by="rep1")
    talks.agree(HEAD, first, by="boss")

    talks.propose(HEAD, "上调百分之九", by="rep2")

    clause = talks.clause(HEAD)
    assert (clause.status, clause.employer_consent_id) == ("proposed", None)
    with pytest.raises(ClauseChanged):
        talks.agree(HEAD, first, by="chair")


def test_nobody_writes_over_what_he_has_not_seen(talks: Talks) -> None:
    seen = talks.clause(HEAD).revision
    talks.propose(HEAD, "上调百分之五", by="boss")

    with pytest.raises(ClauseChanged):
        talks.run(ProposeClause, HEAD, by="chair", text="上调百分之八", revision=seen)

    assert [step.text for step in talks.steps(HEAD)] == ["上调百分之五"]


def test_a_text_has_words_and_only_negotiators_of_a_running_case_propose_it(talks: Talks) -> None:
    for text in ("", " \n ", "字" * 5001):
        with pytest.raises(WordsMissing):
            talks.propose(HEAD, text, by="chair")
    with pytest.raises(NotANegotiator):
        talks.propose(HEAD, "上调", by="worker60")
    for reader in ("rep9", "hr"):
        with pytest.raises(NegotiationNotFound):
            talks.propose(HEAD, "上调", by=reader)

    talks.city.run(CancelCase(case_id=talks.case_id, reason="撤回"), by="system")
    with pytest.raises(CaseNotRunning):
        talks.propose(HEAD, "上调", by="chair")


def test_the_history_names_the_act_and_not_the_words_and_the_other_side_is_told_once_an_hour(talks: Talks) -> None:
    for head in ("工资标准", "支付办法", "合同期限"):
        talks.propose(head, "秘密的底价", by="chair", reason="秘密的理由")
    entry = talks.history[-1]
    assert (entry.action, entry.actor, entry.details["head"]) == ("clause_proposed", "chair", "合同期限")
    assert "秘密" not in str([e.details for e in talks.history])
    assert len(entry.details["words_sha256"]) == 64

    talks.city.clock.advance(hours=1)
    talks.propose(HEAD, "上调百分之八", by="chair")

    told = [job.args["audience"] for job in talks.city.rows(Job) if job.kind == "notify_audience"]
    assert sorted(told) == ["employer_chief", "employer_chief", "employer_negotiator", "employer_negotiator"]
