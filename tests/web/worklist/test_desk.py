"""Saved views and columns, and one task after the other."""

from engine.model import SavedView
from tests.city import City
from tests.web.conftest import Visit
from tests.web.worklist.owed import owed


def test_a_view_is_saved_changed_shared_and_deleted(visit: Visit, city: City, case_id: str) -> None:
    chair = visit("chair")

    nameless = chair.post("/views/new?view=group&due=3", {"name": " "})
    saved = chair.post("/views/new?view=group&due=3", {"name": "三日内到期"})
    (view,) = city.rows(SavedView)
    listed = chair.get(saved.location).text
    other = chair.get(f"/tasks?saved={view.id}&view=group&due=7").text
    chair.post(f"/views/{view.id}?view=group&due=7", {"update": "1"})
    managed = chair.get("/views").text
    hidden = visit("boss").get(f"/views/{view.id}")
    chair.post(f"/views/{view.id}/delete")

    assert nameless.status_code == 422
    assert f'id="saved-{view.id}"' in listed
    assert "不同" in other
    assert "7 日内" in managed
    assert hidden.status_code == 404
    assert city.rows(SavedView) == []


def test_columns_are_remembered(visit: Visit, case_id: str) -> None:
    boss = visit("boss")
    order = ["clock", "task", "town", "matter", "enterprise"]

    moved = boss.post("/tasks/columns", {"order": order, "shown": order, "move": "town:up", "density": "normal"}).text
    boss.post("/tasks/columns", {"order": order, "shown": ["town", "matter"], "density": "compact"})
    page = boss.get("/tasks").text

    assert moved.index('value="town"') < moved.index('value="task"')
    assert "density-compact" in page
    assert 'class="cell-town"' in page
    assert 'class="cell-matter"' in page
    assert '<th scope="col" class="cell-enterprise"' not in page


def test_the_next_task_is_claimed_and_opened_until_there_is_none(visit: Visit, city: City, case_id: str) -> None:
    task, boss = owed(city, case_id), visit("boss")
    boss.get("/tasks")

    opened = boss.post("/tasks/next?view=claimable")
    page = boss.get(opened.location).text
    passed = boss.post("/tasks/next?queue=view%3Dclaimable", {"after": task.id})

    assert opened.location.startswith(f"/tasks/{task.id}?queue=")
    assert owed(city, case_id).state == "claimed"
    assert "跳过，办下一件" in page
    assert passed.location.startswith("/tasks?")
