"""The pages of voters without a browser: who sees them, what they say, and what they never do."""

import re
from collections.abc import Iterator
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from engine.commands.abort_ballot import AbortBallot
from engine.commands.mark_paper_voter import MarkPaperVoter
from tests.ballots import Congress, open_congress, prepared_congress
from tests.city import City
from tests.wage_votes import vote_again, wage_vote
from tests.web.conftest import Visit

PAGES = ("", "/matter", "/vote", "/receipt")


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("wage_vote")


@pytest.fixture
def vote(database_hosts: Any, keys: Path, tmp_path: Path) -> Iterator[Congress]:
    make = partial(wage_vote, election=True)
    with prepared_congress(database_hosts, "sqlite", secrets=keys, data_dir=tmp_path, make=make) as opened:
        yield opened


@pytest.fixture
def city(vote: Congress) -> City:
    return vote.city


def words(text: str) -> str:
    """What stands on a page, without markup."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", text)))


def test_the_way_of_a_voter_is_for_those_who_see_the_ballot(vote: Congress, visit: Visit) -> None:
    found = {
        who: [visit(who).get(f"/ballots/{vote.ballot_id}{page}").status_code for page in PAGES]
        for who in (None, "rep1", "chair", "rep2_1", "admin")
    }

    assert found == {
        None: [302] * 4, "rep1": [200] * 4, "chair": [200, 200, 302, 200], "rep2_1": [404] * 4, "admin": [404] * 4,
    }  # fmt: skip


def test_the_first_page_says_who_may_vote_by_which_rule_and_what_is_not_promised(vote: Congress, visit: Visit) -> None:
    at = f"/ballots/{vote.ballot_id}"
    vote.prepare("rep2")

    mine, hers, theirs = (words(visit(who).get(at).text) for who in ("rep1", "rep2", "chair"))

    assert "您可以参加本次表决" in mine
    for said in (
        "还剩 1 天 3 小时",
        "已有 1 人领票",
        "至少 27 人",
        "至少 21 票同意",
        "什么不能保证",
        "效力，以当地确认的为准",
    ):
        assert said in mine
    assert "您的选票已经领取" in hers
    assert "您的选票已经领取" not in mine
    assert "您不在本次表决的名册上" in theirs


def test_what_is_voted_on_is_shown_in_short_in_full_and_with_what_has_changed(vote: Congress, visit: Visit) -> None:
    first = visit("rep1").get(f"/ballots/{vote.ballot_id}/matter").text
    assert "系统里没有以前的文本可以比较" in words(first)
    vote.city.clock.advance(days=1)
    second = vote_again(vote, lowest_pay=2750)

    page = words(visit("rep1").get(f"/ballots/{second.ballot_id}/matter").text)

    for said in (
        "本企业最低工资 2,750.00 元/月",
        "平均调整幅度 6%",
        "每月 15 日前以银行转账支付上月工资",
        "高级技师（一级）",
    ):
        assert said in page
    changes = page.split("和上一次表决的草案相比")[1].split("全文")[0]
    assert changes.split() == ["本企业最低工资", "原来：", "2,600.00", "元/月", "现在：", "2,750.00", "元/月"]
    assert second.ballot.matter_hash
    assert second.ballot.matter_hash in page


def test_a_voter_works_out_what_it_means_and_nothing_is_kept(vote: Congress, visit: Visit) -> None:
    voter, at = visit("rep1"), f"/ballots/{vote.ballot_id}/matter"
    voter.get(at)

    ticked = {"my_levels": ["senior", "technician", "education_bachelor"], "my_pay": "2500"}
    page = words(voter.post(at, data=ticked).text)

    assert "每月能级津贴 750.00" in page  # the higher of two skill levels, and the degree
    assert "低于草案约定的本企业最低工资 2600 元/月" in page
    assert "每月能级津贴 0.00" in words(voter.get(at).text)


def test_the_page_of_the_vote_has_no_form_and_its_address_takes_nothing(vote: Congress, visit: Visit) -> None:
    voter = visit("rep1")
    page = voter.get(f"/ballots/{vote.ballot_id}/vote").text
    main = page[page.index("<main") : page.index("</main>")]

    assert "<form" not in main
    assert [label for label in ("同意", "不同意", "弃权") if label not in main] == []
    assert main.index('value="yes"') < main.index('value="no"') < main.index('value="abstain"')
    assert voter.post(f"/ballots/{vote.ballot_id}/vote", data={"m1": "yes"}).status_code == 405
    assert "也可以不在网上投" not in main


def test_over_aborted_and_on_paper(city: City, visit: Visit) -> None:
    mixed = open_congress(city, mode="mixed")
    at = f"/ballots/{mixed.ballot_id}"
    city.run(MarkPaperVoter(ballot_id=mixed.ballot_id, voter="rep2"), by="chair")

    assert "向监票人领取纸质选票" in words(visit("rep1").get(f"{at}/vote").text)
    assert "您已领取纸质选票" in words(visit("rep2").get(at).text)
    assert visit("rep2").get(f"{at}/vote").location == at
    city.clock.advance(days=2)
    assert "投票已经截止" in words(visit("rep1").get(at).text)
    assert visit("rep1").get(f"{at}/vote").location == f"{at}/receipt"
    city.run(AbortBallot(ballot_id=mixed.ballot_id, reason="系统停电"), by="chair")
    assert "理由：系统停电" in words(visit("rep1").get(at).text)


def test_the_way_leads_from_the_worklist_and_from_the_case(vote: Congress, visit: Visit) -> None:
    voter, link = visit("rep1"), f'href="/ballots/{vote.ballot_id}"'
    assert link in voter.get("/tasks").text
    assert link not in visit("chair").get("/tasks").text

    vote.vote("rep1", {"m1": "no", "m2": "abstain"})
    card = words(voter.get("/tasks").text)
    assert "您已领取选票" in card
    assert "已投" not in card
    vote.close()
    assert f'href="/ballots/{vote.ballot_id}/receipt"' in voter.get("/tasks").text
    board = words(voter.get(f"/ballots/{vote.ballot_id}/receipt").text)
    assert "下载核对程序" in board
