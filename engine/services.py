"""What a process may call. A service computes inside the command; it never calls the network."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any, Protocol, TypeVar

from engine.errors import Rejected
from engine.spiff.host import ErrorThrown as BusinessError

__all__ = ["BusinessError", "Errand", "Service", "ServiceCall", "ServiceRefused", "reversible"]

F = TypeVar("F", bound=Any)


def reversible(service: F) -> F:
    """Marks a service after which a case may go back: it only computes, or its changes are put back with the case."""
    service.is_reversible = True
    return service


class ServiceRefused(Rejected):
    """A service task could not do its work with what it was given."""


class ServiceCall(Protocol):
    """The case as a service sees it: facts to read, and the few acts a service may do."""

    inputs: Mapping[str, Any]
    process: str
    today: date
    now: datetime

    def setting(self, key: str) -> Any: ...

    def enterprise(self) -> Mapping[str, Any]: ...

    def parties(self) -> Mapping[str, list[str]]: ...

    def appoint(self, role: str, usernames: list[str]) -> None: ...

    def notify(self, audience: str, kind: str, params: Mapping[str, Any]) -> None: ...

    def record(self, action: str, details: Mapping[str, Any]) -> None: ...

    def pause_clocks(self, rules: Collection[str], *, until: date, reason: str) -> list[str]: ...

    def resume_clocks(self, rules: Collection[str]) -> list[str]: ...

    def restart_clocks(self, starts: Mapping[str, date]) -> list[str]: ...

    def open_next(self, answers: Mapping[str, Any], *, process: str | None = None) -> None: ...

    def open_ballot(self, wanted: Mapping[str, Any]) -> Mapping[str, Any]: ...

    def open_survey(self, wanted: Mapping[str, Any]) -> Mapping[str, Any]: ...

    def extend_survey(self, survey_id: str, *, closes_at: Any) -> None: ...

    def count_survey(self, survey_id: str) -> Mapping[str, Any]: ...

    def drop_survey(self, survey_id: str, *, reason: str) -> None: ...

    def open_demand(self, wanted: Mapping[str, Any]) -> Mapping[str, Any]: ...

    def close_demand(self, demand_id: str) -> Mapping[str, Any]: ...

    def stop_ballot(self, ballot_id: str) -> None: ...

    def give_up_ballot(self, ballot_id: str, *, reason: str) -> None: ...

    def open_negotiation(self, wanted: Mapping[str, Any]) -> Mapping[str, Any]: ...

    def close_negotiation(self) -> None: ...

    def shortlist_experts(self, wanted: Mapping[str, Any]) -> Mapping[str, Any]: ...

    def assignable_experts(self, wanted: Mapping[str, Any]) -> list[Mapping[str, Any]]: ...

    def accept_expert(self, username: str, *, profession: str) -> list[Mapping[str, Any]]: ...

    def recuse_expert(self, username: str, *, profession: str, reason: str) -> None: ...

    def expert_facts(self, wanted: Mapping[str, Any]) -> Mapping[str, Any]: ...

    def similar_cases(self, wanted: Mapping[str, Any]) -> list[Mapping[str, Any]]: ...

    def later(self, kind: str, args: Mapping[str, Any]) -> None: ...


class Errand(Protocol):
    """A job that takes its time: it is done outside of any transaction, and runs commands of its own.

    It may be done twice after a crash, so doing it again must change nothing.
    """

    def __call__(self, engine: Any, args: Mapping[str, Any]) -> None: ...


class Service(Protocol):
    """Returns the outputs; raises ServiceRefused with problems, or BusinessError, which the diagram may catch."""

    def __call__(self, call: ServiceCall) -> Mapping[str, Any]: ...
