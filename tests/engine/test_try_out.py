"""What would become of a command is found out by doing it and taking it back."""

from engine.commands.claim_task import ClaimTask
from engine.commands.release_task import ReleaseTask
from engine.model import HistoryEntry, UserTask
from tests.engine.batches import plans
from tests.engine.conftest import Visits


def test_a_trial_says_what_the_rules_say_and_changes_nothing(visits: Visits) -> None:
    (task_id,) = plans(visits, 1)
    engine, hr = visits.city.engine, visits.city.actor("hr")
    before = len(visits.city.rows(HistoryEntry))

    good = engine.try_out(ClaimTask(task_id=task_id), actor=hr)
    bad = engine.try_out(ReleaseTask(task_id=task_id), actor=hr)
    unseen = engine.try_out(ClaimTask(task_id=task_id), actor=visits.city.actor("boss2"))

    assert good is None
    assert [refusal.code for refusal in (bad, unseen) if refusal] == ["task_not_claimed", "task_not_found"]
    assert len(visits.city.rows(HistoryEntry)) == before
    assert visits.city.rows(UserTask, UserTask.id == task_id)[0].state == "open"
