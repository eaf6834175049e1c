from typing import Any

import pytest

from services.notices import send
from tests.services.call import RecordedCall


@pytest.mark.parametrize(("to", "audiences"), [
    ("town_union", ["town_union"]), (["worker_chief", "guide"], ["worker_chief", "guide"]), ([], []), (None, []),
])  # fmt: skip
def test_every_audience_gets_one_notice(to: Any, audiences: list[str]) -> None:
    call = RecordedCall({"to": to, "text": "请按时答复"})

    assert send(call) == {}
    assert call.told == [(audience, "process_notice", {"text": "请按时答复"}) for audience in audiences]


def test_a_notice_may_lead_to_what_can_be_started() -> None:
    call = RecordedCall({"to": "guide", "text": "请申请", "start": "asked"})

    send(call)

    assert call.told == [("guide", "process_notice", {"text": "请申请", "start": "asked"})]


def test_a_notice_without_words_is_empty_not_none() -> None:
    call = RecordedCall({"to": "guide", "text": None})

    send(call)

    assert call.told[0][2] == {"text": ""}
