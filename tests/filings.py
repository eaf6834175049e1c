"""Filings at the desk of the labour office: consultations played together until their papers are to be checked."""

from itertools import takewhile
from pathlib import Path

from playing.player import Player
from playing.scenario_file import Scenario
from tests.city import PROCESSES, City, open_city
from tests.databases import Database, Template

HAPPY_PATH = Scenario.read(Path(__file__).parents[1] / "bpmn/wage_consultation/scenarios/happy_path.yml")
CHECKED_NEXT = "check_completeness"
FILED = 15


def filed_together(city: City, number: int = FILED) -> list[str]:
    """Every case does a step before any does the next, so that time passes once for all of them."""
    people = Player(lambda: city.engine)
    cases = [people.start(HAPPY_PATH) for _ in range(number)]
    for step in takewhile(lambda step: step.get("task") != CHECKED_NEXT, HAPPY_PATH.story["steps"]):
        for case_id in cases[:1] if "advance" in step else cases:
            people.do(step, HAPPY_PATH, case_id)
    return cases


def papers_of(database: Database) -> Path:
    """Where the uploaded files of these cases are, beside the template of their database."""
    return Path(database.url.removeprefix("sqlite:///")).parent / "papers_of_filings"


def _with_filings(url: str) -> None:
    database = Database("sqlite", url)
    city = open_city(database, data_dir=papers_of(database), is_demo=True)
    filed_together(city)
    city.engine.database.dispose()


FILINGS = Template("filings", _with_filings, below=PROCESSES)
