"""`tongban demo --city`: requests and consultations in all stages, lived through the engine."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from cli.demo_consultations import CONSULTATIONS
from cli.demo_requests import read_stories
from cli.living_city import Filled, fill_city
from cli.visit_pictures import workshop_picture
from engine.actor import SYSTEM
from engine.audit import verify_evidence
from engine.model import Case, Clock, Document, ExpertOffer, HistoryEntry, Incident, UserTask
from engine.queries.evidence import evidence
from engine.queries.why_waiting import why_waiting
from tests.city import WITH_EXPERTS, City, open_city

# Three months before it the rules of this process were in force already.
THE_DAY = datetime(2026, 6, 17, 2, 30, tzinfo=UTC)
pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def lived(database_hosts: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    with database_hosts.of("sqlite").fresh(WITH_EXPERTS) as fresh:
        city = open_city(fresh, data_dir=tmp_path_factory.mktemp("lived"), is_demo=True)
        city.clock.now = THE_DAY
        assert fill_city(city.engine, clock=city.clock) == Filled(len(read_stories()), len(CONSULTATIONS))
        yield city
        city.engine.database.dispose()


def open_tasks(city: City) -> Counter[str]:
    owed = (task for task in city.rows(UserTask) if task.state in ("open", "claimed") and not task.discretionary)
    return Counter(task.element_id for task in owed)


def test_requests_stand_in_all_stages(lived: City) -> None:
    wanted = {task for story in read_stories() for task in story.get("stay", ())}

    assert wanted <= set(open_tasks(lived))
    requests = [case for case in lived.rows(Case) if case.process == "expert_dispatch"]
    assert {case.stage for case in requests if case.status == "running"} == {
        "intake", "dispatch", "service", "closing", "archiving", "referral",
    }  # fmt: skip
    assert {offer.outcome for offer in lived.rows(ExpertOffer)} >= {"accepted", "declined", "recused", "offered"}
    assert len({case.enterprise_id for case in requests}) > 10


def test_visits_have_photos_that_are_pictures(lived: City) -> None:
    photos = lived.rows(Document, Document.field == "visit_photos")

    assert len(photos) >= 5
    assert {photo.status for photo in photos} == {"filed"}
    for photo in photos:
        with Image.open(BytesIO(lived.engine.documents.get(photo.sha256))) as picture:
            picture.load()
            assert picture.size == (320, 240)
            assert len(picture.getcolors(100_000) or ()) > 4
    assert workshop_picture(3) == workshop_picture(3) != workshop_picture(4)


def test_one_request_went_to_another_expert(lived: City) -> None:
    moved = lived.rows(
        HistoryEntry, HistoryEntry.action == "task_completed", HistoryEntry.element_id == "redispatch_asked"
    )
    (case_id,) = [entry.stream for entry in moved]
    (case,) = lived.rows(Case, Case.id == case_id)
    outcomes = Counter(offer.outcome for offer in lived.rows(ExpertOffer, ExpertOffer.case_id == case_id))

    assert (outcomes["left"], outcomes["accepted"]) == (1, 1)
    assert list(case.parties["lead_expert"]) == list(case.parties["expert"])
    assert [task.element_id for task in lived.tasks(case_id) if not task.discretionary] == ["write_advice"]


@pytest.mark.parametrize("standing", CONSULTATIONS, ids=lambda standing: standing.key)
def test_each_consultation_waits_for_its_task(lived: City, standing: Any) -> None:
    (case,) = (c for c in lived.rows(Case) if c.process == "wage_consultation" and standing.key in c.title)

    assert standing.until in [task.element_id for task in lived.tasks(case.id)]


def test_a_case_says_what_it_waits_for_and_not_what_could_begin_beside(lived: City) -> None:
    served = [
        c.id for c in lived.rows(Case) if c.process == "expert_dispatch" and c.stage == "service" and not c.closed_at
    ]

    for case_id in served:
        with lived.engine.reading() as session:
            waiting = why_waiting(session, SYSTEM, case_id, catalogue=lived.engine.catalogue, now=lived.clock.now)
        assert waiting
        assert "message" not in {reason.code for reason in waiting}


def test_nothing_went_wrong_and_no_deadline_is_left_to_fire(lived: City) -> None:
    assert [(one.element_id, one.code, one.details) for one in lived.rows(Incident)] == []
    assert [clock for clock in lived.rows(Clock) if clock.state == "running" and clock.due_at <= lived.clock.now] == []
    assert lived.engine.fire_due_clocks() == 0


def test_everything_happened_in_order_in_the_last_months_and_nothing_after_now(lived: City) -> None:
    chains: dict[str, list[HistoryEntry]] = {}
    for entry in sorted(lived.rows(HistoryEntry), key=lambda entry: entry.seq):
        chains.setdefault(entry.stream, []).append(entry)

    for entries in chains.values():
        assert all(one.at <= other.at for one, other in pairwise(entries))
    cases = lived.rows(Case)
    assert max(entry.at for entries in chains.values() for entry in entries) <= lived.clock.now
    assert timedelta(days=60) < lived.clock.now - min(case.created_at for case in cases) < timedelta(days=130)


def test_the_evidence_of_a_finished_request_verifies(lived: City, tmp_path: Path) -> None:
    case = next(c for c in lived.rows(Case) if c.process == "expert_dispatch" and c.stage == "archiving")
    lived.engine.seal_history()
    bundle = tmp_path / "evidence.zip"
    with lived.engine.reading() as session:
        kit = {"catalogue": lived.engine.catalogue, "store": lived.engine.documents, "now": lived.clock.now}
        bundle.write_bytes(evidence(session, lived.actor("federation"), case.id, **kit))

    assert verify_evidence(bundle).ok


def test_a_second_run_adds_nothing(lived: City) -> None:
    before = len(lived.rows(Case)), len(lived.rows(HistoryEntry))

    assert fill_city(lived.engine, clock=lived.clock) == Filled()
    assert (len(lived.rows(Case)), len(lived.rows(HistoryEntry))) == before
