from collections.abc import Mapping
from typing import Any

import pytest

from engine.services import ServiceRefused
from services.ballot import close, open_
from tests.services.call import RecordedCall


class BallotCall(RecordedCall):
    def open_ballot(self, wanted: Mapping[str, Any]) -> Mapping[str, Any]:
        self.wanted = wanted
        return {"ballot": "b1"}

    def stop_ballot(self, ballot_id: str) -> None:
        self.stopped = ballot_id


@pytest.mark.parametrize(
    ("given", "rows"),
    [
        ("草案", [{"title": "草案"}]),
        (["草案", {"title": "津贴表"}], [{"title": "草案"}, {"title": "津贴表"}]),
        (None, []),
    ],
)
def test_motions_are_texts_or_contexts(given: Any, rows: list[Any]) -> None:
    call = BallotCall({"motions": given, "title": "表决"})

    assert open_(call) == {"ballot": "b1"}
    assert (call.wanted["motions"], call.wanted["title"]) == (rows, "表决")


def test_a_ballot_is_stopped_by_its_id() -> None:
    call = BallotCall({"ballot": "b1"})

    assert (close(call), call.stopped) == ({}, "b1")


@pytest.mark.parametrize("ballot", [None, "", 7])
def test_without_an_id_nothing_is_stopped(ballot: Any) -> None:
    with pytest.raises(ServiceRefused):
        close(BallotCall({"ballot": ballot}))
