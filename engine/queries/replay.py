"""A case played again: where its tokens stood after each act, read from its history alone."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.catalogue import Catalogue
from engine.definitions.process import Process
from engine.former_versions import CaseVersions, Stretch, versions_of_case
from engine.migrating.matching import match
from engine.model import HistoryEntry
from engine.queries.diagram import TokenMark, call_marks, diagrams_of
from engine.queries.looking_up import people_by_username
from engine.queries.seeing import readable_case

MOST_FRAMES = 5_000
_TOLD = (
    "case_migrated", "case_started", "task_completed", "task_returned", "task_recalled", "clock_fired",
    "ballot_counted", "case_completed", "case_cancelled",
)  # fmt: skip
_ENDED = {"task_completed", "task_cancelled", "clock_met", "clock_fired", "clock_cancelled"}
_GIVEN = ("task_assigned", "task_transferred", "task_delegated", "task_handed_back")
_BEGUN = {"clock_started", "clock_continued"}
_OVER = {"case_completed", "case_cancelled"}


@dataclass(frozen=True)
class Frame:
    """The diagram after one act. `seq` is the last history entry of it; the action is the one that tells most.

    `passed` are the elements that tokens have left in this act; `current` is where they stand after it. It is played on
    the diagram of `version`, on which the case was until the entry `last_entry`. With the first act on another version
    comes what was `carried` over: the elements of its diagram that count as passed already.
    """

    seq: int
    at: datetime
    action: str
    element_id: str | None
    element_name: str
    element_name_en: str
    is_initiative: bool
    details: Mapping[str, Any]
    actor: str
    actor_name: str
    version: int
    last_entry: int | None
    carried: tuple[str, ...] | None
    passed: tuple[str, ...]
    current: tuple[TokenMark, ...]
    failed: tuple[str, ...]


@dataclass
class _Board:
    """Tokens by what they wait for: a task or a clock; and the stage they are in."""

    versions: CaseVersions
    on: Stretch
    passed: dict[str, None] = field(default_factory=dict)
    tokens: dict[str, TokenMark] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    stage: str | None = None

    @property
    def process(self) -> Process:
        return self.versions.process(self.on)

    def change_to(self, stretch: Stretch, choices: Mapping[str, str]) -> tuple[str, ...]:
        """The tokens come to the sheet of another version; what they wait for goes on, or the next entries end it."""
        before, self.on = self.process, stretch
        targets = match(before, self.process, choices).targets

        def found(ids: Iterable[str]) -> list[str]:
            return [new for new in (targets.get(id_, id_) for id_ in ids) if new in self.process.elements]

        moved = {key: replace(mark, element_id=targets.get(mark.element_id, "")) for key, mark in self.tokens.items()}
        self.tokens = {key: mark for key, mark in moved.items() if mark.element_id}
        self.failed = found(self.failed)
        self.stage = targets.get(self.stage or "") or None
        self.passed = dict.fromkeys(found(self.passed))
        return tuple(self.passed)

    @property
    def current(self) -> tuple[TokenMark, ...]:
        at = diagrams_of(self.process, {mark.element_id for mark in self.tokens.values()} | set(self.failed))
        stage = (TokenMark(self.stage, "", "stage"),) if self.stage else ()
        return (*self.tokens.values(), *call_marks(self.process, at), *stage)


def replay(session: Session, actor: Actor, case_id: str, *, catalogue: Catalogue) -> tuple[Frame, ...]:
    """Oldest first, one frame for each act; the newest `MOST_FRAMES` of a longer case. Raises CaseNotFound."""
    case = readable_case(session, actor, case_id)
    versions = versions_of_case(session, catalogue, case)
    columns = (
        HistoryEntry.seq, HistoryEntry.at, HistoryEntry.actor, HistoryEntry.action,
        HistoryEntry.element_id, HistoryEntry.task_id, HistoryEntry.details,
    )  # fmt: skip
    rows = session.execute(select(*columns).where(HistoryEntry.stream == case_id).order_by(HistoryEntry.seq)).all()
    mentioned = {row.actor for row in rows} | {row.details.get("assignee", "") for row in rows}
    names = people_by_username(session, mentioned)
    return tuple(_frames(rows, _Board(versions, versions.stretches[0]), names))[-MOST_FRAMES:]


def _acts(rows: Iterable[Row[Any]], borders: Collection[int]) -> Iterator[list[Row[Any]]]:
    """Entries of one command: it takes the time once; what a person or a deadline did comes before what followed.

    `borders` are the last entries of versions.
    """
    act: list[Row[Any]] = []
    for row in rows:
        begins = row.action == "clock_fired" or (row.actor != "system" and act and act[-1].actor == "system")
        if act and (begins or row.at != act[-1].at or act[-1].seq in borders):
            yield act
            act = []
        act.append(row)
    if act:
        yield act


def _frames(rows: Iterable[Row[Any]], board: _Board, names: Mapping[str, str]) -> Iterator[Frame]:
    for act in _acts(rows, {s.left.last_entry for s in board.versions.stretches if s.left}):
        carried = _carried(board, act)
        for row in act:
            _follow(board, row, names)
        told = next((row for action in _TOLD for row in act if row.action == action), act[0])
        passed = dict.fromkeys(e for row in act if row.action == "process_moved" for e in row.details["passed"])
        board.passed |= passed
        element = board.versions.element(told.element_id, told.seq)
        yield Frame(
            seq=act[-1].seq,
            at=told.at,
            action=told.action,
            element_id=told.element_id,
            element_name=element.name if element else "",
            element_name_en=(element.name_en or element.name) if element else "",
            is_initiative=element is not None and element.is_discretionary,
            details=told.details,
            version=board.on.version,
            last_entry=board.on.left.last_entry if board.on.left else None,
            carried=carried,
            actor=told.actor,
            actor_name=names.get(told.actor, told.actor),
            passed=tuple(passed),
            current=board.current,
            failed=tuple(board.failed),
        )


def _carried(board: _Board, act: list[Row[Any]]) -> tuple[str, ...] | None:
    stretch = board.versions.at(act[0].seq)
    if stretch is board.on:
        return None
    choices = next((row.details["choices"] for row in act if row.action == "case_migrated"), {})
    return board.change_to(stretch, choices)


def _follow(board: _Board, row: Row[Any], names: Mapping[str, str]) -> None:
    element = board.process.elements.get(row.element_id or "")
    key = row.task_id or str(row.details.get("clock", ""))
    if row.action in _ENDED:
        board.tokens.pop(key, None)
    elif row.action in _OVER:
        board.tokens.clear()
        board.stage = None
    elif row.action == "stage_entered":
        board.stage = row.element_id
    elif element is not None and not element.is_discretionary:
        _place(board, row, key, names)


def _place(board: _Board, row: Row[Any], key: str, names: Mapping[str, str]) -> None:
    assert row.element_id is not None
    holder = {"task_opened": "", "task_released": "", "task_claimed": row.actor, "task_taken_back": row.actor}
    holder |= dict.fromkeys(_GIVEN, str(row.details.get("assignee", "")))
    if row.action in holder:
        label = names.get(holder[row.action], holder[row.action])
        board.tokens[key] = TokenMark(row.element_id, label, "task")
    elif row.action in _BEGUN and board.process.elements[row.element_id].type == "intermediateCatchEvent":
        board.tokens[key] = TokenMark(row.element_id, str(row.details.get("due_on", "")), "clock")
    elif row.action == "incident_opened":
        board.failed.append(row.element_id)
    elif row.action == "incident_resolved" and row.element_id in board.failed:
        board.failed.remove(row.element_id)
