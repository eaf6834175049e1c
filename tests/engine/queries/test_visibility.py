"""Who is neither a party nor in charge gets the same answer as for a case that does not exist."""

from collections.abc import Callable
from typing import Any

import pytest

from engine.commands.upload_document import UploadDocument
from engine.errors import NotFound
from engine.queries.case_by_number import case_by_number
from engine.queries.case_file import case_file
from engine.queries.case_variables import case_variables
from engine.queries.cases import CaseFilter, cases
from engine.queries.chain_state import chain_state
from engine.queries.diagram import diagram
from engine.queries.documents import document_content
from engine.queries.evidence import evidence
from engine.queries.history import history
from engine.queries.incidents import incidents
from engine.queries.notes import notes, writing
from engine.queries.replay import replay
from engine.queries.task_file import task_file
from engine.queries.why_waiting import why_waiting
from engine.queries.worklist import VIEWS, TaskFilter, worklist, worklist_counts
from tests.engine.conftest import Visits

SEE_IT = ("hr", "chair", "union", "town_union")
DO_NOT = ("boss", "rep1", "worker1", "town_union2", "hr2", "chair2", "lawyer1", "designer", "admin", "hrss", "guide")
Ask = Callable[[str], Any]


def questions(visits: Visits, case_id: str) -> dict[str, Ask]:
    """Every question about one case, asked as somebody."""
    engine, number = visits.city.engine, visits.case(case_id).number
    shared = {"catalogue": engine.catalogue}
    task = visits.city.task_at(case_id, "plan_visit")

    def asked(question: Callable[..., Any], of: str = case_id, **more: Any) -> Ask:
        def ask(username: str) -> Any:
            with engine.reading() as session:
                return question(session, visits.city.actor(username), of, **more)

        return ask

    now = engine.now()
    return {
        "case_file": asked(case_file, now=now, **shared),
        "notes": asked(notes, **shared),
        "writing": asked(writing, **shared),
        "replay": asked(replay, **shared),
        "chain_state": asked(chain_state),
        "why_waiting": asked(why_waiting, now=now, **shared),
        "diagram": asked(diagram, **shared),
        "history": asked(history, **shared),
        "variables": asked(case_variables),
        "by_number": asked(case_by_number, of=number),
        "evidence": asked(evidence, store=engine.documents, now=now, **shared),
        "task_file": asked(task_file, of=task.id, now=now, **shared),
    }


def test_parties_and_those_in_charge_see_the_case_and_nobody_else(visits: Visits) -> None:
    case_id = visits.start()

    seen = {
        (name, username)
        for name, ask in questions(visits, case_id).items()
        for username in SEE_IT + DO_NOT
        if _answers(ask, username)
    }

    assert seen == {(name, username) for name in questions(visits, case_id) for username in SEE_IT}


def _answers(ask: Ask, username: str) -> bool:
    try:
        ask(username)
    except NotFound:
        return False
    return True


def test_a_case_that_does_not_exist_looks_the_same(visits: Visits) -> None:
    case_id = visits.start()
    with visits.city.engine.reading() as session:
        for wanted in (case_id, "none"):
            with pytest.raises(NotFound) as refusal:
                case_variables(session, visits.city.actor("hr2"), wanted)
            assert refusal.value.details == {"case_id": wanted}


def test_lists_hold_only_what_may_be_seen(visits: Visits) -> None:
    visits.start()
    with visits.city.engine.reading() as session:
        for username in SEE_IT + DO_NOT:
            actor = visits.city.actor(username)
            expected = int(username in SEE_IT)
            found = cases(session, actor, filters=CaseFilter(), catalogue=visits.city.engine.catalogue)
            assert (len(found.items), found.total) == (expected, expected), username
            group = worklist_counts(session, actor, now=visits.city.engine.now())["group"]
            assert group == expected, username


def test_counts_equal_lists(visits: Visits) -> None:
    for _ in range(3):
        visits.start()
    visits.plan(visits.start())
    visits.take(visits.start(), "plan_visit", "hr")
    visits.city.clock.advance(days=30)

    with visits.city.engine.reading() as session:
        now = visits.city.engine.now()
        for username in ("hr", "chair", "union", "town_union", "hr2"):
            actor = visits.city.actor(username)
            counts = worklist_counts(session, actor, now=now)
            for view in VIEWS:
                found = worklist(
                    session, actor, filters=TaskFilter(view=view), catalogue=visits.city.engine.catalogue, now=now
                )
                assert found.total == len(found.items) == counts.get(view, found.total), (username, view)


def test_views_hold_what_they_say(visits: Visits) -> None:
    visits.start()
    mine = visits.take(visits.start(), "plan_visit", "hr")
    done = visits.plan(visits.start())

    with visits.city.engine.reading() as session:
        now, catalogue = visits.city.engine.now(), visits.city.engine.catalogue
        hr = visits.city.actor("hr")
        listed = {
            view: [
                (t.id if view in ("mine", "done") else t.element_id)
                for t in worklist(session, hr, filters=TaskFilter(view=view), catalogue=catalogue, now=now).items
            ]
            for view in VIEWS
        }

    assert listed["mine"] == [mine.id]
    assert listed["done"] == [done.id]
    assert sorted(listed["claimable"]) == ["check_plan", "plan_visit"]
    assert sorted(listed["group"]) == ["check_plan", "plan_visit", "plan_visit"]
    assert listed["overdue"] == []


def test_a_draft_file_is_seen_by_who_added_it_only(visits: Visits) -> None:
    task = visits.take(visits.start(), "plan_visit", "hr")
    upload = UploadDocument(
        task_id=task.id, field_key="sketch", filename="图.png", media_type="image/png", content=b"\x89PNG\r\n\x1a\n"
    )
    document_id = visits.city.run(upload, by="hr")

    kit = {"catalogue": visits.city.engine.catalogue, "store": visits.city.engine.documents}
    with visits.city.engine.reading() as session:
        for username in ("chair", "town_union", "hr2"):
            with pytest.raises(NotFound):
                document_content(session, visits.city.actor(username), document_id, **kit)
        row, content = document_content(session, visits.city.actor("hr"), document_id, **kit)
    assert (row.name, content) == ("图.png", b"\x89PNG\r\n\x1a\n")


def test_failed_steps_are_shown_to_administrators_and_those_in_charge(visits: Visits) -> None:
    visits.reckoning.is_broken = True
    case_id = visits.start()
    visits.plan(case_id)
    visits.do(case_id, "check_plan", "town_union", approved=True)

    with visits.city.engine.reading() as session:
        shown = {
            username: incidents(session, visits.city.actor(username), catalogue=visits.city.engine.catalogue).total
            for username in ("admin", "town_union", "hr", "town_union2", "hr2", "designer")
        }
    assert shown == {"admin": 1, "town_union": 1, "hr": 1, "town_union2": 0, "hr2": 0, "designer": 0}


def test_a_draft_is_shown_to_the_assignee_only(visits: Visits) -> None:
    from engine.commands.save_draft import SaveDraft

    task = visits.take(visits.start(), "plan_visit", "hr")
    visits.city.run(SaveDraft(task_id=task.id, answers={"plan": "未写完"}), by="hr")
    engine = visits.city.engine

    with engine.reading() as session:
        drafts = {
            username: task_file(
                session, visits.city.actor(username), task.id, catalogue=engine.catalogue, now=engine.now()
            ).draft
            for username in ("hr", "chair", "union")
        }
    assert drafts == {"hr": {"plan": "未写完"}, "chair": None, "union": None}
