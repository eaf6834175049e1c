"""A designer moves running cases on pages: sees what it means, chooses, rehearses, orders it, follows it."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest

from engine.model import MigrationRun
from tests.city import City
from tests.mails import work_off
from tests.training_requests import (
    GONE,
    INSTEAD,
    PROCESS,
    migration,
    second_version,
    three_requests,
    versions,
)
from tests.web.conftest import Visit, Visitor

PLAN = f"/designer/processes/{PROCESS}/migration"
FROM_TO = {"from": "1", "to": "2"}
CHOSEN = {f"choice.{GONE}": INSTEAD}
AS_PART = {"HX-Request": "true"}


@pytest.fixture
def cases(city: City) -> list[str]:
    found = three_requests(city)
    second_version(city)
    return found


@pytest.fixture
def designer(visit: Visit, cases: list[str]) -> Visitor:
    return visit("designer")


def numbers(page: str) -> list[int]:
    """Can move, need a choice, must stay."""
    return [int(found) for found in re.findall(r'class="verdict-\w+"><dt>[^<]*</dt><dd>(\d+)', page)]


def begun(designer: Visitor, **fields: object) -> str:
    """The address of the run."""
    designer.get(f"{PLAN}?from=1&to=2")
    answer = designer.post(f"{PLAN}/start", {**FROM_TO, **CHOSEN, "reason": "审核改为复核", **fields})
    assert answer.status_code == 302, answer.text
    return answer.location


def test_the_versions_lead_to_the_plan_and_back_without_one(designer: Visitor) -> None:
    page = designer.get(f"/designer/processes/{PROCESS}/versions").text

    assert f"{PLAN}?from=1&amp;to=2" in page
    assert "to=2" not in page.replace(f"{PLAN}?from=1&amp;to=2", "", 1)
    assert designer.get(PLAN).location == f"/designer/processes/{PROCESS}/versions"
    assert designer.get(f"{PLAN}?from=1").status_code == 404
    assert designer.get(f"{PLAN}?from=1&to=9").status_code == 404


def test_the_plan_tells_numbers_steps_diagrams_and_why(designer: Visitor) -> None:
    page = designer.get(f"{PLAN}?from=1&to=2").text

    assert numbers(page) == [1, 2, 0]
    assert f'name="choice.{GONE}"' in page
    assert "复核申请（建议）" in page or "确定补贴（建议）" in page
    assert "新版中没有" in page
    assert re.search(r'data-key="training_request" data-of="before"', page)
    assert page.count('name="case"') == 3
    assert "批准计划" in page


def test_a_choice_is_worked_out_and_survives_with_all_that_was_typed(designer: Visitor, cases: list[str]) -> None:
    designer.get(f"{PLAN}?from=1&to=2")
    typed = {"reason": "先写的理由", "rules": "new", "scope": "chosen", "case": cases[1]}

    answer = designer.post(PLAN, {**FROM_TO, **CHOSEN, **typed, "only": "moves"}, headers=AS_PART)

    assert numbers(answer.text) == [3, 0, 0]
    assert answer.headers["HX-Push-Url"] == f"{PLAN}?from=1&to=2&verdict=moves&choice.{GONE}={INSTEAD}"
    assert "先写的理由" in answer.text
    for value in ("new", "chosen", cases[1]):
        assert re.search(rf'value="{value}"[^>]* checked', answer.text), value
    assert numbers(designer.get(answer.headers["HX-Push-Url"]).text) == [3, 0, 0]


def test_the_end_of_a_branch_is_a_choice_and_none_is_none(designer: Visitor) -> None:
    designer.get(f"{PLAN}?from=1&to=2")

    undecided = designer.post(PLAN, {**FROM_TO, f"choice.{GONE}": "?"}).text
    ended = designer.post(PLAN, {**FROM_TO, f"choice.{GONE}": ""}).text

    assert numbers(undecided) == [1, 2, 0]
    assert '<option value="" selected>结束这一支' in ended
    assert numbers(ended)[1] == 0


def test_ticks_of_other_pages_are_kept(designer: Visitor, cases: list[str]) -> None:
    designer.get(f"{PLAN}?from=1&to=2")

    page = designer.post(PLAN, {**FROM_TO, "only": "moves", "case": cases[0]}).text

    assert f'type="hidden" name="case" value="{cases[0]}"' in page
    assert "其他页还勾选了 1 件" in page
    assert page.count('type="checkbox"') == 1
    assert "还勾选了" not in designer.post(PLAN, {**FROM_TO, "only": "moves", "case": cases[0], "untick": "1"}).text


def test_what_is_missing_is_told_and_nothing_typed_is_lost(designer: Visitor, city: City) -> None:
    designer.get(f"{PLAN}?from=1&to=2")
    no_reason = designer.post(f"{PLAN}/start", {**FROM_TO, **CHOSEN, "reason": " ", "rules": "new", "order": "start"})
    no_case = designer.post(
        f"{PLAN}/start", {**FROM_TO, **CHOSEN, "reason": "有理由", "scope": "chosen", "order": "start"}
    )

    assert (no_reason.status_code, no_case.status_code) == (422, 422)
    assert "没有开始迁移" in no_reason.text
    assert re.search(r'value="new" checked', no_reason.text)
    assert numbers(no_reason.text) == [3, 0, 0]
    assert "请在案件清单中勾选" in no_case.text
    assert ">有理由</textarea>" in no_case.text
    assert city.rows(MigrationRun) == []


def test_a_rehearsal_of_some_leads_to_the_same_in_earnest(designer: Visitor, city: City, cases: list[str]) -> None:
    run = begun(designer, order="rehearse", scope="chosen", case=cases[:2], rules="new")
    work_off(city)

    page = designer.get(run).text
    assert "可以迁移 2 件" in page
    assert "试迁，不改变案件" in page
    assert versions(city, cases) == [1, 1, 1]
    (link,) = re.findall(r'href="([^"]*rehearsed=[^"]*)"', page)
    again = designer.get(link.replace("&amp;", "&")).text
    assert numbers(again) == [3, 0, 0]
    assert ">审核改为复核</textarea>" in again
    for value in ("chosen", "new", *cases[:2]):
        assert re.search(rf'value="{value}"[^>]* checked', again), value
    assert not re.search(rf'value="{cases[2]}"[^>]* checked', again)


def test_a_migration_is_followed_and_kept_as_a_file(designer: Visitor, city: City, cases: list[str]) -> None:
    run = begun(designer, order="start")
    running = designer.get(run).text
    part = designer.get(run, headers=AS_PART).text
    work_off(city)
    ended = designer.get(run).text

    assert 'hx-trigger="load delay:1s"' in running
    assert part.lstrip().startswith('<div id="migration-progress"')
    assert "已处理 3 / 3" in ended
    assert "已迁移 3 件" in ended
    assert "hx-trigger" not in ended
    assert "复核申请" in ended
    assert versions(city, cases) == [2, 2, 2]
    book, text = designer.get(f"{run}/result.xlsx"), designer.get(f"{run}/result.csv")
    assert "复核申请" in ZipFile(BytesIO(book.data)).read("xl/sharedStrings.xml").decode()
    assert len(text.data.decode("utf-8-sig").splitlines()) == 4
    assert text.headers["Content-Disposition"].isascii()
    assert "审核改为复核" in designer.get("/designer/migrations").text


def test_it_is_paused_goes_on_and_is_stopped(designer: Visitor, city: City, cases: list[str]) -> None:
    run = begun(designer, order="start")

    assert designer.post(f"{run}/pause").status_code == 302
    work_off(city)
    paused = designer.get(run).text
    assert "已暂停" in paused
    assert "未处理 3 件" in paused
    assert versions(city, cases) == [1, 1, 1]
    designer.post(f"{run}/resume")
    designer.post(f"{run}/cancel")
    work_off(city)
    assert versions(city, cases) == [1, 1, 1]
    designer.post(f"{run}/pause")
    assert "已经结束" in designer.get(run).text


def test_those_that_stay_say_why(designer: Visitor, city: City, cases: list[str]) -> None:
    run_id = migration(city)
    work_off(city)

    page = designer.get(f"/designer/migrations/{run_id}?outcome=stayed").text

    assert "留在旧版 2 件" in page
    assert page.count("审核申请") >= 2
    assert versions(city, cases) == [1, 1, 2]


def test_administrators_look_and_nobody_else(visit: Visit, city: City, cases: list[str]) -> None:
    run = f"/designer/migrations/{migration(city)}"
    looks = [f"{PLAN}?from=1&to=2", "/designer/migrations", run, f"{run}/result.csv"]

    admin = visit("admin")
    assert {admin.get(path).status_code for path in looks} == {200}
    assert "开始迁移" not in admin.get(looks[0]).text
    assert admin.post(f"{PLAN}/start", {**FROM_TO, "reason": "我来迁移", "order": "start"}).status_code == 403
    assert admin.post(f"{run}/pause").status_code == 403
    assert {visit("union").get(path).status_code for path in looks} == {403}


def test_the_pages_speak_english(designer: Visitor) -> None:
    designer.get("/locale/en")

    page = designer.get(f"{PLAN}?from=1&to=2").text

    for words in ("Move running cases", "Review the request", "Can move as they are", "End this branch"):
        assert words in page
