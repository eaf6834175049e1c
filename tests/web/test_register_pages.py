"""The register on pages: organisations, people, rights; what was typed is kept, what is shown once is shown once."""

import io
import re

import python_calamine

from tests.city import HILL, STAR, City
from tests.registry import LIGHT, add_person, grant, id_of, organisation_id
from tests.rosters import sheet, work_off
from tests.web.conftest import Visit

CODE = re.compile(r'id="code">([2-9A-Z-]{14})<')


def version(page: str) -> str:
    found = re.search(r'name="seen" value="(\d+)"', page)
    assert found is not None
    return found[1]


def test_an_enterprise_is_entered_found_and_changed(visit: Visit, city: City) -> None:
    admin = visit("admin")
    admin.get("/organisations/new/enterprise")
    wrong = admin.post("/organisations/new/enterprise", {**LIGHT, "uscc": "91330784MA2NEXY030", "above_scale": "False"})
    assert wrong.status_code == 422
    assert "第 18 位" in wrong.text
    assert f'value="{LIGHT["name"]}"' in wrong.text

    made = admin.post("/organisations/new/enterprise", {**LIGHT, "above_scale": "False"})
    page = admin.get(made.location).text
    changed = admin.post(made.location, {**LIGHT, "above_scale": "False", "staff_total": "21", "seen": version(page)})

    assert changed.status_code == 302
    assert "修改单位资料" in admin.get(made.location).text
    assert LIGHT["name"] in admin.get("/organisations?q=明灯").text
    late = admin.post(made.location, {**LIGHT, "above_scale": "False", "staff_total": "22", "seen": version(page)})
    assert late.status_code == 409
    assert 'value="22"' in late.text


def test_lists_are_paged_and_filtered(visit: Visit) -> None:
    admin = visit("admin")
    first = admin.get("/people?group=congress_rep").text
    more = re.search(r'href="(/people\?[^"]*cursor=[^"]*)"', first)

    assert more is not None
    second = admin.get(more[1].replace("&amp;", "&"), headers={"HX-Request": "true"}).text
    names = [set(re.findall(r'/people/([0-9a-f]{32})"', text)) for text in (first, second)]
    assert len(names[0]) == 40
    assert not names[0] & names[1]
    assert "没有符合条件的人员" in admin.get("/people?q=无此人").text


def test_a_new_person_gets_rights_and_a_code_and_logs_in(visit: Visit, city: City) -> None:
    admin, security = visit("admin"), visit("security")
    admin.get("/people/new")
    made = admin.post("/people/new", {"username": "zhu", "name": "朱小灯", "organisation": STAR}).location
    security.get(made)
    refused = security.post(f"{made}/memberships", {"group": "congress_rep", "reason": "选举"})
    assert refused.status_code == 422
    granted = security.post(f"{made}/memberships", {"group": "congress_rep", "organisation": STAR, "reason": "选举"})
    assert granted.status_code == 302
    shown = CODE.search(security.post(f"{made}/invitation").text)
    assert shown is not None
    assert shown[1] not in security.get(made).text

    stranger = visit(None)
    stranger.get("/login/first")
    weak = stranger.post("/login/first", {"username": "zhu", "code": shown[1], "password": "short", "again": "short"})
    assert (weak.status_code, "至少 8 位" in weak.text, shown[1] in weak.text) == (422, True, True)
    differs = stranger.post("/login/first", {"username": "zhu", "code": shown[1], "password": "a", "again": "b"})
    assert "不一致" in differs.text
    entered = stranger.post(
        "/login/first", {"username": "zhu", "code": shown[1], "password": "sunlight 42", "again": "sunlight 42"}
    )

    assert entered.status_code == 302
    assert "朱小灯" in stranger.get("/me").text
    assert "职工代表" in stranger.get("/me").text


def test_a_group_asks_for_its_place_when_it_is_chosen(visit: Visit, city: City) -> None:
    security = visit("security")
    path = f"/people/{id_of(city, 'guide')}/memberships"
    assert 'name="town"' not in security.get(path).text

    drawn = security.post(path, {"group": "town_union", "_refresh": "1"}, headers={"HX-Request": "true"}).text

    assert 'name="town"' in drawn
    assert "<html" not in drawn


