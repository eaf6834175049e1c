"""派单看板: the numbers, the lists behind them, and what each reader may see, on both databases."""

from dataclasses import fields
from datetime import timedelta
from typing import Any

import pytest

from engine.model import Case, ProcessInstance
from engine.model.base_model import new_id
from engine.permissions import NotInGroup
from engine.queries.dispatch_board.board import DispatchBoard, dispatch_board
from engine.queries.dispatch_board.experts import ExpertLoad
from engine.queries.dispatch_board.requests import BoardFilter, TopicNotFound, board_requests
from engine.queries.dispatch_board.scope import board_for
from tests.city import City
from tests.experts import appoint_experts
from tests.registry import grant, id_of
from tests.requests_for_experts import Requests

STAR_TOWN, HILL_TOWN = "古山镇", "东城街道"


@pytest.fixture
def requests(city: City) -> Requests:
    return Requests(city)


def seen(city: City, by: str = "federation", **order: Any) -> DispatchBoard:
    with city.engine.reading() as session:
        return dispatch_board(
            session, city.actor(by), catalogue=city.engine.catalogue, now=city.engine.now(), **order
        )  # fmt: skip


def behind(city: City, by: str = "federation", **filters: Any) -> list[str]:
    with city.engine.reading() as session:
        board = board_for(session, city.actor(by), catalogue=city.engine.catalogue, now=city.engine.now())
        page = board_requests(board, BoardFilter(**filters))
        assert page.total == len(page.items)
        return [row.case.id for row in page.items]


def past(city: City, title: str, *, category: str = "law", town: str = HILL_TOWN, **values: Any) -> str:
    """A request that was closed a week after it was filed, with what it remembered."""
    with city.session() as session, session.begin():
        like = session.query(Case).filter_by(process="expert_dispatch").first()
        assert like is not None
        id_ = new_id()
        filed = city.engine.now() - timedelta(days=20)
        session.add(
            Case(
                id=id_, number=f"WS-{id_[:8]}", title=title, process=like.process, deployment_id=like.deployment_id,
                status="completed", stage="archiving", enterprise_id=like.enterprise_id, town=town, parties={},
                readers=[], guests=[], created_by=like.created_by, created_at=filed,
                closed_at=filed + timedelta(days=7), history_seq=0, history_head="0" * 64,
            )
        )  # fmt: skip
        session.flush()
        known = {"title": title, "category": category, **values}
        session.add(
            ProcessInstance(
                case_id=id_, deployment_id=like.deployment_id, process=like.process, state=b"", variables=known
            )
        )
    return id_


def test_every_number_is_that_of_the_list_behind_it(city: City, requests: Requests) -> None:
    taken_in = requests.play("single_satisfied", until="accept_request")
    offered = requests.play("single_satisfied", until="answer_offer")
    served = requests.play("team_of_three", until="first_contact")
    requests.play("rejected")
    city.clock.advance(days=2)  # what was due in a day is late, the rest is not

    board = seen(city)

    assert board.requests.total == 3
    assert {one.id: one.open for one in board.requests.stages if one.open} == {"intake": 1, "dispatch": 1, "service": 1}
    assert set(behind(city)) == {taken_in, offered, served}
    for stage in board.requests.stages:
        assert len(behind(city, stage=stage.id)) == stage.open
        assert len(behind(city, stage=stage.id, due="late")) == stage.late
    assert len(behind(city, due="late")) == board.requests.late > 0
    assert len(behind(city, due="soon")) == board.requests.soon
    assert behind(city, waiting="any") == behind(city, waiting="lawyer") == [offered]
    assert behind(city, waiting="physician") == []
    for town in board.towns:
        assert len(behind(city, town=town.town)) == town.open
        assert len(behind(city, town=town.town, filed=True)) == town.filed


def test_an_offer_that_is_out_says_whom_in_which_round_and_until_when(city: City, requests: Requests) -> None:
    case_id = requests.play("single_satisfied", until="answer_offer")

    (offer,) = seen(city).offers.shown

    assert (offer.case_id, offer.profession, offer.round, offer.taken_by) == (case_id, "lawyer", 1, None)
    assert set(offer.asked) == {"章律之", "程守正"}  # the third is away
    assert offer.until is not None
    words = repr(offer)
    assert "义乌市某贸易公司" not in words  # the other side of the dispute
    assert not {"reasons", "reason", "counterparty"} & {field.name for field in fields(offer)}


def test_who_looks_after_a_town_sees_that_town_only(city: City, requests: Requests) -> None:
    here = requests.play("team_of_three", until="answer_offer")
    there = requests.play("single_satisfied", until="answer_offer")

    board = seen(city, "town_office")

    assert board.towns_in_scope == (STAR_TOWN,)
    assert [one.town for one in board.towns] == [STAR_TOWN]
    assert (board.requests.total, board.offers.cases) == (1, 1)
    assert {one.case_id for one in board.offers.shown} == {here}
    assert board.experts is board.professions is None  # the register is not theirs to read
    assert behind(city, "town_office") == [here]
    assert behind(city, "town_office", town=HILL_TOWN) == []
    assert behind(city, "liaison2") == [there]


