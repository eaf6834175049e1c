"""The rows that edges get: frozen, without a session, the same for pages and API."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from engine.definitions.process import Stage


@dataclass(frozen=True)
class ClockRow:
    """A deadline with its basis; `article` is None and `mark` says why where a value is not verified law."""

    id: str
    case_id: str
    element_id: str
    task_id: str | None
    rule: str | None
    name: str
    name_en: str
    state: str
    started_on: date
    due_on: date
    due_at: datetime
    article: str | None
    formula: str
    formula_en: str
    effect: str
    effect_en: str
    mark: str | None
    provisional: bool
    paused_until: date | None
    paused_reason: str | None
    # Calendar days from its start until it ended or until today, and those of them for which it stood still.
    days_taken: int = 0
    days_stood_still: int = 0
    workdays_stood_still: int = 0
    extended_by: int | None = None


@dataclass(frozen=True)
class AbsentRow:
    """Somebody who is away until this day, and for whom the reader may act."""

    username: str
    name: str
    until: date


@dataclass(frozen=True)
class TaskRow:
    """`due_at` is None when there is no deadline; `assignee` is a username, `owner` the one for whom they work.

    `candidate_users` are those to whom it is offered by name, `candidate_names` their names. `flags` are known
    in lists only. `returned_by` sent the case back to it; `superseded_at`: its answers do not count.
    `principal_id`: it asks its assignee to sign that task; `signatures_awaited`: so many are still to sign this one.
    """

    id: str
    case_id: str
    case_number: str
    case_title: str
    case_status: str
    process: str
    enterprise: str | None
    town: str | None
    element_id: str
    name: str
    name_en: str
    form: str | None
    state: str
    stage: str | None
    stage_name: str
    stage_name_en: str
    assignee: str | None
    assignee_name: str | None
    owner: str | None
    owner_name: str | None
    on_behalf_of: str | None
    on_behalf_of_name: str | None
    taken_over: bool
    candidate_groups: tuple[str, ...]
    candidate_users: tuple[str, ...]
    candidate_names: tuple[str, ...]
    four_eyes: str | None
    created_at: datetime
    claimed_at: datetime | None
    completed_at: datetime | None
    due_at: datetime | None
    follow_up_at: datetime | None
    clock: ClockRow | None
    priority: int
    urged_count: int
    urged_at: datetime | None
    discretionary: bool
    version: int
    superseded_at: datetime | None = None
    returned_by: str | None = None
    returned_by_name: str | None = None
    return_reason: str | None = None
    flags: tuple[str, ...] = ()
    stand_in_for: tuple["AbsentRow", ...] = ()
    principal_id: str | None = None
    signatures_awaited: int = 0
    handed_in_at: datetime | None = None


@dataclass(frozen=True)
class CaseLinkRow:
    """`direction` tells whether the other case is where this one leads "to" or comes "from"."""

    kind: str
    direction: str
    case_id: str | None
    number: str
    title: str | None


@dataclass(frozen=True)
class CaseRow:
    """`parties` maps roles to usernames; `next_due` is the clock that runs out first."""

    id: str
    number: str
    title: str
    process: str
    process_name: str
    process_name_en: str
    version: int
    status: str
    stage: str | None
    stage_name: str
    stage_name_en: str
    enterprise: str | None
    enterprise_id: str | None
    town: str | None
    parties: Mapping[str, tuple[str, ...]]
    created_at: datetime
    created_by: str | None
    closed_at: datetime | None
    next_due: ClockRow | None
    lock_version: int


@dataclass(frozen=True)
class PartyRow:
    role: str
    person: str
    name: str
    organisation: str | None = None


@dataclass(frozen=True)
class DocumentRow:
    id: str
    case_id: str | None
    task_id: str | None
    field: str
    name: str
    media_type: str
    size: int
    sha256: str
    status: str
    uploaded_by: str
    uploaded_by_name: str
    uploaded_at: datetime
    series_id: str
    version: int
    circle: str
    sent_on: date | None
    received_on: date | None
    superseded_at: datetime | None = None
    on_behalf_of_name: str | None = None


@dataclass(frozen=True)
class CopyRow:
    """A case or task that was sent to somebody to read; persons are usernames with their names."""

    id: str
    case_id: str
    case_number: str
    case_title: str
    task_id: str | None
    task_name: str | None
    reader: str
    reader_name: str
    sent_by: str
    sent_by_name: str
    note: str
    at: datetime
    read_at: datetime | None


@dataclass(frozen=True)
class IncidentRow:
    id: str
    case_id: str
    case_number: str
    element_id: str
    element_name: str
    code: str
    details: Mapping[str, Any]
    state: str
    created_at: datetime
    attempts: int


@dataclass(frozen=True)
class HistoryRow:
    """One line of the chain; `actor` is a username. `names` are those of the people whom `details` mentions.

    Step and stage are those of the version on which the case was then. `is_initiative`: somebody may start the step,
    nobody has to. `taken_back`: somebody went back behind it later.
    """

    stream: str
    seq: int
    at: datetime
    actor: str
    actor_name: str
    on_behalf_of: str | None
    action: str
    element_id: str | None
    element_name: str
    element_name_en: str
    stage: Stage | None
    task_id: str | None
    reason: str | None
    details: Mapping[str, Any]
    prev: str
    hash: str
    on_behalf_of_name: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    is_initiative: bool = False
    taken_back: bool = False


@dataclass(frozen=True)
class Waiting:
    """One reason why a case does not move; `code` and `params` make a sentence of the topic `waiting`."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)
    element_id: str | None = None
    task_id: str | None = None
