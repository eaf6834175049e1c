"""Many tasks at once: told before, carried out behind the page, kept as a file."""

from io import BytesIO
from zipfile import ZipFile

from engine.commands.claim_task import ClaimTask
from engine.commands.start_case import StartCase
from engine.model import Batch, Job, UserTask
from engine.outbox.doing import do_job
from tests.city import City
from tests.journeys.form_filler import example
from tests.web.conftest import Visit
from tests.web.worklist.owed import owed

AS_PART = {"HX-Request": "true"}


def two_tasks(city: City) -> list[str]:
    """The first one is claimed."""
    cases = [city.run(StartCase(process="wage_consultation", answers=example("offer")), by="chair") for _ in range(2)]
    ids = [owed(city, case_id).id for case_id in cases]
    city.run(ClaimTask(task_id=ids[0]), by="boss")
    return ids


def test_the_outcome_of_every_row_is_shown_before_and_kept_after(visit: Visit, city: City) -> None:
    ids, boss = two_tasks(city), visit("boss")

    asked = boss.post("/tasks/batch", {"order": "release", "task": ids}, headers=AS_PART).text
    before = [owed(city, owed_case.case_id).state for owed_case in _tasks(city, ids)]
    no_reason = boss.post("/tasks/batch/start", {"order": "release", "task": ids, "reason": ""}, headers=AS_PART)
    started = boss.post("/tasks/batch/start", {"order": "release", "task": ids, "reason": "调休"}, headers=AS_PART)
    (batch,) = city.rows(Batch)
    running = boss.get(f"/batches/{batch.id}").text
    for job in city.rows(Job, Job.kind == "batch"):
        do_job(city.engine, job.id)
    ended = boss.get(f"/batches/{batch.id}").text

    assert "将处理 1 件" in asked
    assert "不能处理 1 件" in asked
    assert before == ["claimed", "open"]
    assert (no_reason.status_code, started.status_code) == (422, 204)
    assert "正在处理" in running
    assert "处理完毕" in ended
    assert "成功 1 件" in ended
    assert "未成功 1 件" in ended
    assert "批量办理" in boss.get("/batches").text
    for stranger in (f"/batches/{batch.id}", f"/batches/{batch.id}/result.csv"):
        assert visit("boss2").get(stranger).status_code == 404


def test_the_result_is_a_workbook_and_a_text_file(visit: Visit, city: City) -> None:
    ids, boss = two_tasks(city), visit("boss")
    boss.get("/tasks?view=group")
    boss.post("/tasks/batch/start", {"order": "export", "task": ids, "reason": "月报"})
    (batch,) = city.rows(Batch)
    for job in city.rows(Job, Job.kind == "batch"):
        do_job(city.engine, job.id)

    book = boss.get(f"/batches/{batch.id}/result.xlsx")
    text = boss.get(f"/batches/{batch.id}/result.csv").data.decode("utf-8-sig")

    assert "永康市星月模具有限公司" in ZipFile(BytesIO(book.data)).read("xl/sharedStrings.xml").decode()
    assert len(text.splitlines()) == 3
    assert text.startswith("案号,企业,")
    assert book.headers["Content-Disposition"].isascii(), "no server sends another header"


def test_all_that_the_list_asks_for_is_taken_without_ticking_it(visit: Visit, city: City) -> None:
    two_tasks(city)
    boss = visit("boss")

    asked = boss.post("/tasks/batch?view=claimable", {"order": "export", "all": "1"}).text

    assert asked.count('name="task"') == 1


def test_a_batch_is_stopped_and_an_empty_choice_begins_nothing(visit: Visit, city: City) -> None:
    ids, boss = two_tasks(city), visit("boss")
    boss.post("/tasks/batch/start", {"order": "urge", "task": ids, "reason": "请尽快"})
    (batch,) = city.rows(Batch)

    boss.post(f"/batches/{batch.id}/cancel")
    nothing = boss.post("/tasks/batch", {"order": "claim"})

    assert "已停止" in boss.get(f"/batches/{batch.id}").text
    assert nothing.status_code == 302


def _tasks(city: City, ids: list[str]) -> list[UserTask]:
    found = {task.id: task for task in city.rows(UserTask, UserTask.id.in_(ids))}
    return [found[id_] for id_ in ids]
