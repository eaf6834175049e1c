"""A form that is sent twice is handed in once, and both times the person is told the same."""

import re

from engine.commands.start_case import StartCase
from engine.model import Answer, Case
from tests.city import City
from tests.offered_requests import HILL, example
from tests.web.conftest import Visit, Visitor


def _open(visit: Visit, city: City) -> tuple[Visitor, str, str]:
    """The visitor, the address of the form, and the key in it."""
    request = StartCase(process="expert_dispatch", answers=example("request.valid"), enterprise=HILL)
    case_id = city.run(request, by="boss2")
    federation, task = visit("federation"), city.task_at(case_id, "accept_request")
    federation.get(f"/tasks/{task.id}")
    federation.post(f"/tasks/{task.id}/take")
    found = re.search(r'name="_once" value="([0-9a-f]{32})"', federation.get(f"/tasks/{task.id}").text)
    assert found
    return federation, f"/tasks/{task.id}", found[1]


def _typed(once: str) -> dict[str, object]:
    return {"intake_decision": "accept", "_once": once}


def _answers(city: City) -> int:
    return len(city.rows(Answer, Answer.element_id == "accept_request"))


def test_a_second_tap_gets_the_first_answer(visit: Visit, city: City) -> None:
    federation, address, once = _open(visit, city)
    first = federation.post(address, _typed(once))
    assert first.status_code == 302, first.text
    again = federation.post(address, _typed(once))
    assert again.location == first.location
    assert _answers(city) == 1


def test_another_page_of_the_same_task_is_told_that_it_is_done(visit: Visit, city: City) -> None:
    federation, address, once = _open(visit, city)
    federation.post(address, _typed(once))
    assert federation.post(address, _typed("0" * 32)).status_code == 409


def test_a_page_that_sends_by_itself_is_told_where_to_go(visit: Visit, city: City) -> None:
    federation, address, once = _open(visit, city)
    sent = federation.post(address, _typed(once), headers={"X-Wants-Address": "1"})
    assert sent.status_code == 204
    assert sent.headers["X-Address"].startswith("/tasks/")
    assert _answers(city) == 1


def test_a_form_with_a_fault_is_not_remembered(visit: Visit, city: City) -> None:
    federation, address, once = _open(visit, city)
    assert federation.post(address, {"_once": once}).status_code == 422
    assert federation.post(address, _typed(once)).status_code == 302
    assert _answers(city) == 1


def test_a_request_that_is_sent_twice_opens_one_case(visit: Visit, city: City) -> None:
    boss = visit("boss2")
    found = re.search(r'name="_once" value="([0-9a-f]{32})"', boss.get("/cases/new/expert_dispatch").text)
    assert found
    typed = {**_request(), "_once": found[1]}

    first, again = (boss.post("/cases/new/expert_dispatch", typed) for _ in range(2))

    assert first.status_code == 302, first.text
    assert again.location == first.location
    assert len(city.rows(Case, Case.process == "expert_dispatch")) == 1


def test_a_request_with_a_key_of_its_own_is_another_case(visit: Visit, city: City) -> None:
    boss = visit("boss2")
    boss.get("/cases/new/expert_dispatch")

    for once in ("a" * 32, "b" * 32):
        sent = boss.post("/cases/new/expert_dispatch", {**_request(), "_once": once}, headers={"X-Wants-Address": "1"})
        assert sent.headers["X-Address"].startswith(("/cases/", "/tasks/"))

    assert len(city.rows(Case, Case.process == "expert_dispatch")) == 2


def _request() -> dict[str, object]:
    """As the form sends it: nothing for what is not ticked."""
    answers = example("request.valid")
    return {name: "1" if value is True else value for name, value in answers.items() if value not in (None, False, [])}


def test_who_comes_back_to_the_empty_form_sees_that_theirs_was_taken(visit: Visit, city: City) -> None:
    warning, address = "您今天已经发起过", "/cases/new/expert_dispatch"
    assert warning not in visit("boss2").get(address).text
    request = StartCase(process="expert_dispatch", answers=example("request.valid"), enterprise=HILL)
    case_id = city.run(request, by="boss2")

    page = visit("boss2").get(address).text
    assert warning in page
    assert f'href="/cases/{case_id}"' in page
    assert warning not in visit("liaison2").get(address).text
    city.clock.advance(hours=16)
    assert warning not in visit("boss2").get(address).text