def test_others_have_no_board(city: City) -> None:
    for name in ("boss", "lawyer1", "union", "hrss", "admin", "security"):
        with pytest.raises(NotInGroup):
            seen(city, name)


def test_the_federation_of_a_town_reads_the_register_and_its_town(city: City, requests: Requests) -> None:
    requests.play("team_of_three", until="answer_offer")
    requests.play("single_satisfied", until="answer_offer")
    grant(city, id_of(city, "guide"), "federation", town=HILL_TOWN)
    city._actors.clear()

    board = seen(city, "guide")

    assert (board.requests.total, board.towns_in_scope) == (1, (HILL_TOWN,))
    assert board.experts is not None


def test_experts_stand_by_name_or_by_how_busy_they_are_and_never_by_what_was_said(
    city: City, requests: Requests
) -> None:
    requests.play("single_satisfied", until="first_contact")
    by_name, by_load = seen(city).experts, seen(city, order="load").experts
    assert by_name is not None
    assert by_load is not None

    assert by_load.items[0].name == "章律之"
    assert (by_load.items[0].open, by_load.items[0].why_not) == (1, None)
    assert {one.id for one in by_name.items} == {one.id for one in by_load.items}
    known = {field.name for field in fields(ExpertLoad)}
    assert known == {"id", "name", "profession", "open", "max_open", "why_not", "absent_until", "ends_soon"}


@pytest.mark.parametrize("order", ["name", "load"])
def test_the_experts_come_in_pages_none_twice(city: City, requests: Requests, order: str) -> None:
    requests.play("team_of_three", until="first_contact")
    found: list[str] = []
    cursor = None
    while True:
        page = seen(city, order=order, limit=3, cursor=cursor).experts
        assert page is not None
        found += [one.id for one in page.items]
        cursor = page.next
        if cursor is None:
            break

    assert len(found) == len(set(found)) == page.total


def test_a_profession_without_anybody_free_is_short(city: City, requests: Requests) -> None:
    requests.play("nobody_to_send", until="assign_by_hand")
    supply = {one.profession: one for one in seen(city).professions or ()}
    assert any(one.unfound and one.is_short for one in supply.values())


def test_what_cannot_be_sent_today_is_not_counted_as_available(city: City) -> None:
    today = city.engine.now().date()
    appoint_experts(city, "lawyer1", max_open=2)
    appoint_experts(city, "lawyer2", licence_until=today - timedelta(days=1))
    appoint_experts(city, "lawyer3", absent_from=today, absent_until=today)

    supply = {one.profession: one for one in seen(city).professions or ()}

    assert (supply["lawyer"].available, supply["lawyer"].places, supply["lawyer"].is_short) == (1, 2, False)
    assert (supply["physician"].available, supply["physician"].is_short) == (0, True)


def test_a_topic_comes_up_three_times_in_one_category(city: City, requests: Requests) -> None:
    requests.play("rejected")
    ids = {
        past(city, f"客户拖欠货款怎么追讨{n}", town=town) for n, town in enumerate((HILL_TOWN, HILL_TOWN, STAR_TOWN))
    }
    past(city, "客户拖欠货款怎么追讨", category="tax")
    past(city, "商标被人抢注")

    (topic,) = seen(city).period.topics

    assert topic.count == len(topic.case_ids) == 4  # with the one that was rejected
    assert ids < set(topic.case_ids)
    assert (topic.category, topic.towns) == ("law", 2)
    assert set(behind(city, topic=topic.id)) == set(topic.case_ids)
    assert seen(city, "town_office").period.topics == ()
    with pytest.raises(TopicNotFound):
        behind(city, "town_office", topic=topic.id)


def test_days_are_counted_with_and_without_the_time_the_enterprise_took(city: City, requests: Requests) -> None:
    requests.play_with_a_wait()
    board = {one.complexity: one for one in seen(city).period.pace}

    (worked_on,) = [one for one in board.values() if one.count]
    assert (worked_on.gross, worked_on.net, worked_on.in_time) == (3.0, 1.0, 1)
    assert (board["simple"].goal, board["complex"].goal) == (3, 15)
    assert len(behind(city, closed=True, complexity=worked_on.complexity)) == 1


def test_points_of_few_are_not_shown_and_are_the_same_for_every_reader(city: City, requests: Requests) -> None:
    requests.play("rejected")
    for number in range(4):
        past(city, f"第{number}件", town=HILL_TOWN, speed=4, skill=5, manner=3, solved="yes")
    few = seen(city).period.points
    assert (few.enough, few.count, set(few.means.values())) == (False, None, {None})

    past(city, "又一件", town=STAR_TOWN, speed=2, skill=None, manner=3, solved="no")
    enough = seen(city).period.points

    assert enough.means == {"speed": 3.6, "skill": None, "manner": 3.0}  # of four alone nothing is told
    assert (enough.count, enough.solved) == (5, 80)
    assert seen(city, "town_office").period.points == enough
