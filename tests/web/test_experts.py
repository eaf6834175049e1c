"""The register of experts on pages: kept by the federation, read by each expert, taken out and brought in."""

import io
import re

import pytest
import python_calamine

from engine.outbox.ticking import tick
from tests.city import City
from tests.experts import ANSWERS, LINE, enter_expert, expert, expert_sheet
from tests.registry import grant, id_of
from tests.web.conftest import Visit
from tests.web.test_register_pages import version

FORM = {**ANSWERS, "person": "lawyer1", "towns": ["古山镇"], "max_open": "3"}


def test_a_line_is_entered_found_and_changed(visit: Visit, city: City) -> None:
    keeper = visit("federation")
    assert "名册上还没有专家" in keeper.get("/experts").text
    assert "章律之（lawyer1）" in keeper.get("/experts/new").text
    wrong = keeper.post("/experts/new", {**FORM, "max_open": "11", "profession": "accountant"})
    assert (wrong.status_code, "不能大于 10" in wrong.text) == (422, True)
    assert f'value="{ANSWERS["employer"]}"' in wrong.text
    unfit = keeper.post("/experts/new", {**FORM, "profession": "accountant"})
    assert (unfit.status_code, "没有这一专业的角色" in unfit.text) == (422, True)

    assert keeper.post("/experts/new", FORM).status_code == 302
    path = f"/experts/{id_of(city, 'lawyer1')}"
    page = keeper.get(path).text
    changed = keeper.post(path, {**FORM, "employer": "浙江紫微律师事务所", "seen": version(page)})
    late = keeper.post(path, {**FORM, "employer": "第三家律师事务所", "seen": version(page)})

    assert changed.status_code == 302
    assert (late.status_code, 'value="第三家律师事务所"' in late.text) == (409, True)
    assert "浙江紫微律师事务所" in keeper.get("/experts").text
    assert "章律之（lawyer1）" not in keeper.get("/experts/new").text


