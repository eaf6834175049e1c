import pytest

from engine.services import ServiceRefused
from services.next_case import open_next
from tests.services.call import RecordedCall


def test_the_next_case_is_asked_for_with_the_answers() -> None:
    call = RecordedCall({"answers": {"offer_side": "worker"}})

    assert open_next(call) == {}
    assert call.opened == [({"offer_side": "worker"}, None)]


def test_it_may_be_a_case_of_another_process() -> None:
    call = RecordedCall({"answers": {"offer_side": "worker"}, "process": "wage_consultation"})

    open_next(call)

    assert call.opened == [({"offer_side": "worker"}, "wage_consultation")]


@pytest.mark.parametrize("answers", [None, {}, "offer", ["offer"]])
def test_without_answers_no_case_is_opened(answers: object) -> None:
    call = RecordedCall({"answers": answers})

    with pytest.raises(ServiceRefused) as refused:
        open_next(call)

    assert [(p.path, p.code) for p in refused.value.problems] == [("answers", "required")]
    assert call.opened == []
