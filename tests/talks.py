"""A negotiation in tests: a case whose process opens a text of three clauses and waits until all are agreed."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from engine.commands.agree_to_clause import AgreeToClause
from engine.commands.propose_clause import ProposeClause
from engine.commands.start_case import StartCase
from engine.definitions.catalogue_sources import bundle_files
from engine.model import Clause, ClauseStep, HistoryEntry, ProcessInstance
from engine.queries.negotiation import clause_file, negotiation_table
from engine.queries.negotiation_rows import ClauseFile, NegotiationRow
from tests.city import PEOPLE, City, open_city
from tests.databases import Database, Template
from tests.inventory.notation import diagram

HEADS = ("工资标准", "支付办法", "合同期限")
TALKS = """
begin -> open_text -> wait -> draft -> close_text -> finish
service open_text: type negotiation/open; property negotiation_variable 协商; in heads = ["工资标准", "支付办法", "合同期限"]; in observers = ["recorder"]
catch wait: condition = 协商.全部达成
user draft
service close_text: type negotiation/close
"""  # noqa: E501
PARTIES = {
    "worker_chief": ("chair",),
    "worker_negotiator": ("rep1", "rep2"),
    "employer_chief": ("boss",),
    "employer_negotiator": ("worker1",),
    "recorder": ("worker60",),
    "congress_rep": ("rep9",),
}


@dataclass
class Talks:
    """`hr` started the case and oversees it; the chiefs are `chair` and `boss`."""

    city: City
    case_id: str

    def table(self, by: str) -> NegotiationRow:
        return self._asked(negotiation_table, by)

    def file(self, head: str, by: str) -> ClauseFile:
        return self._asked(clause_file, by, self.clause(head).id)

    def clause(self, head: str) -> Clause:
        (found,) = self.city.rows(Clause, Clause.head == head)
        return found

    def run(self, command: Any, head: str, *, by: str, **said: Any) -> Any:
        return self.city.run(command(case_id=self.case_id, clause_id=self.clause(head).id, **said), by=by)

    def propose(self, head: str, text: str, *, by: str, **said: Any) -> str:
        step_id: str = self.run(ProposeClause, head, by=by, text=text, revision=self.clause(head).revision, **said)
        return step_id

    def agree(self, head: str, step_id: str, *, by: str) -> bool:
        is_agreed: bool = self.run(AgreeToClause, head, by=by, step_id=step_id)
        return is_agreed

    def settle(self, head: str, text: str = "按现行办法执行") -> None:
        self.agree(head, self.propose(head, text, by="chair"), by="boss")

    def steps(self, head: str) -> list[ClauseStep]:
        found = self.city.rows(ClauseStep, ClauseStep.clause_id == self.clause(head).id)
        return sorted(found, key=lambda step: step.seq)

    @property
    def variable(self) -> dict[str, Any]:
        (instance,) = self.city.rows(ProcessInstance, ProcessInstance.case_id == self.case_id)
        found: dict[str, Any] = instance.variables["协商"]
        return found

    @property
    def history(self) -> list[HistoryEntry]:
        return sorted(self.city.rows(HistoryEntry, HistoryEntry.stream == self.case_id), key=lambda entry: entry.seq)

    def _asked(self, question: Any, by: str, *which: str) -> Any:
        engine = self.city.engine
        with engine.reading() as session:
            who = self.city.actor(by)
            return question(session, who, self.case_id, *which, catalogue=engine.catalogue, now=engine.now())


def open_talks(city: City, *, text: str = TALKS) -> Talks:
    rules = {
        path: content for path, content in bundle_files(Path("bpmn/wage_consultation")).items() if "rules/" in path
    }
    city.deploy({"talks.bpmn": diagram(text, process="talks"), **rules})
    return Talks(city, city.run(StartCase(process="talks", parties=PARTIES), by="hr"))


def _with_talks(url: str) -> None:
    city = open_city(Database("", url), data_dir=Path("nowhere"))
    open_talks(city)
    city.engine.database.dispose()


OPEN_TALKS = Template("talks", _with_talks, below=PEOPLE)


@pytest.fixture
def talks(database_hosts: Any, database_kind: str, tmp_path: Path) -> Iterator[Talks]:
    with database_hosts.of(database_kind).fresh(OPEN_TALKS) as database:
        city = open_city(database, data_dir=tmp_path)
        (entry,) = city.rows(HistoryEntry, HistoryEntry.action == "negotiation_opened")
        yield Talks(city, entry.stream)
        city.engine.database.dispose()