def test_the_list_is_filtered_and_paged(visit: Visit, city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    enter_expert(city, "lawyer1", licence_until="2026-04-01")
    enter_expert(city, "lawyer2", towns=[], fields="知识产权")
    enter_expert(city, "tax1", profession="tax_adviser", towns=["东城街道"], licence_until="2026-03-01")
    keeper = visit("security")

    def found(query: str) -> set[str]:
        page = keeper.get(f"/experts{query}").text
        return {name for name in ("章律之", "俞敏法", "池税明") if f">{name}</a>" in page}

    assert found("") == {"章律之", "俞敏法", "池税明"}
    assert found("?profession=lawyer") == {"章律之", "俞敏法"}
    assert found("?town=古山镇") == {"章律之", "俞敏法"}
    assert found("?town=东城街道") == {"俞敏法", "池税明"}
    assert found("?town=_") == {"俞敏法"}
    assert found("?soon=1") == {"章律之"}
    assert found("?q=知识") == found("?q=俞敏") == {"俞敏法"}
    assert found("?status=dismissed") == found("?q=%25") == set()
    assert found("?status=none") == {"章律之", "俞敏法", "池税明"}
    page = keeper.get("/experts").text
    assert all(words in page for words in ("证书已过期", "4月1日 到期"))

    monkeypatch.setattr("web.people.experts.ROWS", 2)
    first = keeper.get("/experts").text
    more = re.search(r'href="(/experts\?[^"]*cursor=[^"]*)"', first)
    assert more is not None
    rest = keeper.get(more[1].replace("&amp;", "&"), headers={"HX-Request": "true"}).text
    names = [re.findall(r'/experts/([0-9a-f]{32})"', text) for text in (first, rest)]
    assert (len(names[0]), len(names[1])) == (2, 1)
    assert not set(names[0]) & set(names[1])


def test_an_expert_reads_their_own_line_and_says_when_they_are_away(visit: Visit, city: City) -> None:
    lawyer, path = visit("lawyer1"), f"/experts/{enter_expert(city)}"
    page = lawyer.get("/me/expert").text
    assert "由工商联维护" in page
    assert 'id="do-submit"' not in page
    wrong = lawyer.post(f"{path}/absence", {"absent_from": "2026-03-09", "absent_until": "2026-03-08"})
    assert (wrong.status_code, 'value="2026-03-09"' in wrong.text) == (422, True)
    assert 'id="absent_until-wrong"' in wrong.text
    assert f'action="{path}"' in wrong.text

    assert (
        lawyer.post(f"{path}/absence", {"absent_from": "2026-03-02", "absent_until": "2026-03-09"}).status_code == 302
    )
    assert "暂不接单" in lawyer.get(path).text
    assert lawyer.post(f"{path}/absence/end").status_code == 302
    assert lawyer.post(f"{path}/absence/end").status_code == 409
    assert lawyer.post(path, {**FORM, "seen": "3"}).status_code == 403
    assert lawyer.post(f"{path}/active", {"reason": "本人"}).status_code == 403


def test_for_others_there_is_no_such_page(visit: Visit, city: City) -> None:
    path = f"/experts/{enter_expert(city)}"
    other = visit("lawyer2")
    assert other.get(path).status_code == 404
    assert other.post(f"{path}/absence", {"absent_from": "2026-03-02", "absent_until": "2026-03-09"}).status_code == 404
    assert other.get("/experts").status_code == 403
    assert "您还没有登记" in other.get("/me/expert").text


def test_the_federation_of_a_town_reads_and_changes_nothing(visit: Visit, city: City) -> None:
    path = f"/experts/{enter_expert(city)}"
    grant(city, id_of(city, "guide"), "federation", town="古山镇")
    reader = visit("guide")
    assert "登记入册" not in reader.get("/experts").text
    page = reader.get(path).text
    assert "解聘" not in page
    assert 'id="do-submit"' not in page
    assert reader.get("/experts/import").status_code == reader.get("/experts/new").status_code == 403
    assert reader.post(path, {**FORM, "seen": "1"}).status_code == 403


def test_a_status_is_set_with_a_reason_that_is_kept_when_it_is_refused(visit: Visit, city: City) -> None:
    keeper, path = visit("federation"), f"/experts/{enter_expert(city)}"
    keeper.get(path)
    assert keeper.post(f"{path}/suspended", {"reason": " "}).status_code == 422
    assert keeper.post(f"{path}/suspended", {"reason": "进修"}).status_code == 302
    again = keeper.post(f"{path}/suspended", {"reason": "进修一年"})
    assert (again.status_code, "名册上已经是这个状态" in again.text) == (422, True)
    assert keeper.post(f"{path}/dismissed", {"reason": "辞聘"}).status_code == 302
    assert keeper.post(f"{path}/active", {"reason": "续聘"}).status_code == 302
    assert expert(city).status == "active"
    acts = visit("security").get(f"/people/{id_of(city, 'lawyer1')}").text
    assert all(words in acts for words in ("登记特派指导员", "变更特派指导员状态"))


def test_the_register_is_taken_out_changed_and_brought_in(visit: Visit, city: City) -> None:
    enter_expert(city, employer="=1+1")
    keeper = visit("federation")
    keeper.get("/experts/import")
    template = python_calamine.load_workbook(io.BytesIO(keeper.get("/experts/template.xlsx").data))
    assert template.get_sheet_by_index(0).to_python()[0][:3] == ["用户名*", "姓名", "专业类别*"]
    exported = keeper.get("/experts/register.xlsx").data
    rows = python_calamine.load_workbook(io.BytesIO(exported)).get_sheet_by_index(0).to_python()
    assert rows[1][:5] == ["lawyer1", "章律之", "律师", "=1+1", "1330799901000001"]
    assert rows[1][-1] == "在聘"

    def bring_in(content: bytes) -> tuple[int, str]:
        answer = keeper.post("/experts/import", {"file": (io.BytesIO(content), "名册.xlsx")})
        return answer.status_code, answer.text

    assert bring_in(exported)[0] == 302
    assert expert(city).lock_version == 1
    status, page = bring_in(expert_sheet({**LINE, "max_open": 20, "name": "章"}))
    assert (status, "不能大于 10" in page, "在册的姓名是“章律之”" in page) == (422, True, True)
    assert bring_in(b"no")[0] == 422
    assert keeper.post("/experts/import").status_code == 422


def test_who_is_warned_is_led_to_the_line(visit: Visit, city: City) -> None:
    path = f"/experts/{enter_expert(city, licence_until='2026-04-01', term_to='2026-04-02')}"
    tick(city.engine, lambda _: None)
    for reader in ("lawyer1", "federation"):
        page = visit(reader).get("/notices").text
        assert "章律之 的执业证书有效期至 4月1日，聘期至 4月2日，到期后不再派单。" in page
        assert f'href="{path}"' in page
