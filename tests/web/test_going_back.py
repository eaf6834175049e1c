"""退回 and 撤回 in their dialogs: the steps, what would change, the reason that is never lost."""

from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.model import UserTask
from tests.city import City
from tests.journeys.form_filler import example
from tests.web.conftest import Visit

OVER_THE_PAGE = {"HX-Request": "true"}


def replied(city: City, case_id: str) -> tuple[UserTask, UserTask]:
    """The reply that boss handed in, and the task behind it."""
    reply = city.task_at(case_id, "reply_by_enterprise")
    city.run(ClaimTask(task_id=reply.id), by="boss")
    city.run(CompleteTask(task_id=reply.id, answers=example("reply")), by="boss")
    return reply, next(task for task in city.tasks(case_id) if task.element_id == "confirm_enterprise_profile")


def test_a_case_is_sent_back_with_a_preview(visit: Visit, city: City, case_id: str) -> None:
    reply, behind = replied(city, case_id)
    union, address = visit("union"), f"/tasks/{behind.id}/return"

    shown = union.get(address, headers=OVER_THE_PAGE).text
    looked = union.post(address, {"to": reply.id, "reason": "请补充"}).text
    refused = union.post(address, {"to": reply.id, "reason": " ", "intent": "go"}, headers=OVER_THE_PAGE)
    stale = union.post(address, {"to": reply.id, "reason": "请补充", "intent": "go", "plan": "0" * 16})
    done = union.post(address, {"to": reply.id, "reason": "请补充", "intent": "go"}, headers=OVER_THE_PAGE)

    for words in ("退回到哪一步", "重新办理", "<s>企业方书面答复</s>", "会收到通知"):
        assert words in shown
    assert "<html" in looked
    assert ">请补充</textarea>" in looked
    assert refused.status_code == 422
    assert "理由" in refused.text
    assert stale.status_code == 409
    assert "又有了变化" in stale.text
    assert (done.status_code, done.headers["HX-Redirect"]) == (204, f"/cases/{case_id}")
    again = city.task_at(case_id, "reply_by_enterprise")
    assert "请补充" in visit("boss").get(f"/tasks/{again.id}").text
    assert "保留备查，不再有效" in visit("boss").get(f"/tasks/{reply.id}").text
    assert "taken-back" in union.get(f"/cases/{case_id}/timeline").text
    assert union.get(f"/tasks/{behind.id}/return").status_code == 200


def test_what_was_just_handed_in_is_taken_back(visit: Visit, city: City, case_id: str) -> None:
    reply, _ = replied(city, case_id)
    boss = visit("boss")

    offered = boss.get(f"/tasks/{reply.id}/done").text
    shown = boss.get(f"/tasks/{reply.id}/recall").text
    done = boss.post(f"/tasks/{reply.id}/recall", {"reason": ""})
    again = boss.post(f"/tasks/{reply.id}/recall", {"reason": ""})

    assert f"/tasks/{reply.id}/recall" in offered
    assert "确认撤回" in shown
    assert done.status_code == 302
    assert again.status_code == 409
    assert city.task_at(case_id, "reply_by_enterprise").assignee_id == city.actor("boss").person_id
    assert visit("boss2").get(f"/tasks/{reply.id}/recall").status_code == 404
