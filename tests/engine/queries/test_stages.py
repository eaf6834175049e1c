"""Stages in which cases lie, found by walking the index."""

from sqlalchemy import text

from engine.queries.stages import stages_in_use
from tests.city import City
from tests.training_requests import PROCESS, three_requests


def test_every_stage_is_found_once_however_many_cases_lie_in_it(city: City) -> None:
    with city.engine.reading() as session:
        assert stages_in_use(session) == frozenset()
    cases = three_requests(city)
    with city.session() as session, session.begin():
        for case_id, stage in zip(cases, ("handling", "offer", None), strict=True):
            session.execute(text('update "case" set stage = :stage where id = :id'), {"stage": stage, "id": case_id})
    with city.engine.reading() as session:
        assert stages_in_use(session) == stages_in_use(session, process=PROCESS) == {"handling", "offer"}
        assert stages_in_use(session, process="wage_demand") == frozenset()
