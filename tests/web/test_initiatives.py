"""What people may start: offered on the case page, handed in without claiming; whoever comes second loses nothing."""

import io

import pytest

from engine.commands.complete_task import CompleteTask
from engine.model import Document
from tests.city import City
from tests.rounds import a_round, offer_of
from tests.web.conftest import Visit

PDF = b"%PDF-1.7\n" + b"x" * 100


@pytest.fixture
def round_id(city: City) -> str:
    return a_round(city)


def test_the_case_page_offers_what_this_person_may_start(visit: Visit, round_id: str) -> None:
    chair, hr = visit("chair").get(f"/cases/{round_id}").text, visit("hr").get(f"/cases/{round_id}").text

    assert "您可以发起" in chair
    assert "提前结束征求" in chair
    assert "意见已经足够时，可以提前结束征求。" in chair
    assert "没有填写的人不再填写" not in chair, "one sentence of help is enough here"
    assert "提出异议" in hr
    assert 'id="initiatives-title"' in hr
    assert "意见已经足够时" not in hr


def test_nothing_is_offered_to_those_who_may_start_nothing(visit: Visit, round_id: str) -> None:
    assert "您可以发起" not in visit("town_union").get(f"/cases/{round_id}").text


def test_the_form_is_ready_without_claiming_and_says_what_follows(visit: Visit, city: City, round_id: str) -> None:
    page = visit("chair").get(f"/tasks/{offer_of(city, round_id, 'stop_early')}").text

    assert 'id="do-submit"' in page
    assert "do-draft" not in page
    assert "do-claim" not in page
    assert "data-draft-url" not in page
    assert "提交后流程立即进入“复核意见”。“填写意见”随即停止。" in page


def test_what_interrupts_nothing_says_so(visit: Visit, city: City, round_id: str) -> None:
    page = visit("hr").get(f"/tasks/{offer_of(city, round_id, 'objection_made')}").text

    assert "提交后流程立即进入“答复异议”。正在办理的事项照常进行，以后还可以再次提出。" in page


def test_handing_in_completes_it_at_once(visit: Visit, city: City, round_id: str) -> None:
    chair, task = visit("chair"), offer_of(city, round_id, "stop_early")
    chair.get(f"/tasks/{task}")

    answer = chair.post(f"/tasks/{task}", {"结束理由": "意见已经够了"})

    assert answer.status_code == 302
    assert [t.element_id for t in city.tasks(round_id) if not t.discretionary] == ["check_opinions"]


def test_a_second_objection_keeps_what_was_typed_and_can_be_handed_in(visit: Visit, city: City, round_id: str) -> None:
    hr, first = visit("hr"), offer_of(city, round_id, "objection_made")
    hr.get(f"/tasks/{first}")
    city.run(CompleteTask(task_id=first, answers={"异议": "名单不全"}), by="chair")

    answer = hr.post(f"/tasks/{first}", {"异议": "时间太短"})

    assert answer.status_code == 409
    assert "刚才有人先提交了“提出异议”" in answer.text
    assert "时间太短" in answer.text
    again = offer_of(city, round_id, "objection_made")
    assert f'action="/tasks/{again}"' in answer.text
    assert hr.post(f"/tasks/{again}", {"异议": "时间太短"}).status_code == 302


def test_who_comes_too_late_for_what_is_gone_gets_the_words_back(visit: Visit, city: City, round_id: str) -> None:
    chair, task = visit("chair"), offer_of(city, round_id, "stop_early")
    chair.get(f"/tasks/{task}")
    city.run(CompleteTask(task_id=task, answers={"结束理由": "够了"}), by="chair")

    answer = chair.post(f"/tasks/{task}", {"结束理由": "我也觉得够了"})

    assert answer.status_code == 409
    assert "没有提交成功" in answer.text
    assert "我也觉得够了" in answer.text


def test_an_old_address_leads_to_the_new_offer(visit: Visit, city: City, round_id: str) -> None:
    first = offer_of(city, round_id, "objection_made")
    city.run(CompleteTask(task_id=first, answers={"异议": "名单不全"}), by="chair")

    page = visit("hr").get(f"/tasks/{first}").text

    assert "这件事还可以再次发起。" in page
    assert f'href="/tasks/{offer_of(city, round_id, "objection_made")}"' in page


def test_a_file_can_be_added_before_it_is_handed_in(visit: Visit, city: City, round_id: str) -> None:
    hr, task = visit("hr"), offer_of(city, round_id, "objection_made")
    hr.get(f"/tasks/{task}")

    answer = hr.post(
        f"/tasks/{task}",
        {"异议": "见附件", "附件": (io.BytesIO(PDF), "意见.pdf", "application/pdf")},
        content_type="multipart/form-data",
    )

    assert answer.status_code == 302
    assert [(d.name, d.status) for d in city.rows(Document)] == [("意见.pdf", "filed")]


def test_the_worklist_never_shows_what_need_not_be_done(visit: Visit, round_id: str) -> None:
    for view in ("mine", "claimable", "group", "overdue"):
        for username in ("chair", "hr", "town_union"):
            page = visit(username).get(f"/tasks?view={view}").text
            assert "提前结束征求" not in page
            assert "提出异议" not in page


def test_an_onlooker_is_told_why_not(visit: Visit, city: City, round_id: str) -> None:
    page = visit("town_union").get(f"/tasks/{offer_of(city, round_id, 'objection_made')}").text

    assert "do-submit" not in page
    assert "可由以下人员发起" in page
