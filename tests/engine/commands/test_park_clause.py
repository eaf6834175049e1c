import pytest

from engine.agreeing import WordsMissing
from engine.commands.park_clause import ParkClause
from tests.talks import Talks


def test_a_clause_is_put_aside_until_somebody_takes_it_up(talks: Talks) -> None:
    step_id = talks.propose("工资标准", "上调百分之八", by="chair")
    with pytest.raises(WordsMissing):
        talks.run(ParkClause, "工资标准", by="boss", reason=" ")

    talks.run(ParkClause, "工资标准", by="boss", reason="等指导线公布")

    assert talks.clause("工资标准").status == "parked"
    assert talks.variable["搁置"] == 1
    assert talks.agree("工资标准", step_id, by="boss")
