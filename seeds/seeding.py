"""What a new installation is filled with: published holidays, towns, the processes of this repository, demo people."""

from pathlib import Path

from engine.actor import SYSTEM
from engine.calendar import seed_days, seed_years
from engine.commands.deploy import Deploy
from engine.commands.enter_expert import EnterExpert
from engine.commands.load_calendar_year import LoadCalendarYear
from engine.commands.register_people import RegisterPeople
from engine.commands.set_expert_absence import SetExpertAbsence
from engine.context import CITY_TIME
from engine.definitions.catalogue_sources import bundle_files
from engine.definitions.check import Report
from engine.definitions.story_sources import with_stories
from engine.engine import Engine
from engine.queries.experts import all_experts
from seeds import demo_data
from seeds.demo_experts import ABSENT, absence, demo_experts
from seeds.towns import town_entries

PROCESSES = Path(__file__).resolve().parent.parent / "bpmn"
FIRST_YEAR = 2024  # no case of this system can begin earlier


def load_calendar(engine: Engine) -> int:
    """Every published year that is not in the calendar yet; a year that somebody has corrected stays as it is."""
    with engine.reading() as session:
        known = engine.catalogue.calendar(session).official_years
    days = seed_days()
    missing = sorted(year for year in seed_years() - known if year >= FIRST_YEAR)
    for year in missing:
        plan = {day.day: (day.kind.value, day.name) for day in days if day.day.year == year}
        engine.run(LoadCalendarYear(year=year, days=plan, source=days[-1].source), actor=SYSTEM)
    return len(missing)


def enter_towns(engine: Engine) -> None:
    """The towns of the city, where they are not there yet."""
    engine.run(RegisterPeople(organisations=town_entries()), actor=SYSTEM)


def register_demo_people(engine: Engine) -> int:
    """Gives the number of people who were not there before."""
    command = RegisterPeople(
        organisations=demo_data.organisations(), people=tuple(demo_data.people()), password=demo_data.PASSWORD
    )
    return engine.run(command, actor=SYSTEM)


def enter_demo_experts(engine: Engine) -> int:
    """Those who are not in the register of experts yet; gives their number."""
    today = engine.now().astimezone(CITY_TIME).date()
    with engine.reading() as session:
        known = {row.username for row in all_experts(session, SYSTEM, today=today)}
    new = [answers for answers in demo_experts(today) if answers["person"] not in known]
    for answers in new:
        engine.run(EnterExpert(answers=answers), actor=SYSTEM)
    if any(answers["person"] == ABSENT for answers in new):
        with engine.reading() as session:
            (away,) = [row.id for row in all_experts(session, SYSTEM, today=today) if row.username == ABSENT]
        engine.run(SetExpertAbsence(person_id=away, answers=absence(today)), actor=SYSTEM)
    return len(new)


def deploy_processes(engine: Engine) -> dict[str, Report]:
    """Check and deploy every folder under bpmn/; the report of each."""
    folders = sorted({path.parent for path in PROCESSES.glob("*/*.bpmn")})
    return {folder.name: engine.run(_deployment(folder), actor=SYSTEM) for folder in folders}


def _deployment(folder: Path) -> Deploy:
    return Deploy(files=with_stories(bundle_files(folder), folder), comment="首次部署")
