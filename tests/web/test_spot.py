"""当场确认 as pages: a code on one phone, a confirmation on another."""

import html
import re
from datetime import timedelta

import pytest

from engine.commands.issue_invitations import IssueInvitations
from engine.model import HistoryEntry, Person, UserTask
from engine.spot_codes import LIFETIME
from tests.city import City
from tests.offered_requests import do, example, register_demo_experts, visit_agreed
from tests.web.conftest import Visit, Visitor

TOMORROW = "2026-03-03T10:00:00+08:00"
RECORD = {**example("visit_record.valid"), "visit_at": "2026-03-03T08:00:00+08:00"}
REMARK = "记录属实，谢谢章律师"


@pytest.fixture
def task(city: City) -> UserTask:
    """What the enterprise is to confirm: the lawyer was there."""
    register_demo_experts(city)
    case_id = visit_agreed(city, at=TOMORROW)
    city.clock.advance(days=1)
    do(city, case_id, "record_visit", by="lawyer1", answers=RECORD)
    return city.task_at(case_id, "confirm_visit")


def _code(page: str) -> str:
    found = re.search(r'id="spot-code">([0-9A-Z]{4}-[0-9A-Z]{4})<', page)
    assert found
    return found[1]


def _show(visit: Visit, task: UserTask) -> str:
    lawyer = visit("lawyer1")
    assert lawyer.get(f"/tasks/{task.id}/spot").status_code == 200
    return _code(lawyer.post(f"/tasks/{task.id}/spot").text)


def _form(boss: Visitor, code: str, **fields: str) -> dict[str, str]:
    page = boss.get(f"/spot/{code}").text
    once = re.search(r'name="_once" value="([0-9a-f]{32})"', page)
    assert once
    return {"_once": once[1], "visit_firm_sign": "true", "visit_remarks": REMARK, **fields}


def _facts(city: City) -> dict[str, object]:
    (entry,) = city.rows(HistoryEntry, HistoryEntry.action == "confirmed_on_the_spot")
    return dict(entry.details)


def test_the_desk_and_the_end_of_the_visit_lead_to_the_code(visit: Visit, task: UserTask, city: City) -> None:
    visitor = visit("lawyer1")
    assert f"/tasks/{task.id}/spot" in visitor.get("/expert").text
    (record,) = city.rows(UserTask, UserTask.element_id == "record_visit")
    assert f"/tasks/{task.id}/spot" in visitor.get(f"/tasks/{record.id}/done").text
    assert f"/tasks/{task.id}/spot" not in visit("boss2").get(f"/tasks/{record.id}/done").text


def test_a_code_is_shown_with_its_picture_and_until_when(visit: Visit, task: UserTask) -> None:
    lawyer = visit("lawyer1")
    lawyer.get(f"/tasks/{task.id}/spot")
    page = lawyer.post(f"/tasks/{task.id}/spot").text
    assert "<svg" in page
    assert "等待企业确认" in page
    assert "您不能代企业确认" in lawyer.get(f"/tasks/{task.id}/spot").text
    assert _code(page) not in lawyer.get(f"/tasks/{task.id}/spot").text


def test_whose_code_it_is_not_gets_no_page(visit: Visit, task: UserTask) -> None:
    assert visit("boss2").get(f"/tasks/{task.id}/spot").status_code == 403
    assert visit("boss").get(f"/tasks/{task.id}/spot").status_code == 404


def test_the_enterprise_reads_the_record_and_confirms(visit: Visit, task: UserTask, city: City) -> None:
    code, boss = _show(visit, task), visit("boss2")
    page = boss.get(f"/spot/{code}")
    assert str(RECORD["visit_facts"]) in html.unescape(page.text)
    assert "geolocation=(self)" in page.headers["Permissions-Policy"]

    sent = boss.post(f"/spot/{code}", _form(boss, code))
    assert sent.location == f"/tasks/{task.id}/done"
    (done,) = city.rows(UserTask, UserTask.id == task.id)
    assert (done.state, done.completed_by_id) == ("completed", city.actor("boss2").person_id)
    assert "place" not in _facts(city)
    assert "当场确认" in visit("federation").get(f"/cases/{task.case_id}/timeline").text
    assert "程远山 已于" in visit("lawyer1").get(f"/tasks/{task.id}/spot/state").text


def test_a_login_leads_back_to_the_code(visit: Visit, task: UserTask) -> None:
    code, nobody = _show(visit, task), visit(None)
    asked = nobody.get(f"/spot/{code}")
    nobody.get(asked.location)
    entered = nobody.post("/login", {"username": "boss2", "password": "demo", "next": f"/spot/{code}"})
    assert entered.location == f"/spot/{code}"


