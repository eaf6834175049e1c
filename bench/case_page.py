"""The page of a case with 2,000 events, tab by tab, as the server makes it; against its history by primary key."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from werkzeug.test import Client

from bench.measuring import progress, ratio, summary, wall_ms, watched
from bench.workplace import Workplace, workplace
from engine.commands.complete_task import CompleteTask
from engine.model import Case, HistoryEntry

EVENTS = 2_000
REPEATS = 30
SESSION_COOKIE = "tongban_session"
TABS = {"overview": "", "timeline": "/timeline", "diagram": "/diagram", "film": "/film", "audit": "/audit"}


def measure(*, scale: float = 1.0) -> dict[str, Any]:
    events, repeats = max(40, round(EVENTS * scale)), max(3, round(REPEATS * scale))
    with workplace("rounds") as place:
        case_id = place.start("rounds")
        written = _filled(place, case_id, events)
        browser = Client(place.app)
        browser.set_cookie(SESSION_COOKIE, place.token)
        tabs = {tab: _page(browser, f"/cases/{case_id}{path}") for tab, path in TABS.items()}
        times = {tab: summary([wall_ms(page) for _ in range(repeats)]) for tab, page in tabs.items()}
        statements = {tab: _statements(place, page) for tab, page in tabs.items()}
        floor = summary([wall_ms(lambda: _by_key(place, case_id)) for _ in range(repeats)])
    slowest = max(times, key=lambda tab: times[tab]["p95"])
    return {
        "events": written,
        "wall_ms": times,
        "statements": statements,
        "floor": {"what": "50 entries of the history by primary key", "wall_ms": floor},
        "ratio": ratio(times[slowest]["p95"], floor["p95"]),
        "goal": {"any_p95_ms": 300},
    }


def _filled(place: Workplace, case_id: str, events: int) -> int:
    """Rounds until the history is as long; gives its length."""
    written = _length(place, case_id)
    a_round = 0
    while written < events:
        for _ in progress(range(max(1, (events - written) // max(1, a_round or 4))), "rounds"):
            place.engine.run(CompleteTask(task_id=place.claimed_task(case_id), answers={"again": True}), actor=place.hr)
        before, written = written, _length(place, case_id)
        a_round = max(1, written - before)
    return written


def _length(place: Workplace, case_id: str) -> int:
    with place.engine.reading() as session:
        return session.get_one(Case, case_id).history_seq


def _by_key(place: Workplace, case_id: str) -> None:
    with place.engine.reading() as session:
        entries = select(HistoryEntry).where(HistoryEntry.stream == case_id).order_by(HistoryEntry.seq)
        session.scalars(entries.limit(50)).all()


def _page(browser: Client, path: str) -> Callable[[], None]:
    def ask() -> None:
        answer = browser.get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{path}: {answer.status}")

    return ask


def _statements(place: Workplace, page: Callable[[], None]) -> int:
    with watched(place.engine.database.engine) as seen:
        page()
    return seen.statements