def test_codes_for_a_whole_organisation_come_as_a_sheet(visit: Visit, city: City) -> None:
    for n in range(3):
        add_person(city, f"zhu{n}", organisation=STAR)
    security = visit("security")

    answer = security.post(f"/organisations/{organisation_id(city, STAR)}/invitations")

    rows = python_calamine.load_workbook(io.BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    assert rows[0] == ["单位", "姓名", "用户名", "邀请码"]
    assert [row[2] for row in rows[1:]] == ["zhu0", "zhu1", "zhu2"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_leaving_is_done_in_one_place_and_refusals_keep_what_was_typed(visit: Visit, city: City) -> None:
    admin = visit("admin")
    path = f"/people/{id_of(city, 'hr')}"
    admin.get(path)
    refused = admin.post(f"{path}/leaving", {"reason": "离职", "successor": "nobody"})
    assert refused.status_code == 422
    assert 'value="nobody"' in refused.text
    assert ">离职</textarea>" in refused.text

    assert admin.post(f"{path}/leaving", {"reason": "离职"}).status_code == 302

    assert "已离开" in admin.get(path).text
    admin.post(f"{path}/return", {"reason": "返聘"})
    assert "待首次登录" in admin.get(path).text


def test_the_security_administrator_reads_what_the_other_writes(visit: Visit, city: City) -> None:
    security = visit("security")
    page = security.get(f"/organisations/{organisation_id(city, STAR)}").text

    assert "由系统管理员维护" in page
    assert 'id="do-submit"' not in page
    assert security.post(f"/organisations/{organisation_id(city, STAR)}", {}).status_code == 403


def test_one_changes_ones_password_and_is_told_what_is_wrong(visit: Visit, city: City) -> None:
    guide = visit("guide")
    guide.get("/me/password")
    wrong = guide.post("/me/password", {"old": "no", "password": "sunlight 42", "again": "sunlight 42"})
    assert (wrong.status_code, "原密码不对" in wrong.text) == (422, True)
    assert guide.post("/me/password", {"old": "demo", "password": "x", "again": "x"}).status_code == 422

    right = {"old": "demo", "password": "sunlight 42", "again": "sunlight 42"}
    assert guide.post("/me/password", right).status_code == 302


def test_ending_a_membership_and_unlocking_need_a_reason(visit: Visit, city: City) -> None:
    made = grant(city, id_of(city, "guide"), "city_union")
    security = visit("security")
    path = f"/people/{id_of(city, 'guide')}"
    security.get(path)

    assert security.post(f"/memberships/{made}/end", {"reason": " ", "next": path}).status_code == 422
    assert security.post(f"/memberships/{made}/end", {"reason": "调整", "next": path}).location == path
    assert security.post(f"{path}/unlock", {"reason": "来电"}).status_code == 409
    reset = security.post(f"{path}/password", {"reason": "遗忘"})
    assert CODE.search(reset.text)


def test_the_auditor_reads_checks_and_takes_out(visit: Visit, city: City) -> None:
    grant(city, add_person(city, name="=1+1"), "city_union")
    auditor = visit("auditor")

    page = auditor.get("/audit").text
    assert "授予角色" in page
    assert "没有缺失和改动" in auditor.get("/audit/chain").text
    assert "登录" in auditor.get("/audit?stream=system").text
    assert "没有符合条件的记录" in auditor.get("/audit?actor=nobody&since=x").text
    sheet = auditor.post("/audit/sheet?action=person_added")
    rows = python_calamine.load_workbook(io.BytesIO(sheet.data)).get_sheet_by_index(0).to_python()
    assert [(row[2], row[4]) for row in rows] == [("用户名", "操作"), ("admin", "登记人员")]
    assert auditor.post("/audit/evidence").data.startswith(b"PK")
    assert "导出审计记录" in auditor.get("/audit").text


def test_a_roster_is_uploaded_followed_and_mended(visit: Visit, city: City) -> None:
    hr = visit("hr")
    place = hr.get("/rosters").location
    assert "下载模板" in hr.get(place).text
    template = python_calamine.load_workbook(io.BytesIO(hr.get("/rosters/template.xlsx").data))
    assert template.get_sheet_by_index(0).to_python()[0][0] == "姓名*"
    wrong = hr.post(place, {"file": (io.BytesIO(b"no"), "a.xlsx")})
    assert (wrong.status_code, "另存为" in wrong.text) == (422, True)

    sent = hr.post(place, {"file": (io.BytesIO(sheet(("陈", "13900000001"), ("陈二", "1"))), "名册.xlsx")})
    assert "正在打开文件" in hr.get(sent.location).text
    work_off(city)
    page = hr.get(sent.location).text
    assert "有 2 处需要修改" in page
    assert "手机号不正确" in page
    listed = python_calamine.load_workbook(io.BytesIO(hr.get(f"{sent.location}/flaws.xlsx").data))
    assert [row[0] for row in listed.get_sheet_by_index(0).to_python()] == ["行", 2, 3]
    assert hr.post(f"{sent.location}/cancel").status_code == 409
    assert visit("boss2").get(sent.location).status_code == 404
    assert all(name in visit("union").get("/rosters").text for name in (STAR, HILL))
