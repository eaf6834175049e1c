import pytest
from sqlalchemy import update

from engine.commands.cancel_case import CancelCase
from engine.commands.pause_clock import PauseClock
from engine.commands.suspend_case import SuspendCase
from engine.model import Clock
from engine.queries.diagram import DiagramState, diagram
from engine.queries.rows import Waiting
from engine.queries.why_waiting import why_waiting
from tests.engine.conftest import Visits
from texts.waiting import waiting_sentence


def reasons(visits: Visits, case_id: str) -> tuple[Waiting, ...]:
    engine = visits.city.engine
    with engine.reading() as session:
        return why_waiting(session, visits.city.actor("hr"), case_id, catalogue=engine.catalogue, now=engine.now())


def drawn(visits: Visits, case_id: str) -> DiagramState:
    engine = visits.city.engine
    with engine.reading() as session:
        return diagram(session, visits.city.actor("hr"), case_id, catalogue=engine.catalogue)


def at_every_place(visits: Visits) -> dict[str, str]:
    """Cases by the reason for which they wait."""
    planned = visits.start()
    taken = visits.start()
    visits.take(taken, "plan_visit", "hr")
    checking = visits.start()
    visits.plan(checking)
    room = visits.start()
    visits.plan(room)
    visits.do(room, "check_plan", "town_union", approved=True)
    visits.reckoning.is_broken = True
    failed = visits.start()
    visits.plan(failed)
    visits.do(failed, "check_plan", "town_union", approved=True)
    suspended, cancelled = visits.start(), visits.start()
    visits.city.run(SuspendCase(case_id=suspended, reason="系统检查"), by="town_union")
    visits.city.run(CancelCase(case_id=cancelled, reason="撤回申请"), by="town_union")
    return {
        "open_task": planned, "claimed_task": taken, "clock_running": checking, "message": room, "incident": failed,
        "case_suspended": suspended, "case_cancelled": cancelled,
    }  # fmt: skip


def test_every_place_has_its_reason(visits: Visits) -> None:
    for code, case_id in at_every_place(visits).items():
        assert code in {reason.code for reason in reasons(visits, case_id)}, code


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_every_reason_is_a_whole_sentence(visits: Visits, locale: str) -> None:
    places = at_every_place(visits)
    for later in (0, 40):
        visits.city.clock.advance(days=later)
        for case_id in places.values():
            for reason in reasons(visits, case_id):
                sentence = waiting_sentence(reason.code, reason.params, locale)
                assert sentence != reason.code
                assert "…" not in sentence
                assert "None" not in sentence
                assert sentence.rstrip()[-1] in "。."
                assert "：。" not in sentence
                assert ": ." not in sentence


def test_an_english_sentence_uses_the_english_names_that_there_are(visits: Visits) -> None:
    case_id = visits.start()
    visits.plan(case_id)

    (clock,) = [r for r in reasons(visits, case_id) if r.code == "clock_running"]

    assert "without objection the contract takes effect" in waiting_sentence(clock.code, clock.params, "en")


def test_a_timer_without_legal_effect_says_none(visits: Visits) -> None:
    case_id = visits.start()
    with visits.city.session() as session, session.begin():
        basis = {**visits.clock(case_id, "plan_late").basis, "effect": {"zh": "", "en": ""}}
        session.execute(update(Clock).where(Clock.element_id == "plan_late").values(basis=basis))

    assert "timer_running" in {r.code for r in reasons(visits, case_id)}


def test_who_has_the_task_and_that_it_is_late(visits: Visits) -> None:
    case_id = visits.start()
    visits.take(case_id, "plan_visit", "hr")
    visits.city.clock.advance(days=40)

    reason = reasons(visits, case_id)[0]

    assert (reason.code, reason.params["person"]) == ("claimed_task_overdue", "吴晓芸")
    assert "吴晓芸" in waiting_sentence(reason.code, reason.params)


def test_a_paused_clock_says_so(visits: Visits) -> None:
    case_id = visits.start()
    clock = visits.clock(case_id, "plan_late")
    until = visits.city.clock.now.date().replace(day=20)
    visits.city.run(PauseClock(clock_id=clock.id, reason="协商中止", until=until), by="town_union")

    (paused,) = [r for r in reasons(visits, case_id) if r.code == "clock_paused"]
    assert "协商全程目标" in waiting_sentence(paused.code, paused.params)


def test_the_diagram_shows_tokens_what_was_passed_and_what_failed(visits: Visits) -> None:
    visits.reckoning.is_broken = True
    case_id = visits.start()
    before = drawn(visits, case_id)
    visits.plan(case_id)
    visits.do(case_id, "check_plan", "town_union", approved=True)
    after = drawn(visits, case_id)

    assert {(m.element_id, m.kind) for m in before.current} == {
        ("plan_visit", "task"), ("plan_late", "clock"), ("visiting", "stage"),
    }  # fmt: skip
    assert "plan_visit" not in before.done
    assert after.failed == ("reckon",)
    assert {"plan_visit", "check_plan", "is_approved"} <= set(after.done)
    assert "reckon" not in after.done
    assert b"plan_visit" in after.xml


def test_the_mark_of_a_task_names_who_has_it(visits: Visits) -> None:
    case_id = visits.start()
    visits.take(case_id, "plan_visit", "hr")

    labels = {m.element_id: m.label for m in drawn(visits, case_id).current}

    assert labels["plan_visit"] == "吴晓芸"
    assert labels["plan_late"] == visits.clock(case_id, "plan_late").due_on.isoformat()