def test_a_first_login_leads_back_to_the_code_and_to_no_other_site(visit: Visit, task: UserTask, city: City) -> None:
    code, nobody = _show(visit, task), visit(None)
    person_id = city.actor("hr2").person_id
    with city.session() as session, session.begin():
        session.get_one(Person, person_id).password_hash = None
    (invited,) = city.run(IssueInvitations(person_ids=(person_id,)), by="security")
    login = nobody.get(f"/login?next=/spot/{code}").text
    assert f"/login/first?next=/spot/{code}" in login
    assert f'name="next" value="/spot/{code}"' in nobody.get(f"/login/first?next=/spot/{code}").text
    assert "evil" not in nobody.get("/login/first?next=//evil.example").text
    chosen = {"username": "hr2", "code": invited.code, "password": "Demo-2026x", "again": "Demo-2026x"}
    assert nobody.post("/login/first", {**chosen, "next": f"/spot/{code}"}).location == f"/spot/{code}"
    assert nobody.get(f"/spot/{code}").status_code == 200


@pytest.mark.parametrize("consent", [True, False])
def test_a_place_is_kept_only_with_consent(visit: Visit, task: UserTask, city: City, consent: bool) -> None:
    code, boss = _show(visit, task), visit("boss2")
    where = {"latitude": "28.88812", "longitude": "120.03", "accuracy": "12.4"}
    boss.post(f"/spot/{code}", _form(boss, code, **where, **({"place_consent": "1"} if consent else {})))
    place = {"latitude": "28.8881", "longitude": "120.0300", "accuracy_m": 12}
    assert _facts(city).get("place") == (place if consent else None)


def test_consent_without_a_known_place_stands_in_nobodys_way(visit: Visit, task: UserTask, city: City) -> None:
    code, boss = _show(visit, task), visit("boss2")
    assert boss.post(f"/spot/{code}", _form(boss, code, place_consent="1")).status_code == 302
    assert "place" not in _facts(city)


def test_what_has_to_be_signed_is_asked_for_again_with_what_was_typed(visit: Visit, task: UserTask) -> None:
    code, boss = _show(visit, task), visit("boss2")
    form = _form(boss, code)
    del form["visit_firm_sign"]
    page = boss.post(f"/spot/{code}", form)
    assert page.status_code == 422
    assert 'id="form-problems"' in page.text
    assert REMARK in page.text
    assert boss.post(f"/spot/{code}", _form(boss, code)).status_code == 302


def test_a_second_tap_counts_once_and_leads_to_the_same_place(visit: Visit, task: UserTask, city: City) -> None:
    code, boss = _show(visit, task), visit("boss2")
    form = _form(boss, code)
    places = [boss.post(f"/spot/{code}", form).location for _ in range(2)]
    assert places == [f"/tasks/{task.id}/done"] * 2
    assert _facts(city)["shown_by"] == "lawyer1"


def test_a_code_that_ran_out_says_so_and_gives_back_what_was_typed(visit: Visit, task: UserTask, city: City) -> None:
    code, boss = _show(visit, task), visit("boss2")
    form = _form(boss, code)
    city.clock.advance(hours=LIFETIME / timedelta(hours=1))
    page = boss.post(f"/spot/{code}", form)
    assert page.status_code == 409
    assert "已过期" in page.text
    assert REMARK in page.text
    assert "已失效" in visit("lawyer1").get(f"/tasks/{task.id}/spot").text


def test_a_used_code_says_so(visit: Visit, task: UserTask) -> None:
    code, boss = _show(visit, task), visit("boss2")
    boss.post(f"/spot/{code}", _form(boss, code))
    assert "已经用过" in boss.get(f"/spot/{code}").text
    assert "已经用过" in visit("hr2").get(f"/spot/{code}").text


@pytest.mark.parametrize(
    ("username", "status", "said"),
    [("lawyer1", 403, "不能代企业确认"), ("boss", 404, "不是给您的"), ("federation", 403, ""), ("liaison", 403, "")],
)
def test_nobody_else_gets_the_form(visit: Visit, task: UserTask, username: str, status: int, said: str) -> None:
    code, visitor = _show(visit, task), visit(username)
    page = visitor.get(f"/spot/{code}")
    assert page.status_code == status
    assert said in page.text
    assert "task-form" not in page.text
    assert visitor.post(f"/spot/{code}", {"visit_firm_sign": "true"}).status_code == status


def test_a_code_may_be_typed(visit: Visit, task: UserTask) -> None:
    code, boss = _show(visit, task), visit("boss2")
    assert 'name="code"' in boss.get("/spot").text
    assert boss.get(f"/spot?code={code.lower()}").location == f"/spot/{code.lower()}"
    assert boss.get(f"/spot/{code.lower()}").status_code == 200
    wrong = boss.get("/spot/2345-6789")
    assert (wrong.status_code, "没有这个确认码" in wrong.text) == (404, True)
