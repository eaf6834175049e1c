"""Who was told what of a case: those in charge read all that is not confidential, others what they were told."""

import pytest

from engine.commands.send_copies import SendCopies
from engine.queries.told import told_of_case
from engine.work import CaseNotFound
from tests.engine.conftest import Visits
from tests.mails import reach, sending_mail, work_off


def told(visits: Visits, case_id: str, by: str) -> list[tuple[str, str, str | None]]:
    city = visits.city
    with city.engine.reading() as session:
        rows = told_of_case(session, city.actor(by), case_id, catalogue=city.engine.catalogue).items
    return sorted((row.kind, row.person, row.mail) for row in rows)


@pytest.fixture
def case_id(visits: Visits) -> str:
    case_id = visits.start()
    visits.city.run(SendCopies(case_id=case_id, to=("chair",), note=""), by="hr")
    with sending_mail(visits.city):
        reach(visits.city, "hr")
        work_off(visits.city)
    return case_id


def test_those_in_charge_read_of_everybody_but_what_is_confidential(visits: Visits, case_id: str) -> None:
    hr, chair = visits.city.actor("hr").name, visits.city.actor("chair").name

    assert told(visits, case_id, "town_union") == [("task_opened", hr, "due")]
    assert told(visits, case_id, "hr") == [("task_opened", hr, "due")]
    assert told(visits, case_id, "chair") == [("copy_received", chair, None)]


def test_for_strangers_there_is_no_such_case(visits: Visits, case_id: str) -> None:
    with pytest.raises(CaseNotFound):
        told(visits, case_id, "boss2")


def test_pages_follow_one_another(visits: Visits, case_id: str) -> None:
    visits.plan(case_id)
    work_off(visits.city)
    city, seen, cursor = visits.city, [], None
    for _ in range(9):
        with city.engine.reading() as session:
            page = told_of_case(
                session, city.actor("town_union"), case_id, catalogue=city.engine.catalogue, cursor=cursor, limit=1
            )
        seen += [row.id for row in page.items]
        cursor = page.next
        if cursor is None:
            break

    assert len(seen) == len(set(seen)) == page.total == 3
