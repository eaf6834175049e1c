"""What this person can do next in the same case."""

from engine.queries.worklist import TaskFilter, worklist
from web import door


def next_task(case_id: str) -> str | None:
    """The id of a task that this person has or could take."""
    with door.reading() as session:
        for view in ("mine", "claimable"):
            found = worklist(
                session, door.actor(), filters=TaskFilter(view=view, case_id=case_id),
                catalogue=door.engine().catalogue, now=door.now(), limit=1,
            )  # fmt: skip
            if found.items:
                return found.items[0].id
    return None
