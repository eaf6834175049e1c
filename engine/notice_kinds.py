"""What somebody can be told, and the ways in which it reaches them by mail."""

from enum import StrEnum


class Way(StrEnum):
    """How a notice goes by mail; BY_CLOCK means at once when little time is left, else with the daily digest."""

    BY_CLOCK = "by_clock"
    AT_ONCE = "at_once"
    DIGEST = "digest"
    OFF = "off"


KINDS = (
    "task_opened", "task_assigned", "task_urged", "task_handed_back", "task_returned", "task_withdrawn",
    "cosign_asked", "cosign_ended", "cosign_answered", "cosign_brought_back", "cosign_completed", "cosigner_left",
    "clock_reminder", "clock_fired", "process_notice", "copy_received", "mentioned", "clause_news",
    "ballot_opened", "ballot_reminder", "ballot_to_watch", "ballot_to_close", "survey_opened", "survey_reminder",
    "demand_opened", "party_left", "stand_in_named", "stand_in_ended", "incident", "roster_ended",
    "expert_ending", "draft_submitted", "draft_returned", "draft_published", "draft_not_published",
)  # fmt: skip
# What arrives for somebody who is away, and is told to who stands in for them as well.
PASSED_ON = frozenset(
    {
        "task_opened", "task_assigned", "task_urged", "task_handed_back", "task_returned", "task_withdrawn",
        "clock_reminder", "clock_fired", "process_notice",
    }
)  # fmt: skip
# What a process tells its people officially: where the mailbox was named for service, it cannot be switched off.
REQUIRED = frozenset({"process_notice"})
# Who was told these stands nowhere but with them: whoever is reminded of a vote has not taken part, and what one
# side writes to itself, or sends to be read, is its own affair.
CONFIDENTIAL = frozenset(
    {
        "ballot_opened", "ballot_reminder", "survey_opened", "survey_reminder", "demand_opened", "mentioned",
        "copy_received", "clause_news", "incident",
    }
)  # fmt: skip


def way_of(kind: str, wishes: dict[str, str]) -> Way:
    """What was wished for; what was not chosen goes by the clock."""
    way = Way(wishes.get(kind, Way.BY_CLOCK))
    return Way.BY_CLOCK if way == Way.OFF and kind in REQUIRED else way
