"""加签 and 减签 on the pages: the plan before the order, the opinion beside what is signed, and who may read it."""

import io

import pytest

from engine.commands.ask_cosigners import AskCosigners
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.save_draft import SaveDraft
from engine.model import Document, UserTask
from tests.city import City
from tests.journeys.form_filler import example
from tests.web.conftest import Visit

OVER_THE_PAGE = {"HX-Request": "true"}
PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
def reply(city: City, case_id: str) -> UserTask:
    """The reply of the enterprise, which boss has; `hr` is of the same side."""
    task = city.task_at(case_id, "reply_by_enterprise")
    city.run(ClaimTask(task_id=task.id), by="boss")
    return task


def asked(city: City, task: UserTask) -> UserTask:
    (found,) = [t for t in city.tasks(task.case_id) if t.principal_id == task.id]
    return found


def test_a_side_asks_its_own_people_and_sees_what_would_happen(visit: Visit, city: City, reply: UserTask) -> None:
    boss, address = visit("boss"), f"/tasks/{reply.id}/cosign"

    shown = boss.get(address, headers=OVER_THE_PAGE).text
    planned = boss.post(address, {"mode": "before", "to": "hr", "question": "数字对吗"}).text
    nobody = boss.post(address, {"mode": "before", "question": "数字对吗", "intent": "go"}, headers=OVER_THE_PAGE)
    other = boss.post(address, {"mode": "before", "to": "chair", "intent": "go"}, headers=OVER_THE_PAGE)
    stale = boss.post(address, {"mode": "before", "to": "hr", "intent": "go", "plan": "0" * 16})
    done = boss.post(
        address, {"mode": "before", "to": "hr", "question": "数字对吗", "intent": "go"}, headers=OVER_THE_PAGE
    )

    assert 'value="hr"' in shown
    assert 'value="chair"' not in shown
    for words in ("期限不因加签停止", "全部签署前不能填写，也不能提交。", ">数字对吗</textarea>"):
        assert words in planned
    assert (nobody.status_code, other.status_code, stale.status_code) == (422, 422, 409)
    assert "请选择加签人" in nobody.text
    assert ">数字对吗</textarea>" in nobody.text
    assert "内部人员范围" in other.text
    assert (done.status_code, done.headers["HX-Redirect"]) == (204, f"/tasks/{reply.id}")
    page = boss.get(f"/tasks/{reply.id}").text
    assert "还差 1 人" in page
    assert 'id="do-submit"' not in page
    assert "加签" in visit("hr").get("/tasks").text
    waiting = visit("union").get(f"/cases/{reply.case_id}").text
    assert "加签" in waiting
    assert "数字对吗" not in visit("union").get(f"/tasks/{reply.id}").text


def test_what_is_signed_lies_beside_the_opinion_and_nothing_typed_is_lost(
    visit: Visit, city: City, reply: UserTask
) -> None:
    city.run(SaveDraft(task_id=reply.id, answers=example("reply")), by="boss")
    city.run(AskCosigners(task_id=reply.id, to=("hr",)), by="boss")
    hr, sign = visit("hr"), asked(city, reply)

    page = hr.get(f"/tasks/{sign.id}").text
    refused = hr.post(f"/tasks/{sign.id}/sign", {"verdict": "disagree", "opinion": " "})
    wrong = hr.post(
        f"/tasks/{sign.id}/sign", {"verdict": "agree", "opinion": "同意甲方案", "file": (io.BytesIO(b"?"), "a.exe")}
    )
    done = hr.post(
        f"/tasks/{sign.id}/sign",
        {"verdict": "disagree", "opinion": "数字有误", "file": (io.BytesIO(PDF), "核算.pdf")},
    )

    assert "只读" in page
    assert 'id="do-sign"' in page
    assert (refused.status_code, wrong.status_code) == (422, 422)
    assert ">同意甲方案</textarea>" in wrong.text
    assert done.status_code == 302
    (file,) = city.rows(Document, Document.task_id == sign.id)
    assert (file.status, file.circle) == ("filed", "employer")
    mine = visit("boss").get(f"/tasks/{reply.id}").text
    assert "数字有误" in mine
    assert "核算.pdf" in mine
    for reader in ("chair", "union"):
        page = visit(reader).get(f"/tasks/{reply.id}").text
        assert "已签署" in page
        assert "数字有误" not in page
        assert "核算.pdf" not in page
        assert visit(reader).get(f"/documents/{file.id}").status_code == 404
        assert "数字有误" not in visit(reader).get(f"/tasks/{sign.id}").text
    assert visit("boss2").get(f"/tasks/{sign.id}").status_code == 404
    assert "您已签署" in hr.get(f"/tasks/{sign.id}").text


def test_what_is_handed_in_to_be_signed_can_be_taken_back_and_somebody_taken_off(
    visit: Visit, city: City, reply: UserTask
) -> None:
    city.run(SaveDraft(task_id=reply.id, answers=example("reply")), by="boss")
    city.run(AskCosigners(task_id=reply.id, to=("hr",), mode="after"), by="boss")
    boss = visit("boss")
    writing = boss.get(f"/tasks/{reply.id}").text
    city.run(CompleteTask(task_id=reply.id, answers=example("reply")), by="boss")

    lying = boss.get(f"/tasks/{reply.id}").text
    back = boss.post(f"/tasks/{reply.id}/take-back-hand-in")
    shown = boss.get(f"/tasks/{reply.id}/cosign/removal", headers=OVER_THE_PAGE).text
    refused = boss.post(f"/tasks/{reply.id}/cosign/removal", {"signer": "hr", "reason": " ", "intent": "go"})
    off = boss.post(f"/tasks/{reply.id}/cosign/removal", {"signer": "hr", "reason": "出差", "intent": "go"})

    assert "提交送签<kbd>" in writing
    assert 'id="do-take-back"' in lying
    assert back.status_code == 302
    assert "确认减签" in shown
    assert refused.status_code == 422
    assert off.status_code == 302
    after = boss.get(f"/tasks/{reply.id}").text
    assert "已减签" in after
    assert "提交送签</button>" not in after
