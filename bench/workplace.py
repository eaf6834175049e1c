"""A throw-away system to measure: SQLite file, demo people, one small process deployed."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.actor import SYSTEM, Actor
from engine.commands.claim_task import ClaimTask
from engine.commands.deploy import Deploy
from engine.commands.sign_in import SignIn
from engine.commands.start_case import StartCase
from engine.engine import Engine
from engine.queries.worklist import TaskFilter, worklist
from seeds.demo_data import PASSWORD
from seeds.seeding import load_calendar, register_demo_people
from seeds.tables import upgrade
from settings import Settings

PROCESSES = Path(__file__).parent / "processes"


@dataclass(frozen=True)
class Workplace:
    """`app` is the whole application; `hr` is a person of an enterprise who is logged in with `token`."""

    app: Any
    engine: Engine
    hr: Actor
    token: str

    def start(self, process: str) -> str:
        return self.engine.run(StartCase(process=process), actor=self.hr)

    def open_tasks(self, case_id: str) -> list[Any]:
        """The tasks of a case that the person could claim."""
        engine = self.engine
        with engine.reading() as session:
            page = worklist(
                session,
                self.hr,
                filters=TaskFilter(view="claimable", case_id=case_id),
                catalogue=engine.catalogue,
                now=engine.now(),
                limit=200,
            )
        return list(page.items)

    def claimed_task(self, case_id: str) -> str:
        """Claims the only open task of a case and gives its id."""
        (task,) = self.open_tasks(case_id)
        self.engine.run(ClaimTask(task_id=task.id), actor=self.hr)
        return str(task.id)


@contextmanager
def workplace(*processes: str, is_demo: bool = False) -> Iterator[Workplace]:
    """`is_demo` gives it the training clock, which costs each transaction one more statement."""
    from app import create_app

    with tempfile.TemporaryDirectory(prefix="tongban-bench-") as folder:
        place = {
            "TONGBAN_DATABASE_URL": f"sqlite:///{folder}/bench.db",
            "TONGBAN_DATA_DIR": folder,
            "TONGBAN_DEMO": "1" if is_demo else "0",
        }
        settings = Settings.from_environment(place)
        upgrade(settings.database_url)
        app = create_app(settings)
        engine: Engine = app.extensions["tongban"]
        _fill(engine, processes)
        visitor = Actor(person_id="", username="hr", name="hr")
        token = engine.run(SignIn(username="hr", password=PASSWORD, agent="bench"), actor=visitor).token
        person = engine.authenticate(token)
        assert person is not None
        yield Workplace(app=app, engine=engine, hr=person, token=token)
        engine.database.dispose()


def _fill(engine: Engine, processes: tuple[str, ...]) -> None:
    load_calendar(engine)
    register_demo_people(engine)
    forms = {f"forms/{path.name}": path.read_bytes() for path in PROCESSES.glob("*.form")}
    for process in processes:
        diagram = (PROCESSES / f"{process}.bpmn").read_bytes()
        used = {path: form for path, form in forms.items() if f'formId="{Path(path).stem}"'.encode() in diagram}
        report = engine.run(Deploy(files={f"{process}.bpmn": diagram, **used}), actor=SYSTEM)
        if not report.deployable:
            raise RuntimeError([(p.code, p.element_id, p.params) for p in report.problems])
