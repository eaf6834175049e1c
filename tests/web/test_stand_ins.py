"""Pages of stand-ins, and what they cost."""

from sqlalchemy import select, update

from engine.commands.claim_task import ClaimTask
from engine.commands.open_calendar_feed import OpenCalendarFeed
from engine.commands.start_case import StartCase
from engine.model import Person
from tests.city import STAR, City
from tests.journeys.form_filler import example
from tests.registry import add_person, grant, id_of
from tests.stand_ins import name_stand_in, run_now
from tests.web.conftest import Visit, Visitor
from tests.web.worklist.owed import owed, statements

FIVE_DAYS = {"starts_on": "2026-03-02", "ends_on": "2026-03-06", "reason": "年休假"}


def of_the_management(city: City) -> None:
    """`zhu` works in the office of the enterprise's managers and stands in for `boss`."""
    grant(city, add_person(city, "zhu"), "enterprise_hr", organisation=STAR)
    name_stand_in(city, "boss", "zhu")


def test_a_page_costs_as_many_statements_for_one_row_as_for_many(visit: Visit, city: City) -> None:
    city.run(StartCase(process="wage_consultation", answers=example("offer")), by="chair")
    of_the_management(city)  # afterwards: so `zhu` is no party of this case
    zhu = visitor_of(visit, city)
    zhu.get("/tasks?view=claimable")
    with statements(city) as for_one:
        zhu.get("/tasks?view=claimable")
    for _ in range(3):
        city.run(StartCase(process="wage_consultation", answers=example("offer")), by="chair")

    with statements(city) as for_many:
        page = zhu.get("/tasks?view=claimable")

    assert "代胡建华 1 件" in page.text
    assert len(for_many) == len(for_one)
    assert len(for_many) <= 26 + 2 * 3  # three more than for others, each noted twice


def visitor_of(visit: Visit, city: City, username: str = "zhu") -> Visitor:
    """Somebody without a password of the demo."""
    with city.session() as session, session.begin():
        known = session.scalar(select(Person.password_hash).where(Person.username == "boss"))
        session.execute(update(Person).where(Person.username == username).values(password_hash=known))
    return visit(username)


def test_what_was_typed_stays_when_it_is_refused(visit: Visit) -> None:
    union = visit("town_union")
    union.get("/me/stand-ins/new")

    page = union.post("/me/stand-ins/new", {**FIVE_DAYS, "stand_in": "town_union2", "ends_on": "2026-03-01"})

    assert page.status_code == 422
    assert "截止日期不能早于开始日期。" in page.text
    assert "年休假" in page.text


def test_who_cannot_have_one_is_told_why(visit: Visit) -> None:
    assert "没有可以代理的同事" in visit("rep1").get("/me/stand-ins/new").text


def test_a_task_that_can_be_done_in_two_names_lets_one_choose(visit: Visit, city: City, case_id: str) -> None:
    of_the_management(city)
    grant(city, id_of(city, "zhu"), "enterprise_manager", organisation=STAR)
    task = owed(city, case_id)

    page = visitor_of(visit, city).get(f"/tasks/{task.id}")

    assert "代胡建华" in page.text
    assert 'name="on_behalf_of" value="boss"' in page.text


def test_a_task_held_by_somebody_away_says_until_when(visit: Visit, city: City, case_id: str) -> None:
    of_the_management(city)
    task = owed(city, case_id)
    city.run(ClaimTask(task_id=task.id), by="boss")

    page = visitor_of(visit, city).get(f"/tasks/{task.id}")

    assert "胡建华 已经领取，至 3月6日 不在。" in page.text
    assert "接办" in page.text


def test_the_calendar_says_for_whom(visit: Visit, city: City, case_id: str) -> None:
    of_the_management(city)
    token = run_now(city, OpenCalendarFeed(), by="zhu")

    answer = visit(None).get(f"/calendar/{token}.ics")

    assert "（代胡建华）" in answer.text.replace("\r\n ", "")
