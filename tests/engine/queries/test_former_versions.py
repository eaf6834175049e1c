"""A case that was moved to another version: its past is told by the version in which it happened."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from engine.commands.complete_task import CompleteTask
from engine.former_versions import VersionNotOfCase, processes_of_tasks, versions_of_case
from engine.model import Case, CaseMigration, HistoryEntry, UserTask
from engine.queries.diagram import DiagramState, diagram
from engine.queries.history import HistoryFilter, history, step_of_case
from engine.queries.replay import Frame, replay
from engine.queries.rows import HistoryRow
from engine.queries.task_file import TaskFile, task_file
from engine.queries.worklist import TaskFilter, worklist
from tests.engine.conftest import Visits
from tests.engine.moved_visits import WHY, border, move, moved

AGREED = {"approved": True}


@pytest.fixture
def case_id(visits: Visits) -> str:
    return moved(visits)


def told(visits: Visits, case_id: str, kind: str | None = None) -> list[HistoryRow]:
    """Oldest first."""
    engine, actor = visits.city.engine, visits.city.actor("hr")
    with engine.reading() as session:
        page = history(session, actor, case_id, catalogue=engine.catalogue, only=HistoryFilter(kind=kind))
    return list(page.items)[::-1]


def drawn(visits: Visits, case_id: str, **wanted: int) -> DiagramState:
    engine, actor = visits.city.engine, visits.city.actor("hr")
    with engine.reading() as session:
        return diagram(session, actor, case_id, catalogue=engine.catalogue, **wanted)


def played(visits: Visits, case_id: str) -> tuple[Frame, ...]:
    engine, actor = visits.city.engine, visits.city.actor("hr")
    with engine.reading() as session:
        return replay(session, actor, case_id, catalogue=engine.catalogue)


def opened(visits: Visits, task: UserTask, by: str) -> TaskFile:
    engine, actor = visits.city.engine, visits.city.actor(by)
    with engine.reading() as session:
        return task_file(session, actor, task.id, catalogue=engine.catalogue, now=engine.now())


def planned(visits: Visits, case_id: str) -> UserTask:
    (task,) = visits.city.tasks(case_id, states=("completed",))
    return task


@contextmanager
def reads(visits: Visits) -> Iterator[list[str]]:
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            found.append(statement)

    reader = visits.city.engine.database.reading.kw["bind"]
    event.listen(reader, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(reader, "before_cursor_execute", note)


def test_steps_and_stages_keep_the_names_of_their_version(visits: Visits, case_id: str) -> None:
    visits.city.run(
        CompleteTask(task_id=visits.city.task_at(case_id, "check_plan").id, answers=AGREED), by="town_union"
    )

    rows = told(visits, case_id)
    last = border(visits, case_id)

    before = {(row.element_name, row.stage.name) for row in rows if row.stage and row.seq <= last}
    after = {(row.element_name, row.stage.name) for row in rows if row.stage and row.seq > last}
    assert before >= {("制定计划", "走访"), ("核对计划", "走访")}
    assert after >= {("复核方案", "上门走访")}
    assert {stage for _, stage in before} == {"走访"}
    assert [row.element_id for row in rows if row.element_id and not row.element_name] == []


def test_the_move_itself_is_a_decision(visits: Visits, case_id: str) -> None:
    (row,) = [row for row in told(visits, case_id, kind="decisions") if row.action == "case_migrated"]

    assert (row.actor, row.reason, row.seq) == ("designer", WHY, border(visits, case_id) + 1)
    assert (row.details["from"], row.details["to"]) == (1, 2)


def test_a_step_that_is_gone_has_its_name_and_one_that_never_was_has_none(visits: Visits, case_id: str) -> None:
    engine, actor = visits.city.engine, visits.city.actor("hr")
    with engine.reading() as session:
        gone, never = (
            step_of_case(session, actor, case_id, id_, catalogue=engine.catalogue) for id_ in ("plan_visit", "never")
        )

    assert gone is not None
    assert (gone.name, never) == ("制定计划", None)


def test_answers_are_shown_with_the_form_of_their_version(visits: Visits, case_id: str) -> None:
    file = opened(visits, planned(visits, case_id), "hr")

    assert file.form is not None
    assert "plan" in file.form.written_keys
    assert file.answers is not None
    assert (file.answers["plan"], file.task.name, file.task.stage_name) == ("上午到厂", "制定计划", "走访")
    assert file.instructions == "说明"


def test_a_task_that_went_on_is_shown_as_it_is_now_and_stays_so(visits: Visits, case_id: str) -> None:
    task = visits.city.task_at(case_id, "check_plan")
    before = opened(visits, task, "town_union")
    visits.city.run(CompleteTask(task_id=task.id, answers=AGREED), by="town_union")
    after = opened(visits, task, "town_union")

    assert (before.task.name, before.task.stage_name) == ("复核方案", "上门走访")
    assert (after.task.name, after.task.stage_name, after.form) == ("复核方案", "上门走访", before.form)


def test_done_work_is_listed_in_the_words_of_its_version(visits: Visits, case_id: str) -> None:
    engine, actor = visits.city.engine, visits.city.actor("hr")
    with engine.reading() as session:
        page = worklist(session, actor, filters=TaskFilter(view="done"), catalogue=engine.catalogue, now=engine.now())

    assert [(row.name, row.stage_name) for row in page.items] == [("制定计划", "走访")]


def test_nothing_more_is_asked_for_cases_that_were_never_moved(visits: Visits) -> None:
    case_id = visits.start()
    visits.plan(case_id)
    engine, tasks = visits.city.engine, visits.city.tasks(case_id, states=("open", "completed"))
    case = visits.case(case_id)
    with engine.reading() as session:
        with reads(visits) as of_lists:
            processes_of_tasks(session, engine.catalogue, [(task, case) for task in tasks])
        with reads(visits) as of_one:
            versions_of_case(session, engine.catalogue, case)

    assert (len(of_lists), len(of_one)) == (0, 1)


def test_the_former_diagram_shows_how_far_the_case_was(visits: Visits, case_id: str) -> None:
    former, now = drawn(visits, case_id, version=1), drawn(visits, case_id)

    assert b"plan_visit" in former.xml
    assert b"plan_visit" not in now.xml
    assert {"plan_visit", "visiting_begun"} <= set(former.done)
    assert {("check_plan", "task"), ("visiting", "stage")} <= {(m.element_id, m.kind) for m in former.current}
    assert former.moved is not None
    assert (former.moved.person, former.moved.reason, former.moved.to_version) == ("designer", WHY, 2)
    assert now.moved is None
    assert [(one.version, one.until is None) for one in now.versions] == [(1, False), (2, True)]


def test_a_version_that_the_case_never_ran_on_is_not_found(visits: Visits, case_id: str) -> None:
    with pytest.raises(VersionNotOfCase):
        drawn(visits, case_id, version=3)
    with pytest.raises(VersionNotOfCase):
        drawn(visits, case_id, version=1, until=1)


def test_a_case_may_come_back_to_a_version(visits: Visits, case_id: str) -> None:
    first = border(visits, case_id)
    move(visits, case_id, to=1)

    shown = drawn(visits, case_id, version=1)
    former = drawn(visits, case_id, version=1, until=first)

    assert shown.moved is None
    assert former.moved is not None
    assert [one.version for one in shown.versions] == [1, 2, 1]
    assert [frame.version for frame in played(visits, case_id) if frame.carried is not None] == [2, 1]


def test_the_last_frame_of_each_version_is_what_was_there(visits: Visits, case_id: str) -> None:
    (row,) = visits.city.rows(CaseMigration, CaseMigration.case_id == case_id)
    frames = played(visits, case_id)
    of_old, of_new = ([frame for frame in frames if frame.version == number] for number in (1, 2))

    assert of_old[-1].seq == row.last_entry == of_old[-1].last_entry
    assert {mark.element_id for mark in of_old[-1].current if mark.kind in ("task", "clock")} == set(row.stood)
    assert {element for frame in of_old for element in frame.passed} - set(row.stood) == set(row.passed) - set(
        row.stood
    )
    assert (of_new[0].action, of_new[0].details["to"]) == ("case_migrated", 2)

    now = drawn(visits, case_id)
    assert set(of_new[-1].current) == {m for m in now.current if m.kind in ("task", "stage")}
    passed = {*(of_new[0].carried or ()), *(element for frame in of_new for element in frame.passed)}
    assert set(now.done) == passed - {mark.element_id for mark in now.current}


def test_acts_at_the_same_moment_on_both_sides_of_the_border_are_two(visits: Visits) -> None:
    """Time stands still in this test: what was written last before the move was written by a person."""
    case_id = moved(visits)
    seqs = [frame.seq for frame in played(visits, case_id)]

    assert border(visits, case_id) in seqs
    assert len({entry.at for entry in visits.city.rows(HistoryEntry, HistoryEntry.stream == case_id)}) == 1


def test_a_case_that_was_never_moved_has_one_version(visits: Visits) -> None:
    case_id = visits.start()

    shown = drawn(visits, case_id, version=1)

    assert ([one.version for one in shown.versions], shown.moved) == ([1], None)
    assert {frame.version for frame in played(visits, case_id)} == {1}
    assert visits.city.rows(Case, Case.id == case_id)[0].status == "running"
