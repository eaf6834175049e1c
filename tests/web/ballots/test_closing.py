"""The scrutineers' screen without a browser: who sees it, what it says at each step, what is refused and kept."""

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from engine.commands.close_ballot import CloseBallot
from engine.commands.mark_paper_voter import MarkPaperVoter
from tests.ballots import Congress, open_congress, prepared_congress
from tests.city import City
from tests.web.ballots.test_pages import words
from tests.web.conftest import Visit, Visitor

TWO_MOTIONS = '["草案", {title: "协商代表", kind: "election", candidates: [{name: "甲"}, {name: "乙"}], places: 1}]'
COUNTS = {
    "back": "6", "m1.yes": "4", "m1.no": "1", "m1.abstain": "0", "m1.spoilt": "1",
    "m2.named": "5", "m2.c1": "3", "m2.c2": "2", "m2.abstain": "1", "m2.spoilt": "0",
}  # fmt: skip


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mixed_vote")


@pytest.fixture
def vote(database_hosts: Any, keys: Path, tmp_path: Path) -> Iterator[Congress]:
    """Six of forty have a paper ballot, `rep7` a ticket; it closes after three days."""
    make = partial(open_congress, mode="mixed", closes="P3D", motions=TWO_MOTIONS)
    with prepared_congress(database_hosts, "sqlite", secrets=keys, data_dir=tmp_path, make=make) as opened:
        for number in range(1, 7):
            opened.city.run(MarkPaperVoter(ballot_id=opened.ballot_id, voter=f"rep{number}"), by="chair")
        opened.vote("rep7", {"m1": "yes", "m2": ["c1"]})
        yield opened


@pytest.fixture
def city(vote: Congress) -> City:
    return vote.city


@pytest.fixture
def chair(vote: Congress, visit: Visit) -> Visitor:
    visitor = visit("chair")
    visitor.get(address(vote))
    return visitor


def address(vote: Congress, part: str = "closing") -> str:
    return f"/ballots/{vote.ballot_id}/{part}"


def confirm(vote: Congress, who: Visitor, **counts: str) -> Any:
    who.get(address(vote))
    return who.post(
        address(vote), {**COUNTS, **{k.replace("_", "."): v for k, v in counts.items()}, "before_time": "1"}
    )


def test_it_is_for_scrutineers_and_those_in_charge(vote: Congress, visit: Visit) -> None:
    pages = ("closing", "closing/state", "closing/voters?voter=rep1", "abort")
    found = {
        who: [visit(who).get(address(vote, page)).status_code for page in pages]
        for who in (None, "chair", "rep1", "boss2")
    }

    assert found == {None: [302] * 4, "chair": [200] * 4, "rep1": [403] * 4, "boss2": [404] * 4}


def test_it_tells_how_far_the_vote_is_and_never_how_it_goes(vote: Congress, chair: Visitor) -> None:
    page = words(chair.get(address(vote)).text)

    for said in ("7 / 40", "距法定人数还差 20 人", "其中领票 1 人，领纸质票 6 人", "还剩 3 天", "等待确认"):
        assert said in page
    assert "系统将在" in page
    main = chair.get(address(vote)).text.split("<main")[1]
    assert re.findall(r'name="m\d\.\w+" value="([^"]*)"', main) == [""] * 9, "no count is there before one was typed"


def test_paper_is_given_to_somebody_found_by_name_and_not_to_who_has_a_ticket(vote: Congress, chair: Visitor) -> None:
    found = words(chair.get(address(vote, "closing/voters?voter=rep1")).text)
    assert "rep1 已领纸质票" in found
    assert "rep10 发放纸质票" in found
    assert "名册上没有找到" in chair.get(address(vote) + "?voter=nobody").text

    given = chair.post(address(vote, "closing/paper"), {"voter": "rep10", "name": "赵一"})
    refused = chair.post(address(vote, "closing/paper"), {"voter": "rep7", "name": "赵二"})
    page = words(chair.get(address(vote)).text)

    assert (given.status_code, refused.status_code) == (302, 302)
    assert "已登记：赵一 用纸质票投票。" in page
    assert "已发放 7 张" in page


def test_two_close_it_each_alone_and_the_case_goes_on(vote: Congress, chair: Visitor, visit: Visit) -> None:
    first = confirm(vote, chair)
    page = words(chair.get(address(vote)).text)
    assert first.status_code == 302
    assert "您已确认，等待另一名监票人" in page

    guide = visit("guide")
    assert "另一名监票人已确认，您确认后立即关闭并计票" in words(guide.get(address(vote)).text)
    assert re.findall(r'name="m1\.\w+" value="([^"]*)"', guide.get(address(vote)).text) == [""] * 4, "nothing to copy"
    confirm(vote, guide)
    counting = guide.get(address(vote)).text
    assert "正在开箱计票" in words(counting)
    seen = re.search(r"seen=([\w-]+)", counting)[1]  # type: ignore[index]
    vote.work_off()
    state = guide.get(address(vote, f"closing/state?seen={seen}"))

    assert state.headers["HX-Refresh"] == "true"
    assert "查看结果单" in words(guide.get(address(vote)).text)
    assert vote.ballot.state == "counted"


