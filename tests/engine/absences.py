"""A plan that waits to be checked by an office, and who sees it, for tests of stand-ins."""

from engine.model import HistoryEntry, UserTask
from engine.queries.case_file import case_file
from engine.queries.cases import CaseFilter, cases
from engine.queries.task_file import task_file
from engine.queries.worklist import TaskFilter, worklist
from engine.work import CaseNotFound, TaskNotFound
from tests.city import STAR, City
from tests.engine.conftest import Visits
from tests.registry import add_person, grant
from tests.stand_ins import as_now

APPROVED = {"approved": True}


def checked(visits: Visits) -> tuple[str, UserTask]:
    """A case in 古山镇 whose plan waits to be checked by the town's union, which is `town_union`."""
    case_id = visits.start()
    visits.plan(case_id)
    return case_id, visits.city.task_at(case_id, "check_plan")


def again(visits: Visits, task: UserTask) -> UserTask:
    return visits.city.rows(UserTask, UserTask.id == task.id)[0]


def listed(city: City, username: str, **filters: str) -> list[str]:
    with city.engine.reading() as session:
        page = worklist(
            session, as_now(city, username), filters=TaskFilter(**filters), catalogue=city.engine.catalogue,
            now=city.engine.now(),
        )  # fmt: skip
        return [row.id for row in page.items]


def sees_task(city: City, username: str, task_id: str) -> bool:
    try:
        with city.engine.reading() as session:
            actor, now = as_now(city, username), city.engine.now()
            task_file(session, actor, task_id, catalogue=city.engine.catalogue, now=now)
    except TaskNotFound:
        return False
    return True


def sees_case(city: City, username: str, case_id: str) -> bool:
    """On its page and in the list: the two never differ."""
    with city.engine.reading() as session:
        actor, now = as_now(city, username), city.engine.now()
        in_list = {c.id for c in cases(session, actor, filters=CaseFilter(), catalogue=city.engine.catalogue).items}
        try:
            case_file(session, actor, case_id, catalogue=city.engine.catalogue, now=now)
        except CaseNotFound:
            assert case_id not in in_list
            return False
    assert case_id in in_list
    return True


def entry(visits: Visits, case_id: str, action: str) -> HistoryEntry:
    found = visits.city.rows(HistoryEntry, HistoryEntry.stream == case_id, HistoryEntry.action == action)
    return max(found, key=lambda e: e.seq)


def add_hr(city: City, username: str = "zhu") -> None:
    grant(city, add_person(city, username, name=f"人事 {username}"), "enterprise_hr", organisation=STAR)
