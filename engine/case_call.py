"""The case as a service task sees it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import demanding, surveying
from engine.actor import SYSTEM
from engine.balloting import give_up_ballot, open_ballot, stop_ballot
from engine.case_links import NEXT
from engine.case_work import CaseWork
from engine.clock_dates import extend_all, pause_all, resume_all, start_all_again, workdays_paused
from engine.context import enterprise_words
from engine.definitions.process import Element
from engine.dispatching import duplicates, facts, offers, replacing, shortlists
from engine.errors import Problem
from engine.model import Person
from engine.negotiating import NEGOTIATION_VARIABLE, close_negotiation, open_negotiation
from engine.parties import appoint
from engine.services import ServiceRefused


class CaseCall:
    def __init__(self, folder: CaseWork, element: Element, *, inputs: Mapping[str, Any]) -> None:
        self._folder = folder
        self._element = element
        self.inputs = inputs
        self.process = folder.case.process
        self.today: date = folder.work.today
        self.now: datetime = folder.work.now

    def setting(self, key: str) -> Any:
        return self._folder.rules.setting(key, self.today)

    def enterprise(self) -> Mapping[str, Any]:
        found = self._folder.enterprise
        return enterprise_words(found) if found else {}

    def parties(self) -> Mapping[str, list[str]]:
        return {role: list(people) for role, people in self._folder.case.parties.items()}

    def appoint(self, role: str, usernames: list[str]) -> None:
        """Replace the holders of a role. Raises ServiceRefused for an unknown person."""
        appoint(self._folder, role=role, people=people_named(self._folder.work.session, usernames))

    def notify(self, audience: str, kind: str, params: Mapping[str, Any]) -> None:
        args = {"case_id": self._folder.case.id, "audience": audience, "kind": kind, "params": dict(params)}
        self._folder.work.enqueue("notify_audience", args)

    def record(self, action: str, details: Mapping[str, Any]) -> None:
        self._folder.record(action, actor="system", details=dict(details))

    def pause_clocks(self, rules: Collection[str], *, until: date, reason: str) -> list[str]:
        """Rules whose clocks now stand still. Raises ClockNotPausable and PauseTooLong."""
        return pause_all(self._folder, rules, until=until, reason=reason)

    def resume_clocks(self, rules: Collection[str]) -> list[str]:
        return resume_all(self._folder, rules)

    def extend_clocks(self, rule: str, *, by: int, reason: str) -> list[str]:
        """Days on which the clocks of the rule are due now. Raises ClockNotExtendable and ClockExtended."""
        return extend_all(self._folder, rule, by=by, reason=reason)

    def workdays_paused(self, rules: Collection[str]) -> int:
        return workdays_paused(self._folder, rules)

    def restart_clocks(self, starts: Mapping[str, date]) -> list[str]:
        """Count clocks from other days, because the facts that they are counted from have moved."""
        return start_all_again(self._folder, starts)

    def open_next(self, answers: Mapping[str, Any], *, process: str | None = None, kind: str = NEXT) -> None:
        """A case of this process, or of another, goes on where this one ends; it is opened after this command."""
        case, actor = self._folder.case, self._folder.work.actor
        absent = self._folder.work.acts_for
        person_id = case.created_by if actor is SYSTEM else absent.person_id if absent else actor.person_id
        next_ = {"process": process or case.process, "answers": dict(answers)}
        facts = {"case_id": case.id, **next_, "person_id": person_id, "kind": kind}
        self._folder.work.enqueue("open_next_case", facts)

    def open_ballot(self, wanted: Mapping[str, Any]) -> Mapping[str, Any]:
        """Open a secret ballot; gives its id and its seats. Raises OnlineVotingOff, BallotWrong and MotionsWrong."""
        scrutineers = people_named(self._folder.work.session, list(wanted.get("scrutineers") or []))
        return open_ballot(self._folder, wanted, scrutineers=scrutineers)

    def give_up_ballot(self, ballot_id: str, *, reason: str) -> None:
        """Abort a ballot that nobody closes: its box is thrown away unread. Raises BallotNotFound."""
        give_up_ballot(self._folder, ballot_id, reason=reason)

    def open_survey(self, wanted: Mapping[str, Any]) -> Mapping[str, Any]:
        """Ask the staff without names. Raises QuestionsWrong and BallotWrong."""
        return surveying.open_survey(self._folder, wanted)

    def extend_survey(self, survey_id: str, *, closes_at: Any) -> None:
        surveying.extend_survey(self._folder, survey_id, closes_at=closes_at)

    def count_survey(self, survey_id: str) -> Mapping[str, Any]:
        """Cells and texts of enough answers. Raises BallotNotFound, BallotHasEnded, SheetsDamaged."""
        return surveying.count_survey(self._folder, survey_id)

    def drop_survey(self, survey_id: str, *, reason: str) -> None:
        surveying.drop_survey(self._folder, survey_id, reason=reason)

    def open_demand(self, wanted: Mapping[str, Any]) -> Mapping[str, Any]:
        """Let the workers sign a demand. Raises BallotWrong."""
        return demanding.open_demand(self._folder, wanted)

    def close_demand(self, demand_id: str) -> Mapping[str, Any]:
        return demanding.close_demand(self._folder, demand_id)

    def stop_ballot(self, ballot_id: str) -> None:
        """No more tickets and votes; the scrutineers close it. Raises BallotNotFound."""
        stop_ballot(self._folder, ballot_id)

    def open_negotiation(self, wanted: Mapping[str, Any]) -> Mapping[str, Any]:
        """Open the text to both sides, or its next round; the element says which variable follows it.

        Raises NegotiationWrong.
        """
        return open_negotiation(self._folder, wanted, variable=self._element.properties.get(NEGOTIATION_VARIABLE))

    def close_negotiation(self) -> None:
        close_negotiation(self._folder)

    def shortlist_experts(self, wanted: Mapping[str, Any]) -> Mapping[str, Any]:
        """Rank the experts of a profession and offer the case to the first. Raises ServiceRefused."""
        return shortlists.shortlist(self._folder, wanted)

    def assignable_experts(self, wanted: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        """Whom the coordinator may name by hand. Raises ServiceRefused."""
        return list(shortlists.assignable(self._folder, wanted))

    def accept_expert(self, username: str, *, profession: str) -> list[Mapping[str, Any]]:
        """They join the experts of the case; gives all of these. Raises ServiceRefused."""
        return list(offers.accept(self._folder, profession=profession, username=username))

    def recuse_expert(self, username: str, *, profession: str, reason: str) -> None:
        """They leave the case for a conflict. Raises ServiceRefused."""
        offers.recuse(self._folder, profession=profession, username=username, reason=reason)

    def expert_standing(self, username: str) -> Mapping[str, Any]:
        """What somebody does as an expert of this case."""
        return replacing.standing(self._folder, username)

    def release_expert(self, username: str, *, reason: str) -> Mapping[str, Any]:
        """They leave the case, and what was theirs lies idle."""
        return replacing.release(self._folder, username, reason=reason)

    def hand_to_expert(self, username: str, *, tasks: Sequence[str], is_lead: bool) -> list[Mapping[str, Any]]:
        """They take over what lies idle; gives the experts of the case. Raises ServiceRefused."""
        return list(replacing.take_over(self._folder, username, tasks=tasks, is_lead=is_lead))

    def call_off_experts(self) -> None:
        replacing.call_off(self._folder)

    def expert_facts(self, wanted: Mapping[str, Any]) -> Mapping[str, Any]:
        """What is known against an expert in this case. Raises ServiceRefused."""
        return facts.expert_facts(self._folder, wanted)

    def similar_cases(self, wanted: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        """Cases of the same process and enterprise that may be about the same."""
        return list(duplicates.similar_cases(self._folder, wanted))

    def later(self, kind: str, args: Mapping[str, Any]) -> None:
        """An errand of this case, done by the worker after this command."""
        self._folder.work.enqueue(kind, {"case_id": self._folder.case.id, **args})


def people_named(session: Session, usernames: Collection[str]) -> dict[str, str]:
    """Usernames to person ids, in the order given. Raises ServiceRefused for a name nobody has."""
    query = select(Person).where(Person.username.in_(usernames), Person.left_at.is_(None))
    found = {p.username: p.id for p in session.scalars(query)}
    missing = [u for u in usernames if u not in found]
    if missing:
        raise ServiceRefused(problems=[Problem(path="persons", code="unknown_person", params={"person": missing[0]})])
    return {u: found[u] for u in usernames}