def test_counts_that_differ_are_marked_for_both(vote: Congress, chair: Visitor, visit: Visit) -> None:
    confirm(vote, chair)
    guide = visit("guide")
    answer = confirm(vote, guide, m1_yes="3", m1_no="2")
    pages = [who.get(address(vote)).text for who in (chair, guide)]

    assert answer.status_code == 302
    for page, typed in zip(pages, ("4", "3"), strict=True):
        assert "两份都不算数" in words(page)
        marked = re.findall(r'is-invalid" [^>]*name="([\w.]+)" value="(\d+)"', page)
        assert [name for name, _ in marked] == ["m1.yes", "m1.no"]
        assert marked[0][1] == typed, "each sees the own count only"
    confirm(vote, guide)
    assert vote.ballot.state == "open"
    confirm(vote, chair)
    assert vote.ballot.state == "closed"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"back": "7"}, "收回的纸质票不能多于发出的 6 张"),
        ({"m1_yes": "5"}, "各项票数之和应等于收回票数"),
        ({"m1_yes": ""}, "各项票数之和应等于收回票数"),
        ({"m1_yes": "四"}, "各项票数之和应等于收回票数"),
        ({"m2_c1": "-3"}, "各项票数之和应等于收回票数"),
    ],
)
def test_wrong_counts_are_refused_at_their_place_and_nothing_typed_is_lost(
    vote: Congress, chair: Visitor, typed: dict[str, str], said: str
) -> None:
    answer = confirm(vote, chair, **typed)

    assert answer.status_code == 422
    assert said in words(answer.text)
    ((name, value),) = typed.items()
    assert f'name="{name.replace("_", ".")}" value="{value}"' in answer.text
    assert 'name="m2.c2" value="2"' in answer.text
    assert 'name="before_time" value="1" required checked' in answer.text
    assert vote.ballot.state == "open"


def test_before_the_time_it_must_be_said(vote: Congress, chair: Visitor) -> None:
    answer = chair.post(address(vote), COUNTS)

    assert answer.status_code == 409
    assert "仍可投票" in words(answer.text)
    assert 'name="m1.yes" value="4"' in answer.text


def test_when_the_time_is_over_nothing_has_to_be_said(vote: Congress, chair: Visitor, visit: Visit) -> None:
    vote.city.clock.advance(days=3)
    again = visit("chair")
    page = again.get(address(vote)).text
    assert "before_time" not in page
    assert "已经停止投票，等待监票人关闭" in words(page)
    assert "发放纸质票" not in words(page)

    assert again.post(address(vote), COUNTS).status_code == 302
    vote.city.run(CloseBallot(ballot_id=vote.ballot_id, paper=vote_paper()), by="guide")
    assert vote.ballot.state == "closed"


def vote_paper() -> dict[str, Any]:
    motions: dict[str, dict[str, int]] = {"m1": {}, "m2": {}}
    for name, value in COUNTS.items():
        motion, _, answer = name.partition(".")
        if answer:
            motions[motion][answer] = int(value)
    return {"back": int(COUNTS["back"]), "motions": motions}


def test_reminding_rests_between_two_times(vote: Congress, chair: Visitor) -> None:
    for _ in range(2):
        assert chair.post(address(vote, "closing/remind")).status_code == 302
    page = words(chair.get(address(vote)).text)

    assert "正在提醒尚未参加的人" in page
    assert "刚提醒过" in page
    assert "以后可以再提醒" in page


def test_an_open_page_is_told_that_there_is_more_to_see(vote: Congress, chair: Visitor) -> None:
    seen = re.search(r"seen=([\w-]+)", chair.get(address(vote)).text)[1]  # type: ignore[index]
    before = chair.get(address(vote, f"closing/state?seen={seen}")).text
    vote.city.run(CloseBallot(ballot_id=vote.ballot_id, paper=vote_paper(), before_time=True), by="guide")
    after = chair.get(address(vote, f"closing/state?seen={seen}"))

    assert "情况有变化" not in before
    assert "情况有变化" in after.text
    assert "HX-Refresh" not in after.headers, "what is being typed must not be lost"


def test_breaking_off_asks_first_wants_a_reason_and_ends_on_the_sheet(vote: Congress, chair: Visitor) -> None:
    asked = words(chair.get(address(vote, "abort")).text)
    without = chair.post(address(vote, "abort"), {"reason": " x "})
    done = chair.post(address(vote, "abort"), {"reason": "会场停电"})
    sheet = words(chair.get(done.location).text)

    assert "已经参加的 7 人要在下一次投票中重新投" in asked
    assert without.status_code == 422
    assert "请写明理由" in words(without.text)
    assert done.status_code == 302
    assert "本次投票作废" in sheet
    assert "理由：会场停电" in sheet
    assert "已经结束" in words(chair.get(address(vote, "abort")).text)
