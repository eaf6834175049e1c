"""Topics that come up again and again: requests of one category whose titles are alike."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from engine.dispatching.duplicates import ALIKE, runs
from engine.queries.dispatch_board.recent import RecentRequest
from engine.queries.dispatch_board.scope import Board

AGAIN = 3
MOST_SHOWN = 10


@dataclass(frozen=True)
class Topic:
    """`id` is the newest request of the topic, `title` its title; from that one the others are alike."""

    id: str
    title: str
    category: str
    case_ids: tuple[str, ...]
    enterprises: int
    towns: int

    @property
    def count(self) -> int:
        return len(self.case_ids)


def repeat_topics(board: Board, found: Iterable[RecentRequest]) -> tuple[Topic, ...]:
    """Those that came up at least three times in the period, the most frequent first."""
    mine = [one for one in found if board.holds(one.town) and one.created_at >= board.since]
    topics = [_topic(group) for group in _groups(mine) if len(group) >= AGAIN]
    return tuple(sorted(topics, key=lambda one: (-one.count, one.category, one.title, one.id))[:MOST_SHOWN])


def _topic(group: list[RecentRequest]) -> Topic:
    newest = group[0]
    return Topic(
        id=newest.id,
        title=str(newest.values["title"]),
        category=str(newest.values.get("category") or ""),
        case_ids=tuple(one.id for one in group),
        enterprises=len({one.enterprise_id for one in group}),
        towns=len({one.town for one in group}),
    )


@dataclass
class _Category:
    """Leaders by the runs of their titles: a title is compared only with those that share a run with it."""

    groups: list[list[RecentRequest]] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    having: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(self, one: RecentRequest) -> None:
        """To the group whose leader is most alike, else as a leader."""
        own = runs(str(one.values["title"]))
        shared = Counter(number for run in own for number in self.having.get(run, ()))
        alike = {number: n / (len(own) + self.sizes[number] - n) for number, n in shared.items()}
        best = min(alike, key=lambda number: (-alike[number], number), default=None)
        if best is not None and alike[best] >= ALIKE:
            self.groups[best].append(one)
            return
        for run in own:
            self.having[run].append(len(self.groups))
        self.groups.append([one])
        self.sizes.append(len(own))


def _groups(found: Iterable[RecentRequest]) -> list[list[RecentRequest]]:
    categories: defaultdict[str, _Category] = defaultdict(_Category)
    for one in found:
        if one.values.get("title"):
            categories[str(one.values.get("category") or "")].add(one)
    return [group for category in categories.values() for group in category.groups]
