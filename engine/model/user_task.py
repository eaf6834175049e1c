from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.actor import Absent, Actor
from engine.model.base_model import ExactJson, Id, Model, UtcDateTime, new_id
from engine.model.cosignature import IsCosignature, NotACosignature, SignaturesAwaited, TaskHandedIn
from engine.model.task_refusals import (
    HasTheTask,
    HeldForAnother,
    NotOfferedByName,
    NotTheAssignee,
    NotTheOwner,
    OwnTask,
    StandInOver,
    TaskAlreadyClaimed,
    TaskDelegated,
    TaskDiscretionary,
    TaskNotClaimed,
    TaskNotDelegated,
    TaskNotOpen,
    UrgedRecently,
)

COOLING = timedelta(hours=4)


class TaskState(StrEnum):
    OPEN = "open"
    CLAIMED = "claimed"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


# Open tasks are one in twenty of all there ever were; a partial index holds nothing else.
_OWED = {
    "postgresql_where": text("state IN ('open', 'claimed') AND discretionary IS false"),
    "sqlite_where": text("state IN ('open', 'claimed') AND discretionary IS 0"),
}
_FOR_ANOTHER = {
    "postgresql_where": text("on_behalf_of_id IS NOT NULL"),
    "sqlite_where": text("on_behalf_of_id IS NOT NULL"),
}
_PUT_OFF = {"postgresql_where": text("follow_up_at IS NOT NULL"), "sqlite_where": text("follow_up_at IS NOT NULL")}


