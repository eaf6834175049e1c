"""Online voting of an enterprise is switched off by its union, and a ballot then does not open."""

import pytest

from engine.actor import SYSTEM
from engine.commands.start_case import StartCase
from engine.commands.switch_online_voting import OnlineVotingAsBefore, SwitchOnlineVoting
from engine.errors import EngineError
from engine.model import Ballot, HistoryEntry, Incident, OnlineVotingSwitch, Organisation
from engine.model.case import ReasonMissing
from engine.permissions import NotInGroup
from engine.voting_places import EnterpriseNotWatched
from tests.ballots import open_congress
from tests.city import City

STAR = "永康市星月模具有限公司"


def switch(city: City, by: str, *, is_off: bool = True, reason: str = "收到举报") -> None:
    (enterprise,) = city.rows(Organisation, Organisation.name == STAR)
    city.run(SwitchOnlineVoting(enterprise_id=enterprise.id, is_off=is_off, reason=reason), by=by)


def is_off(city: City) -> bool:
    return city.rows(Organisation, Organisation.name == STAR)[0].online_voting_off


@pytest.mark.parametrize("official", ["town_union", "union"])
def test_its_town_union_and_the_city_union_switch_it_off_and_on(people: City, official: str) -> None:
    switch(people, official)
    assert is_off(people)

    switch(people, "union", is_off=False, reason=" 已经核实 ")

    assert not is_off(people)
    told = [(row.is_off, row.reason, row.by) for row in sorted(people.rows(OnlineVotingSwitch), key=lambda row: row.id)]
    assert told == [(True, "收到举报", official), (False, "已经核实", "union")]
    acts = people.rows(HistoryEntry, HistoryEntry.stream == "system", HistoryEntry.action.startswith("online_voting"))
    assert [(a.action, a.actor, a.reason, a.details["enterprise"]) for a in acts] == [
        ("online_voting_off", official, "收到举报", STAR),
        ("online_voting_on", "union", "已经核实", STAR),
    ]


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("town_union2", EnterpriseNotWatched), ("boss", NotInGroup), ("chair", NotInGroup), ("admin", NotInGroup)],
)
def test_nobody_else_does(people: City, who: str, refusal: type[EngineError]) -> None:
    with pytest.raises(refusal):
        switch(people, who)

    assert not is_off(people)


def test_it_needs_a_reason_and_a_change(people: City) -> None:
    with pytest.raises(ReasonMissing):
        switch(people, "town_union", reason=" ")
    with pytest.raises(OnlineVotingAsBefore):
        switch(people, "town_union", is_off=False)
    with pytest.raises(EnterpriseNotWatched):
        people.engine.run(SwitchOnlineVoting(enterprise_id="x", is_off=True, reason="收到举报"), actor=SYSTEM)


def test_no_ballot_opens_while_it_is_off_and_an_open_one_goes_on(people: City) -> None:
    congress = open_congress(people)
    switch(people, "town_union")

    case_id = people.run(StartCase(process="voting"), by="hr")

    assert people.rows(Ballot, Ballot.case_id == case_id) == []
    (incident,) = people.rows(Incident, Incident.case_id == case_id)
    assert incident.code == "error_not_caught"
    assert "停用" in incident.details["message"]
    congress.vote("rep1")
    assert congress.close()["back"] == 1
