"""Acts on a task in a dialog over the page, and as a page of its own without scripts."""

from engine.commands.claim_task import ClaimTask
from engine.model import CaseCopy, UserTask
from tests.city import City
from tests.web.conftest import Visit

OVER_THE_PAGE = {"HX-Request": "true"}


def owed(city: City, case_id: str) -> UserTask:
    """The one task that has to be done."""
    (task,) = [task for task in city.tasks(case_id) if not task.discretionary]
    return task


def test_the_menu_says_why_something_cannot_be_done(visit: Visit, city: City, case_id: str) -> None:
    task = owed(city, case_id)

    page = visit("union").get(f"/tasks/{task.id}").text

    assert 'id="act-transfer"' in page
    assert "act-off" in page
    assert f'href="/tasks/{task.id}/urge"' in page
    assert 'id="act-hand_back"' not in page


def test_a_task_is_urged_once_and_the_dialog_keeps_what_was_typed(visit: Visit, city: City, case_id: str) -> None:
    task, union = owed(city, case_id), visit("union")

    asked = union.get(f"/tasks/{task.id}/urge", headers=OVER_THE_PAGE)
    done = union.post(f"/tasks/{task.id}/urge", {"note": "请尽快"}, headers=OVER_THE_PAGE)
    again = union.post(f"/tasks/{task.id}/urge", {"note": "再催一次"}, headers=OVER_THE_PAGE)
    on_a_page = union.post(f"/tasks/{task.id}/urge", {"note": "再催一次"})

    assert "<html" not in asked.text
    assert "确认催办" in asked.text
    assert (done.status_code, done.headers["HX-Redirect"]) == (204, f"/tasks/{task.id}")
    assert (again.status_code, on_a_page.status_code) == (422, 409)
    for answer in (again, on_a_page):
        assert "不久前刚催办过" in answer.text
        assert "再催一次" in answer.text
    assert "已催办 1 次" in union.get(f"/tasks/{task.id}").text


def test_a_reason_that_is_missing_is_asked_for_where_it_belongs(visit: Visit, city: City, case_id: str) -> None:
    task = owed(city, case_id)
    city.run(ClaimTask(task_id=task.id), by="boss")

    answer = visit("boss").post(f"/tasks/{task.id}/transfer", {"assignee": "nobody", "reason": ""})

    assert answer.status_code == 422
    assert "理由" in answer.text


def test_a_case_is_sent_read_and_confirmed(visit: Visit, city: City, case_id: str) -> None:
    union, chair = visit("union"), visit("chair")

    refused = union.post(f"/cases/{case_id}/copies", {"note": "请阅"})
    sent = union.post(f"/cases/{case_id}/copies", {"to": "chair", "note": "请阅"})
    told = chair.get(f"/cases/{case_id}").text
    (copy,) = city.rows(CaseCopy)
    confirmed = chair.post(f"/copies/{copy.id}/read", {"next": f"/cases/{case_id}"})

    assert (refused.status_code, sent.status_code) == (422, 302)
    assert "请阅" in refused.text
    assert "抄送给您阅知" in told
    assert confirmed.location == f"/cases/{case_id}"
    assert "抄送给您阅知" not in chair.get(f"/cases/{case_id}").text
    assert "已阅" in union.get(f"/cases/{case_id}").text
    assert "请阅" in chair.get("/copies").text