class UserTask(Model):
    """Work that waits for one person."""

    __tablename__ = "user_task"
    __table_args__ = (
        CheckConstraint("(state = 'completed') = (completed_at IS NOT NULL)", name="completed_has_time"),
        CheckConstraint("state <> 'claimed' OR assignee_id IS NOT NULL", name="claimed_has_assignee"),
        Index(None, "case_id", "state"),
        Index(None, "assignee_id", "state", "due_at", "id"),
        # Whole queues are read from these alone (decision 0014): what a filter asks for is in them.
        Index("ix_user_task_done", "completed_by_id", "completed_at", "id", "case_id", "stage", "name"),
        Index(
            "ix_user_task_due",
            "due_at", "id", "case_id", "state", "assignee_id", "stage", "element_id", "created_at", "name", **_OWED,
        ),
        Index("ix_user_task_new", "created_at", "id", "case_id", "state", "assignee_id", **_OWED),
        Index("ix_user_task_follow_up", "follow_up_at", **_PUT_OFF),
        Index("ix_user_task_for_another", "on_behalf_of_id", "state", "assignee_id", **_FOR_ANOTHER),
    )  # fmt: skip

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"))
    step_id: Mapped[str] = mapped_column(Id)
    element_id: Mapped[str] = mapped_column(String(100))
    name: Mapped[str] = mapped_column(String(200))
    form: Mapped[str | None] = mapped_column(String(100))
    stage: Mapped[str | None] = mapped_column(String(100))
    state: Mapped[str] = mapped_column(String(16), default=TaskState.OPEN)
    assignee_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    # Who answers for the task while the assignee works on it for them (委派).
    owner_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)
    # Who is away while the assignee stands in for them (代理); whether they had taken the task themselves before.
    on_behalf_of_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    taken_over: Mapped[bool] = mapped_column(default=False)
    candidate_groups: Mapped[list[str]] = mapped_column(ExactJson, default=list)
    # Ids of the people to whom it is offered by name, and who have not declined it.
    candidate_users: Mapped[list[str]] = mapped_column(ExactJson, default=list)
    four_eyes: Mapped[str | None] = mapped_column(String(100))
    # Nobody has to do it: those to whom it is offered may, for as long as the process listens.
    discretionary: Mapped[bool] = mapped_column(default=False)
    priority: Mapped[int] = mapped_column(default=50)
    # Tasks without a deadline sort last; a real date keeps keyset paging free of NULL rules.
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    follow_up_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # When the meeting begins that this task is about: it stands in the calendars of the case's people.
    meeting_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    meeting_place: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    completed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    completed_by_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    urged_count: Mapped[int] = mapped_column(default=0)
    urged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Somebody went back behind this task after it was completed: its answers are kept, but do not count any more.
    superseded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # It was opened because somebody sent the case back to it, or took back what they had handed in.
    returned_by_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    return_reason: Mapped[str | None] = mapped_column(String(500))
    # It asks somebody to sign this other task of the same step (加签, see `engine.model.cosignature`).
    principal_id: Mapped[str | None] = mapped_column(ForeignKey("user_task.id"), index=True)
    # How many are still to sign it, by mode; kept beside it so that nobody has to count.
    signatures_awaited: Mapped[dict[str, int]] = mapped_column(ExactJson, default=dict)
    # Its draft is final and lies with those who sign it afterwards.
    handed_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    draft: Mapped[dict[str, Any] | None] = mapped_column(ExactJson)
    draft_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lock_version: Mapped[int] = mapped_column()

    __mapper_args__: ClassVar[dict[str, Any]] = {"version_id_col": lock_version}

    def claim(self, *, by: Actor, at: datetime, for_: Absent | None = None) -> None:
        """`for_` is away, and `by` acts for them; then a task that they had taken can be taken over."""
        self.must_be_open()
        self.must_be_somebodys()
        if self.assignee_id == by.person_id:
            return
        is_theirs = for_ is not None and self.assignee_id == for_.person_id and self.on_behalf_of_id is None
        if self.assignee_id is not None and not is_theirs:
            raise TaskAlreadyClaimed()
        owner = self.owner_id
        self.assign(person_id=by.person_id, at=at)
        if for_ is not None:
            self.on_behalf_of_id, self.taken_over, self.owner_id = for_.person_id, is_theirs, owner

    def assign(self, *, person_id: str, at: datetime) -> None:
        self.must_be_open()
        self.must_be_somebodys()
        self.must_be_principal()
        self.state, self.assignee_id, self.claimed_at, self.owner_id = TaskState.CLAIMED, person_id, at, None
        self.on_behalf_of_id, self.taken_over = None, False

    def pass_on(self, *, to: str, by: Actor, at: datetime) -> None:
        """Give a task that one has to another person, for good."""
        self._must_be_free_to_give(to=to, by=by)
        self.assign(person_id=to, at=at)

    def delegate(self, *, to: str, by: Actor, at: datetime) -> None:
        """Let another person do the work; who delegates still answers for it, and hands it in."""
        self._must_be_free_to_give(to=to, by=by)
        self.assign(person_id=to, at=at)
        self.owner_id = by.person_id

    def hand_back(self, *, by: Actor, at: datetime) -> str:
        """The work is done: back to who answers for it; gives that person's id."""
        self.must_be_held(by=by)
        return self._go_home(at=at)

    def take_back(self, *, by: Actor, at: datetime) -> None:
        """End a delegation without waiting for the other person."""
        self.must_be_open()
        if self.owner_id is not None and self.owner_id != by.person_id:
            raise NotTheOwner()
        self._go_home(at=at)

    def urge(self, *, by: Actor, at: datetime) -> None:
        self.must_be_open()
        self.must_be_somebodys()
        if self.assignee_id == by.person_id:
            raise OwnTask()
        if self.urged_at is not None and at < self.urged_at + COOLING:
            raise UrgedRecently(until=(self.urged_at + COOLING).isoformat())
        self.urged_count, self.urged_at = self.urged_count + 1, at

    def take_up(self, *, by: Actor, at: datetime, for_: Absent | None = None) -> None:
        """Begin and do a discretionary task in one go."""
        self.must_be_open()
        self.state, self.assignee_id, self.claimed_at = TaskState.CLAIMED, by.person_id, at
        self.on_behalf_of_id = for_.person_id if for_ else None

    def must_be_somebodys(self) -> None:
        if self.discretionary:
            raise TaskDiscretionary()

    def release(self, *, by: Actor, at: datetime) -> None:
        self.must_be_held(by=by)
        self.must_not_be_delegated()
        self.must_be_principal()
        self.must_not_be_handed_in()
        self.put_back(at=at)

    def put_back(self, *, at: datetime) -> None:
        """To who had it before somebody stood in for them, else to all to whom it is offered."""
        away, owner = self.on_behalf_of_id, self.owner_id
        if away is None or not self.taken_over:
            self.let_go()
        else:
            self.assign(person_id=away, at=at)
            self.owner_id = owner

    def let_go(self) -> None:
        """Nobody has it any more, whoever had it and whoever answered for it."""
        self.owner_id, self.on_behalf_of_id, self.taken_over = None, None, False
        self.state, self.assignee_id, self.claimed_at = TaskState.OPEN, None, None

    def decline(self, *, by: Actor) -> None:
        """Who was offered the task by name, or took it after that, does not want it. Raises NotOfferedByName."""
        self.must_be_open()
        if by.person_id not in self.candidate_users:
            raise NotOfferedByName()
        if self.assignee_id == by.person_id:
            self.must_not_be_delegated()
            self.let_go()
        self.candidate_users = [person for person in self.candidate_users if person != by.person_id]

    @property
    def is_offered_to_nobody(self) -> bool:
        return not self.candidate_groups and not self.candidate_users and self.assignee_id is None

    def save_draft(self, *, answers: dict[str, Any], by: Actor, at: datetime) -> None:
        self.must_be_held(by=by)
        self.must_be_principal()
        self.must_be_writable()
        self.draft, self.draft_at = answers, at

    def hand_in(self, *, answers: dict[str, Any], at: datetime) -> None:
        """The answers go to those who sign them; the step waits."""
        self.draft, self.draft_at, self.handed_in_at = answers, at, at

    def complete(self, *, by: Actor, at: datetime) -> None:
        self.must_be_held(by=by)
        self.must_not_be_delegated()
        self.must_be_principal()
        if any(self.signatures_awaited.values()):
            raise SignaturesAwaited()
        self._end_by(by, at)
        self.draft, self.handed_in_at = None, None

    def sign_off(self, *, by: Actor, at: datetime) -> None:
        """Whoever was asked to sign another task has."""
        self.must_be_held(by=by)
        if self.principal_id is None:
            raise NotACosignature()
        self._end_by(by, at)

    def _end_by(self, by: Actor, at: datetime) -> None:
        self.state, self.completed_at, self.completed_by_id = TaskState.COMPLETED, at, by.person_id

    def cancel(self) -> None:
        self.state, self.handed_in_at = TaskState.CANCELLED, None

    def must_be_open(self) -> None:
        if self.state not in (TaskState.OPEN, TaskState.CLAIMED):
            raise TaskNotOpen(state=self.state)

    def must_be_held(self, *, by: Actor) -> None:
        self.must_be_open()
        if self.assignee_id is None:
            raise TaskNotClaimed()
        if self.assignee_id != by.person_id:
            raise NotTheAssignee()
        if self.on_behalf_of_id is not None and by.absent_of(self.on_behalf_of_id) is None:
            raise StandInOver()

    def must_not_be_delegated(self) -> None:
        if self.owner_id is not None:
            raise TaskDelegated()

    def must_be_principal(self) -> None:
        if self.principal_id is not None:
            raise IsCosignature()

    def must_be_writable(self) -> None:
        """Nobody writes while those are awaited who sign beforehand, or what they sign afterwards."""
        self.must_not_be_handed_in()
        if self.awaits("before"):
            raise SignaturesAwaited()

    def must_not_be_handed_in(self) -> None:
        if self.handed_in_at is not None:
            raise TaskHandedIn()

    def awaits(self, *modes: str) -> int:
        """How many are still to sign in these ways."""
        return sum(self.signatures_awaited.get(mode, 0) for mode in modes)

    def _must_be_free_to_give(self, *, to: str, by: Actor) -> None:
        self.must_be_held(by=by)
        self.must_not_be_delegated()
        if self.on_behalf_of_id is not None:
            raise HeldForAnother()
        self.must_not_be_handed_in()
        if to == by.person_id:
            raise HasTheTask()

    def _go_home(self, *, at: datetime) -> str:
        owner = self.owner_id
        if owner is None:
            raise TaskNotDelegated()
        self.assign(person_id=owner, at=at)
        return owner
