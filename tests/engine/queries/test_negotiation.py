"""What of a negotiation each person sees."""

import pytest

from engine.agreeing import NegotiationNotFound
from engine.commands.appoint_parties import AppointParties
from engine.queries.case_file import case_file
from engine.queries.why_waiting import why_waiting
from engine.work import CaseNotFound
from tests.talks import Talks


def test_who_sits_at_the_table_sees_both_texts_and_what_differs(talks: Talks) -> None:
    talks.propose("工资标准", "上调百分之八", by="chair", reason="物价上涨")
    talks.propose("工资标准", "上调百分之六", by="boss")

    for reader in ("chair", "rep1", "boss", "worker1", "worker60"):
        clause = talks.table(reader).clauses[0]
        assert None not in (clause.worker, clause.employer), reader
        assert [(p.kind, p.text) for p in clause.differences] == [
            ("same", "上调百分之"), ("removed", "八"), ("added", "六"),
        ], reader  # fmt: skip
        assert talks.table(reader).side == {"chair": "worker", "rep1": "worker"}.get(
            reader, "employer" if reader in ("boss", "worker1") else None
        )


def test_other_readers_of_the_case_see_only_what_is_agreed(talks: Talks) -> None:
    talks.propose("工资标准", "上调百分之八", by="chair", reason="物价上涨")
    talks.settle("支付办法", "每月十日支付")

    table = talks.table("rep9")
    assert [c.status for c in table.clauses] == ["open", "agreed", "open"]
    assert (table.seats, table.clauses[0].worker, table.clauses[1].agreed.text) == ((), None, "每月十日支付")
    assert talks.file("工资标准", "rep9").steps == ()
    assert [step.text for step in talks.file("支付办法", "rep9").steps] == ["每月十日支付"]
    for outsider in ("boss2", "rep2_1"):
        with pytest.raises(CaseNotFound):
            talks.table(outsider)


def test_somebody_named_for_both_sides_sits_on_neither(talks: Talks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.commands.appoint_parties.must_be_fit", lambda *_, **__: None)
    both = AppointParties(case_id=talks.case_id, role="worker_negotiator", persons=("rep1", "boss"), reason="笔误")
    talks.city.run(both, by="system")

    assert (talks.table("boss").side, talks.table("boss").sees_all) == (None, False)
    with pytest.raises(NegotiationNotFound):
        talks.propose("工资标准", "上调", by="boss")


def test_rounds_show_what_a_side_changed_in_its_own_text(talks: Talks) -> None:
    talks.propose("工资标准", "上调百分之八", by="chair")
    talks.propose("工资标准", "上调百分之五", by="boss")
    talks.propose("工资标准", "上调百分之七", by="chair")

    texts = talks.file("工资标准", "boss").texts
    assert [(t.side, t.text) for t in texts] == [
        ("worker", "上调百分之八"), ("employer", "上调百分之五"), ("worker", "上调百分之七"),
    ]  # fmt: skip
    assert [p.text for p in texts[2].changes if p.kind == "removed"] == ["八"]


def test_the_case_says_how_far_the_text_is(talks: Talks) -> None:
    talks.settle("支付办法")
    talks.propose("工资标准", "上调百分之八", by="chair")
    engine = talks.city.engine
    with engine.reading() as session:
        asked = {"catalogue": engine.catalogue, "now": engine.now()}
        mark = case_file(session, talks.city.actor("boss"), talks.case_id, **asked).negotiation
        reasons = why_waiting(session, talks.city.actor("hr"), talks.case_id, **asked)

    assert mark is not None
    assert (mark.agreed, mark.total, mark.mine, mark.is_open) == (1, 3, 1, True)
    assert {"count": 3, "agreed": 1} in [dict(r.params) for r in reasons if r.code == "negotiation"]


def test_disabled_acts_say_why(talks: Talks) -> None:
    talks.settle("支付办法")

    assert talks.file("支付办法", "chair").actions | {"propose": "clause_agreed", "reopen": None} == (
        talks.file("支付办法", "chair").actions
    )
    assert talks.file("工资标准", "rep1").actions["agree"] == "not_entitled_to_agree"
    assert set(talks.file("工资标准", "worker60").actions.values()) == {"not_a_negotiator"}
    assert talks.table("rep1").actions == {"add": "not_entitled_to_agree", "entitle": "only_the_chief"}
