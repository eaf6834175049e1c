import pytest

from engine.commands.withdraw_clause import WithdrawClause
from engine.model.clause import NothingToWithdraw
from tests.talks import Talks


def test_a_side_takes_its_text_back_with_a_reason(talks: Talks) -> None:
    step_id = talks.propose("工资标准", "上调百分之八", by="chair")

    talks.run(WithdrawClause, "工资标准", by="chair", reason="数字有误")

    clause = talks.clause("工资标准")
    assert (clause.status, clause.worker_step_id, clause.worker_consent_id) == ("open", None, None)
    assert (talks.steps("工资标准")[-1].about_id, talks.steps("工资标准")[-1].reason) == (step_id, "数字有误")
    with pytest.raises(NothingToWithdraw):
        talks.run(WithdrawClause, "工资标准", by="chair", reason="再来一次")
