"""Why something cannot be done with a task."""

from engine.errors import Conflict, NotAllowed


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


class HeldForAnother(Conflict):
    """Who stands in for somebody does the task or puts it back; it is not theirs to give to a third person."""


class StandInOver(NotAllowed):
    """This task is held for somebody who was away, and the time of standing in for them is over."""


class FourEyes(NotAllowed):
    """The same person did the step that this one checks."""
