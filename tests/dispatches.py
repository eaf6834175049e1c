"""Requests that are dispatched to lawyers: a process that does so, on both databases."""

from typing import Any

import pytest

from engine.commands.decline_task import DeclineTask
from engine.model import Case, ExpertRanking, HistoryEntry, Organisation, ProcessInstance
from tests.city import STAR, City
from tests.engine.elements.conftest import Street
from tests.experts import appoint_experts

FOUND = """
begin -> first_round -> ask -> find -> is_any
answer -> outcome
take -> look -> finish
is_any -> named ? = count(offered) = 0
named -> choose
is_any -> answer ? default
outcome -> aside ? = how = "conflict"
outcome -> take ? default
aside -> again -> find
nobody -> again
late -> again
choose -> given -> look
user ask: form wishes
service find: type dispatch/shortlist; in profession = profession; in number = 2; in field = field; in counterparty = other; in round = round; out offered = offered; out offered_words = offered_words; out eligible = eligible
user answer: offered = offered; form taken
user choose: form chosen
service named: type dispatch/candidates; in profession = profession; in field = field; in counterparty = other; out candidates = candidates
xor is_any
script first_round: does = {round: 1}
xor outcome
boundary nobody: on answer; error everybody_declined
boundary late: on answer; message more_people
script again: does = {round: round + 1}
service take: type dispatch/accept; in profession = profession; in expert = who; out experts = experts
service given: type dispatch/accept; in profession = profession; in expert = who; out experts = experts
service aside: type dispatch/recuse; in profession = profession; in expert = who; in reason = "近亲属有利害关系"
user look
error everybody_declined: everybody_declined
message more_people: = case.number
"""  # noqa: E501 - one element a line


class Dispatch:
    """Requests that are dispatched to lawyers."""

    def __init__(self, street: Street) -> None:
        self.street, self.city = street, street.city

    def start(self, *, field: str = "", other: str = "", profession: str = "lawyer") -> str:
        case_id = self.street.start()
        self.street.do(case_id, "ask", field=field, other=other, profession=profession)
        return case_id

    def offered(self, case_id: str) -> list[str]:
        return list(self.street.variables(case_id)["offered"])

    def words(self, case_id: str) -> dict[str, str]:
        return {one["username"]: one["reasons"] for one in self.street.variables(case_id)["offered_words"]}

    def take(self, case_id: str, by: str, how: str = "takes") -> None:
        self.street.do(case_id, "answer", by=by, who=by, how=how)

    def decline(self, case_id: str, by: str) -> None:
        task = self.city.task_at(case_id, "answer")
        self.city.run(DeclineTask(task_id=task.id, reason="出差在外"), by=by)

    def why_not(self, case_id: str) -> dict[str, list[str]]:
        """The codes that exclude people, as the newest ranking of the case keeps them."""
        rankings = sorted(self.city.rows(ExpertRanking, ExpertRanking.case_id == case_id), key=lambda one: one.round)
        excluded = (one for one in rankings[-1].entries if one["rank"] is None)
        return {one["username"]: [reason["code"] for reason in one["reasons"]] for one in excluded}

    def history(self, case_id: str, action: str) -> list[dict[str, Any]]:
        mine = (HistoryEntry.stream == case_id, HistoryEntry.action == action)
        return [dict(entry.details) for entry in sorted(self.city.rows(HistoryEntry, *mine), key=lambda e: e.seq)]


@pytest.fixture
def dispatch(street: Street) -> Dispatch:
    street.deploy(
        FOUND,
        wishes="field other profession",
        taken="who how",
        chosen="who",
    )
    return Dispatch(street)


@pytest.fixture
def three(dispatch: Dispatch) -> Dispatch:
    """Three lawyers, of whom the first knows the field and the second is next by the town."""
    town = _town(dispatch.city, STAR)
    appoint_experts(dispatch.city, "lawyer1", fields=["劳动争议"], towns=[town])
    appoint_experts(dispatch.city, "lawyer2", fields=["公司"], towns=[town])
    appoint_experts(dispatch.city, "lawyer3", fields=["公司"], towns=["别的镇"])
    return dispatch


def _town(city: City, name: str) -> str:
    return str(city.rows(Organisation, Organisation.name == name)[0].town)


def belongs_to(city: City, case_id: str, enterprise: str) -> None:
    (found,) = city.rows(Organisation, Organisation.name == enterprise)
    with city.session() as session, session.begin():
        session.get_one(Case, case_id).enterprise_id = found.id


def remember(city: City, case_id: str, values: dict[str, Any]) -> None:
    (instance,) = city.rows(ProcessInstance, ProcessInstance.case_id == case_id)
    with city.session() as session, session.begin():
        row = session.get_one(ProcessInstance, instance.id)
        row.variables = {**row.variables, **values}
