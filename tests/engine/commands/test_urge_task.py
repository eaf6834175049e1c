import pytest

from engine.commands.do_job import DoJob
from engine.commands.urge_task import UrgeTask
from engine.model import HistoryEntry, Job, Notice
from engine.model.task_refusals import OwnTask, TaskNotOpen, UrgedRecently
from engine.work import TaskNotFound
from tests.engine.conftest import Visits


def told(visits: Visits) -> list[tuple[str, str]]:
    """(username, note) of everybody who was told that a task is urged."""
    for job in visits.city.rows(Job, Job.kind == "notify_urged", Job.state != "done"):
        visits.city.run(DoJob(job_id=job.id), by="system")
    names = {visits.city.actor(name).person_id: name for name in ("hr", "town_union", "chair")}
    notices = visits.city.rows(Notice, Notice.kind == "task_urged")
    return sorted((names.get(n.person_id, "?"), n.params["note"]) for n in notices)


def test_the_holder_is_told_counted_and_left_in_peace_for_a_while(visits: Visits) -> None:
    case_id = visits.start()
    task = visits.take(case_id, "plan_visit", "hr")

    assert visits.city.run(UrgeTask(task_id=task.id, note="企业在等"), by="chair") == 1
    with pytest.raises(UrgedRecently):
        visits.city.run(UrgeTask(task_id=task.id), by="town_union")
    visits.city.clock.advance(hours=4)
    assert visits.city.run(UrgeTask(task_id=task.id), by="town_union") == 2

    assert told(visits) == [("hr", ""), ("hr", "企业在等")]
    entries = visits.city.rows(HistoryEntry, HistoryEntry.action == "task_urged")
    assert sorted((e.actor, e.details["time"], e.reason) for e in entries) == [
        ("chair", 1, "企业在等"),
        ("town_union", 2, None),
    ]


def test_what_nobody_has_is_urged_with_all_candidates(visits: Visits) -> None:
    case_id = visits.start()
    visits.plan(case_id)

    visits.city.run(UrgeTask(task_id=visits.city.task_at(case_id, "check_plan").id), by="chair")

    assert ("town_union", "") in told(visits)


def test_nobody_urges_himself_nor_what_is_done_nor_what_is_not_his(visits: Visits) -> None:
    case_id = visits.start()
    task = visits.take(case_id, "plan_visit", "hr")

    with pytest.raises(OwnTask):
        visits.city.run(UrgeTask(task_id=task.id), by="hr")
    with pytest.raises(TaskNotFound):
        visits.city.run(UrgeTask(task_id=task.id), by="boss2")
    visits.plan(case_id)
    with pytest.raises(TaskNotOpen):
        visits.city.run(UrgeTask(task_id=task.id), by="chair")
