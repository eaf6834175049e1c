"""Mini-processes in a city with people, on both databases; written in the notation of the element inventory."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.start_case import StartCase
from engine.model import Case, HistoryEntry, Incident, ProcessInstance
from engine.outbox.doing import do_job
from engine.outbox.ticking import tick
from tests.city import PEOPLE, City, open_city
from tests.engine.conftest import rule_files
from tests.inventory.notation import diagram


@dataclass
class Street:
    """Cases of small processes; `by` is the enterprise's HR person unless said otherwise."""

    city: City

    def deploy(
        self,
        text: str,
        *,
        process: str = "main",
        called: Mapping[str, str] | None = None,
        guests: str = "",
        **forms: str,
    ) -> None:
        """`forms` maps form ids to the keys of their text fields."""
        files = {f"{process}.bpmn": diagram(text, process=process, guests=guests), **rule_files()}
        files |= {f"{k}.bpmn": diagram(t, process=k, is_main=False) for k, t in (called or {}).items()}
        self.city.deploy(files | {f"forms/{k}.form": _form(k, keys) for k, keys in forms.items()})

    def start(self, process: str = "main") -> str:
        return self.city.run(StartCase(process=process), by="hr")

    def do(self, case_id: str, element_id: str, *, by: str = "hr", which: int = 0, **answers: Any) -> None:
        task = [t for t in self.city.tasks(case_id) if t.element_id == element_id][which]
        if not task.discretionary:
            self.city.run(ClaimTask(task_id=task.id), by=by)
        self.city.run(CompleteTask(task_id=task.id, answers=answers), by=by)

    def work_off(self) -> None:
        """Everything that is due in the background."""
        for _ in range(20):
            if not tick(self.city.engine, lambda job_id: do_job(self.city.engine, job_id)):
                return
        raise AssertionError("the outbox never ends")

    def open(self, case_id: str) -> list[str]:
        return sorted(task.element_id for task in self.city.tasks(case_id))

    def names(self, case_id: str) -> list[str]:
        return sorted(task.name for task in self.city.tasks(case_id))

    def variables(self, case_id: str) -> dict[str, Any]:
        return self.city.rows(ProcessInstance, ProcessInstance.case_id == case_id)[0].variables

    def status(self, case_id: str) -> str:
        return self.city.rows(Case, Case.id == case_id)[0].status

    def incidents(self, case_id: str) -> list[str]:
        return [i.code for i in self.city.rows(Incident, Incident.case_id == case_id, Incident.state == "open")]

    def actions(self, case_id: str) -> list[str]:
        entries = self.city.rows(HistoryEntry, HistoryEntry.stream == case_id)
        return [e.action for e in sorted(entries, key=lambda e: e.seq)]


@pytest.fixture
def street(database_hosts: Any, database_kind: str, tmp_path: Path) -> Iterator[Street]:
    with database_hosts.of(database_kind).fresh(PEOPLE) as database:
        city = open_city(database, data_dir=tmp_path, is_demo=True)
        yield Street(city)
        city.engine.database.dispose()


def _form(id_: str, keys: str) -> bytes:
    fields = [{"id": k, "key": k, "label": k, "type": "textfield"} for k in keys.split()]
    return json.dumps({"id": id_, "type": "default", "schemaVersion": 18, "components": fields}).encode()
