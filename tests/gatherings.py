"""Surveys and demands in tests: a city with one that is open."""

import base64
from dataclasses import dataclass
from typing import Any

from engine.ballots.questions import questions_from, write_answers
from engine.ballots.voter import Device
from engine.commands.deliver_message import DeliverMessage
from engine.commands.issue_ticket import IssueTicket
from engine.commands.sign_demand import SignDemand
from engine.commands.start_case import StartCase
from engine.commands.withdraw_signature import WithdrawSignature
from engine.model import Ballot, Incident, ProcessInstance
from engine.outbox.doing import do_job
from engine.outbox.ticking import tick
from tests.ballots import rule_files
from tests.city import City
from tests.inventory.notation import diagram

TOMORROW = 'closes_at = 现在 + duration("P1D")'
SINGLE = '{kind: "single", question: "最关心哪一项？", choices: "工资；津贴；加班"}'
QUESTIONS = f'in questions = [{SINGLE}, {{kind: "open", question: "其他意见"}}]'
DEMANDING = f"""
begin -> open_demand -> wait -> close_demand -> after -> finish
service open_demand: type demand/open; in title = "夜班津贴"; in text = "没有调整"; in {TOMORROW}; out demand = demand
catch wait: message demand_reached; out result = result
service close_demand: type demand/close; in demand = demand; out reached = reached
user after
message demand_reached: = demand
"""
ASKING = f"""
begin -> open_survey -> wait -> count_survey -> after -> finish
service open_survey: type survey/open; in title = "意见"; {QUESTIONS}; in {TOMORROW}; out survey = survey
catch wait: message go_on; out result = result
service count_survey: type survey/count; in survey = survey; out counted = counted
user after
message go_on: = survey
"""


@dataclass
class Gathering:
    city: City
    case_id: str
    id: str

    @property
    def row(self) -> Ballot:
        return self.city.rows(Ballot, Ballot.id == self.id)[0]

    @property
    def variables(self) -> dict[str, Any]:
        return self.city.rows(ProcessInstance, ProcessInstance.case_id == self.case_id)[0].variables

    def sign(self, *names: str) -> None:
        for name in names:
            self.city.run(SignDemand(demand_id=self.id), by=name)

    def withdraw(self, name: str) -> None:
        self.city.run(WithdrawSignature(demand_id=self.id), by=name)

    def end(self, message: str) -> None:
        """The process goes on although nothing has told it to."""
        told = DeliverMessage(name=message, key=self.id, message_id=f"test:{self.id}", payload={"result": {}})
        self.city.run(told, by="system")
        self.work_off()

    def answer(self, who: str, answers: dict[str, Any]) -> None:
        """As in life, with a computer of one's own."""
        row = self.row
        keys = (base64.b64encode(key).decode() for key in (row.ticket_key, row.seal_key))
        device = Device(self.id, ticket_key=next(keys), seal_key=next(keys))
        signed = self.city.run(IssueTicket(ballot_id=self.id, blinded=device.blinded), by=who)
        sheet = write_answers(questions_from(row.motions), answers)
        vote = device.vote(sheet, blind_signature=signed).as_json()
        assert self.city.engine.casting.cast(self.id, vote) == self.city.engine.casting.cast(self.id, vote)

    def work_off(self) -> None:
        while tick(self.city.engine, lambda job_id: do_job(self.city.engine, job_id)):
            pass


def gather(city: City, text: str, *, by: str = "hr") -> Gathering:
    city.deploy({"gathering.bpmn": diagram(text, process="gathering"), **rule_files()})
    case_id = city.run(StartCase(process="gathering"), by=by)
    assert city.rows(Incident) == [], [(i.code, i.details) for i in city.rows(Incident)]
    (row,) = city.rows(Ballot, Ballot.case_id == case_id)
    return Gathering(city, case_id, row.id)


def workers(number: int, *, first: int = 1) -> list[str]:
    return [f"worker{n}" for n in range(first, first + number)]
