import pytest

from engine.commands.do_job import DoJob
from engine.commands.send_copies import CopyRefused, SendCopies
from engine.model import CaseCopy, Job, Notice
from engine.queries.case_file import case_file
from engine.work import CaseNotFound, TaskNotFound
from tests.engine.conftest import Visits


def may_read(visits: Visits, case_id: str, username: str) -> bool:
    engine = visits.city.engine
    with engine.reading() as session:
        try:
            case_file(session, visits.city.actor(username), case_id, catalogue=engine.catalogue, now=engine.now())
        except CaseNotFound:
            return False
    return True


def test_readers_get_a_notice_and_a_copy(visits: Visits) -> None:
    case_id = visits.start()
    task = visits.city.task_at(case_id, "plan_visit")

    sent = visits.city.run(
        SendCopies(case_id=case_id, task_id=task.id, to=("chair", "hr"), note="请阅"), by="town_union"
    )

    for job in visits.city.rows(Job, Job.kind == "notify_copy"):
        visits.city.run(DoJob(job_id=job.id), by="system")
    people = {visits.city.actor(name).person_id for name in ("chair", "hr")}
    assert sent == 2
    assert {c.person_id for c in visits.city.rows(CaseCopy)} == people
    assert {(n.person_id, n.params["note"]) for n in visits.city.rows(Notice, Notice.kind == "copy_received")} == {
        (person, "请阅") for person in people
    }
    assert visits.actions(case_id)[-1] == "copies_sent"


def test_an_official_in_charge_lets_a_colleague_read_it(visits: Visits) -> None:
    case_id = visits.start()
    assert not may_read(visits, case_id, "town_union2")

    visits.city.run(SendCopies(case_id=case_id, to=("town_union2",)), by="town_union")

    assert may_read(visits, case_id, "town_union2")


@pytest.mark.parametrize(
    ("by", "to"), [("chair", "town_union2"), ("town_union", "boss2"), ("town_union", "worker1"), ("town_union", "x")]
)
def test_nobody_lets_strangers_or_the_other_enterprise_read_it(visits: Visits, by: str, to: str) -> None:
    case_id = visits.start()

    with pytest.raises(CopyRefused) as refused:
        visits.city.run(SendCopies(case_id=case_id, to=("chair", to)), by=by)

    assert [p.path for p in refused.value.problems] == ["to"]
    assert visits.city.rows(CaseCopy) == []
    assert to == "x" or not may_read(visits, case_id, to)


def test_everything_that_is_wrong_is_said_at_once(visits: Visits) -> None:
    case_id = visits.start()

    with pytest.raises(CopyRefused) as refused:
        visits.city.run(SendCopies(case_id=case_id, to=("x", "boss2"), note="长" * 501), by="town_union")

    assert [p.code for p in refused.value.problems] == ["too_long", "unknown_person", "may_not_read"]
    with pytest.raises(CaseNotFound):
        visits.city.run(SendCopies(case_id=case_id, to=("chair",)), by="boss2")
    with pytest.raises(TaskNotFound):
        visits.city.run(SendCopies(case_id=case_id, to=("chair",), task_id="f" * 32), by="town_union")


def test_sent_again_with_the_same_key_it_is_sent_once(visits: Visits) -> None:
    case_id = visits.start()
    command = SendCopies(case_id=case_id, to=("chair",))

    for _ in range(2):
        visits.city.run(command, by="town_union", idempotency_key="k", fingerprint="copies")

    assert len(visits.city.rows(CaseCopy)) == 1
