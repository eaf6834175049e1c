"""Which tests go to one process together, and which go first, when several processes share the suite.

The groups of pytest-xdist itself are not used: pytest 9.2 loses them (pytest-dev/pytest-xdist#1386).
"""

from xdist.scheduler import LoadScopeScheduling

BROWSER = "browser"
STORIES = "stories"
_LONGEST_FIRST = (BROWSER, f"{STORIES}-sqlite", f"{STORIES}-postgresql")


class TogetherByGroup(LoadScopeScheduling):  # type: ignore[misc]
    """Groups are handed out in the order of the collection, so that no process waits for a long one at the end."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)


def group_of(nodeid: str) -> str:
    """One browser is enough; stories of one kind of database know what they have played; files prepare things once."""
    path, _, test = nodeid.partition("::")
    if path.startswith("tests/journeys/") or "[chromium" in test:
        return BROWSER
    if path == "tests/bpmn/test_scenarios.py":
        return f"{STORIES}-{'postgresql' if 'postgresql' in test else 'sqlite'}"
    return path


def place_of(nodeid: str) -> int:
    """What takes long comes first."""
    group = group_of(nodeid)
    return _LONGEST_FIRST.index(group) if group in _LONGEST_FIRST else len(_LONGEST_FIRST)
