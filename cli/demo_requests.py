"""`tongban demo --city`: requests of 五师助企 of the last three months, in all stages, as they were lived day by day.

All stories share one time line, so that everybody has the work at hand that they had that day.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from heapq import heapify, heappop, heappush
from pathlib import Path
from typing import Any

import yaml

from cli.past import Past, WorkingHours, work_off
from cli.request_story import PROCESS, Around, RequestStory
from cli.townspeople import Townspeople
from engine.engine import Engine
from engine.queries.actors import actors
from engine.queries.cases import CaseFilter, cases

STORIES = Path(__file__).resolve().parent.parent / "seeds" / "stories"
_UNREAD = 10  # working hours: what people were told before they have read
DAYS = 75  # working days: a quarter of a year, and a little


def read_stories() -> list[dict[str, Any]]:
    files = sorted(STORIES.glob("requests_*.yml"))
    return [story for path in files for story in yaml.CSafeLoader(path.read_text("utf-8")).get_single_data()]


def has_requests(engine: Engine) -> bool:
    """Who oversees all requests sees one."""
    with engine.reading() as session:
        overseer, filters = actors(session)["federation"], CaseFilter(process=PROCESS)
        return bool(cases(session, overseer, filters=filters, catalogue=engine.catalogue, limit=1).items)


def play_requests(engine: Engine, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Iterator[int]:
    """Gives after each story that has come to where it stays how many there are. `clock` is the engine's real time."""
    with engine.reading() as session:
        hours = WorkingHours(engine.catalogue.calendar(session), now=engine.now(), days=DAYS)
    past = Past(engine, clock=clock, begins=hours.moment(0))
    around = Around(past.engine, hours, Townspeople(past.engine))
    stories = [RequestStory(told, number, around) for number, told in enumerate(read_stories())]
    waiting = [(story.begins, story.number) for story in stories]
    heapify(waiting)
    read_until = hours.now - _UNREAD
    while waiting:
        hour, number = heappop(waiting)
        past.go_to(hours.moment(hour))
        if hour >= read_until:
            around.people.read_notices(past.engine)
            read_until = hours.now + 1
        later = stories[number].go_on(hour, fired=past.fired)
        work_off(past.engine)
        if later is None:
            yield len(stories)
        else:
            heappush(waiting, (max(hour, min(later, hours.now)), number))
    past.catch_up()
