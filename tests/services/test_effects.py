from services.effects import record_effect
from tests.services.call import RecordedCall


def test_effect_article_and_date_are_recorded() -> None:
    facts = {"effect": "期满无异议即行生效", "article": "劳动合同法第五十四条", "effective_on": "2026-03-18"}
    call = RecordedCall({**facts, "something_else": 1})

    assert record_effect(call) == {}
    assert call.recorded == [("effect_recorded", facts)]


def test_what_is_not_known_is_left_out() -> None:
    call = RecordedCall({"effect": "生效", "article": None})

    record_effect(call)

    assert call.recorded == [("effect_recorded", {"effect": "生效"})]
