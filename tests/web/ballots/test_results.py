"""The result sheet on the screen and as a file, and the ballots on the page of their case."""

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from engine.commands.mark_paper_voter import MarkPaperVoter
from tests.ballots import Congress, open_congress, prepared_congress
from tests.city import City
from tests.web.ballots.test_closing import TWO_MOTIONS, vote_paper
from tests.web.ballots.test_pages import words
from tests.web.conftest import Visit


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("result_sheet")


@pytest.fixture
def vote(database_hosts: Any, keys: Path, tmp_path: Path) -> Iterator[Congress]:
    make = partial(open_congress, mode="mixed", closes="P3D", motions=TWO_MOTIONS)
    with prepared_congress(database_hosts, "sqlite", secrets=keys, data_dir=tmp_path, make=make) as opened:
        yield opened


@pytest.fixture
def city(vote: Congress) -> City:
    return vote.city


def counted(vote: Congress, *, online: int = 21, paper: int = 6) -> None:
    for number in range(1, paper + 1):
        vote.city.run(MarkPaperVoter(ballot_id=vote.ballot_id, voter=f"rep{number}"), by="chair")
    for number in range(paper + 1, paper + online + 1):
        vote.vote(f"rep{number}", {"m1": "yes", "m2": ["c2"]})
    three = {"back": paper, "motions": {"m1": {"no": paper}, "m2": {"abstain": paper}}}
    vote.close(paper=vote_paper() if paper == 6 else three)


def test_the_sheet_has_every_number_both_wholes_and_the_words_of_the_rule(vote: Congress, visit: Visit) -> None:
    counted(vote)
    page = words(visit("rep1").get(f"/ballots/{vote.ballot_id}/result").text)

    end = vote.ballot.board_end
    for said in (
        "全部通过",
        "应到 实到 发出 收回 40 27 27 27",
        "发出 27 张：线上 21 张，纸质 6 张",
        "27×3 ≥ 40×2 达到 实到 27 人，分母为应到 40 人，至少需要 27 人",
        "有效 同意 不同意 弃权 废票 26 25 1 0 1",
        "25×2 > 40×1 满足 同意 25 票，分母为应到 40，至少需要 21 票",
        "《浙江省集体合同条例》第二十四条",
        "乙 23 当选",
        "甲 3 —",
        vote.ballot.roll_hash,
        end["root"],
        end["signature"],
        "李卫国：2026年3月2日",
    ):
        assert said in page, said


def test_without_a_result_there_is_no_sheet_and_strangers_see_none(vote: Congress, visit: Visit) -> None:
    pages = ("result", "result.pdf")
    before = [visit("rep1").get(f"/ballots/{vote.ballot_id}/{page}").status_code for page in pages]
    counted(vote)
    after = [
        [visit(who).get(f"/ballots/{vote.ballot_id}/{page}").status_code for page in pages]
        for who in (None, "rep1", "boss2")
    ]

    assert before == [409, 409]
    assert after == [[302, 302], [200, 200], [404, 404]]


def test_it_comes_as_a_file_and_without_the_libraries_it_is_said_so(
    vote: Congress, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted(vote)
    at = f"/ballots/{vote.ballot_id}/result"
    file = visit("rep1").get(f"{at}.pdf")
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    refused = visit("rep1").get(f"{at}.pdf")

    assert (file.mimetype, file.data[:5]) == ("application/pdf", b"%PDF-")
    assert "filename*=UTF-8''%E8%A1%A8%E5%86%B3" in file.headers["Content-Disposition"]
    assert (refused.status_code, "没有安装生成 PDF 的组件" in refused.text) == (409, True)
    assert visit("rep1").get(at).status_code == 200


def test_few_on_paper_are_not_told_apart(vote: Congress, visit: Visit) -> None:
    counted(vote, paper=3, online=27)
    page = words(visit("rep1").get(f"/ballots/{vote.ballot_id}/result").text)

    assert "少于 5 人" in page
    assert "有效 同意 不同意 弃权 废票 30 27 3 0 0" in page


def test_of_few_ballots_without_a_quorum_no_figure_is_shown(vote: Congress, visit: Visit) -> None:
    counted(vote, paper=3, online=0)
    page = words(visit("rep1").get(f"/ballots/{vote.ballot_id}/result").text)

    assert "未达到法定人数，未通过" in page
    assert "不公布各选项的票数" in page
    assert [word for word in ("同意", "当选", "通过条件") if word in page.replace("不同意", "")] == []


def test_the_page_of_the_case_leads_to_the_ballot_at_every_step(vote: Congress, visit: Visit) -> None:
    at = f"/cases/{vote.case_id}/ballots"
    vote.prepare("rep40", {"m1": "no", "m2": "abstain"})
    opened = visit("hr").get(at).text
    counted(vote)
    after = visit("hr").get(at).text

    assert "1 / 40 实到 / 应到 距法定人数还差 26 人" in words(opened)
    assert ("同意" in words(opened), "verify.py" in opened) == (False, False)
    assert "28×3 ≥ 40×2 达到" in words(after)
    assert "同意 25 不同意 1 弃权 0 废票 1 通过条件： 25×2 > 40×1 满足" in words(after)
    assert "当选：乙 乙 23 甲 3 通过条件： 23×2 > 40×1 满足" in words(after)
    assert visit("hr").get("/ballots/verify.py").data == Path("engine/ballots/verify.py").read_bytes()
    assert [visit(who).get(at).status_code for who in ("boss2", None)] == [404, 302]
    assert f'href="{at}"' in visit("hr").get(f"/cases/{vote.case_id}").text
    assert f"/ballots/{vote.ballot_id}/result" in after
    assert f"/ballots/{vote.ballot_id}/closing" not in opened, "only scrutineers are led there"


def test_a_scrutineer_finds_the_ballot_on_the_worklist_and_among_the_notices(vote: Congress, visit: Visit) -> None:
    vote.work_off()
    chair = visit("chair")
    before = words(chair.get("/tasks").text)
    notices = chair.get("/notices").text
    counted(vote)

    assert "监票：工资专项集体合同草案表决" in before
    assert "您是“工资专项集体合同草案表决”的监票人" in words(notices)
    assert f'href="/ballots/{vote.ballot_id}/closing"' in notices
    assert "监票：" not in words(chair.get("/tasks").text)
    assert "监票：" not in words(visit("rep1").get("/tasks").text)
