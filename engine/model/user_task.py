from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.actor import Actor
from engine.errors import Conflict, NotAllowed
from engine.model.base_model import ExactJson, Id, Model, UtcDateTime, new_id


class TaskNotOpen(Conflict):
    """The task was completed or cancelled before."""


class TaskAlreadyClaimed(Conflict):
    """Somebody else has this task."""


class TaskNotClaimed(Conflict):
    """Nobody has this task; claim it first."""


class NotTheAssignee(NotAllowed):
    """Only the person who claimed a task can do this."""


class NotOfferedByName(NotAllowed):
    """Only a task that is offered to oneself by name can be declined."""


class NotACandidate(NotAllowed):
    """The task is not offered to this person."""


class TaskDiscretionary(Conflict):
    """Nobody takes a discretionary task for himself; whoever starts it hands in its form at once."""


class NotOfferedNow(Conflict):
    """As the case stands, this person may not start this."""


class TaskDelegated(Conflict):
    """Somebody works on this task for another person; it has to be handed back first."""


class TaskNotDelegated(Conflict):
    """Nobody works on this task for another person."""


class NotTheOwner(NotAllowed):
    """Only the person who delegated a task can take it back."""


class HasTheTask(Conflict):
    """This person has the task already."""


class OwnTask(Conflict):
    """Nobody has to be urged to do a task of their own."""


class UrgedRecently(Conflict):
    """This task was urged a short while ago."""


class FourEyes(NotAllowed):
    """The same person did the step that this one checks."""


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
    draft: Mapped[dict[str, Any] | None] = mapped_column(ExactJson)
    draft_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lock_version: Mapped[int] = mapped_column()

    __mapper_args__: ClassVar[dict[str, Any]] = {"version_id_col": lock_version}

    def claim(self, *, by: Actor, at: datetime) -> None:
        self.must_be_open()
        self.must_be_somebodys()
        if self.assignee_id == by.person_id:
            return
        if self.assignee_id is not None:
            raise TaskAlreadyClaimed()
        self.assign(person_id=by.person_id, at=at)

    def assign(self, *, person_id: str, at: datetime) -> None:
        self.must_be_open()
        self.must_be_somebodys()
        self.state, self.assignee_id, self.claimed_at, self.owner_id = TaskState.CLAIMED, person_id, at, None

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

    def take_up(self, *, by: Actor, at: datetime) -> None:
        """Begin and do a discretionary task in one go."""
        self.must_be_open()
        self.state, self.assignee_id, self.claimed_at = TaskState.CLAIMED, by.person_id, at

    def must_be_somebodys(self) -> None:
        if self.discretionary:
            raise TaskDiscretionary()

    def release(self, *, by: Actor) -> None:
        self.must_be_held(by=by)
        self.must_not_be_delegated()
        self.let_go()

    def let_go(self) -> None:
        """Nobody has it any more, whoever had it and whoever answered for it."""
        self.owner_id = None
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
        self.draft, self.draft_at = answers, at

    def complete(self, *, by: Actor, at: datetime) -> None:
        self.must_be_held(by=by)
        self.must_not_be_delegated()
        self.state, self.completed_at, self.completed_by_id = TaskState.COMPLETED, at, by.person_id
        self.draft = None

    def cancel(self) -> None:
        self.state = TaskState.CANCELLED

    def must_be_open(self) -> None:
        if self.state not in (TaskState.OPEN, TaskState.CLAIMED):
            raise TaskNotOpen(state=self.state)

    def must_be_held(self, *, by: Actor) -> None:
        self.must_be_open()
        if self.assignee_id is None:
            raise TaskNotClaimed()
        if self.assignee_id != by.person_id:
            raise NotTheAssignee()

    def must_not_be_delegated(self) -> None:
        if self.owner_id is not None:
            raise TaskDelegated()

    def _must_be_free_to_give(self, *, to: str, by: Actor) -> None:
        self.must_be_held(by=by)
        self.must_not_be_delegated()
        if to == by.person_id:
            raise HasTheTask()

    def _go_home(self, *, at: datetime) -> str:
        owner = self.owner_id
        if owner is None:
            raise TaskNotDelegated()
        self.assign(person_id=owner, at=at)
        return owner


class TaskOffer(Model):
    """An open task is offered to an audience; the rows go when the task ends (see `engine.actor.Actor.audiences`)."""

    __tablename__ = "task_offer"
    __table_args__ = (Index(None, "audience", "task_id"),)

    task_id: Mapped[str] = mapped_column(ForeignKey("user_task.id"), primary_key=True)
    # Never read: it tells the unit of work to write the task before the offer.
    task: Mapped[UserTask] = relationship(lazy="raise")
    audience: Mapped[str] = mapped_column(String(140), primary_key=True)
