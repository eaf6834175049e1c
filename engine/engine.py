"""The one door: every change is a command in one transaction, with its history; every question is a read."""

import logging
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import uniform
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import history
from engine.actor import SYSTEM, Actor
from engine.ballots.casting import Casting
from engine.ballots.safe import KeySafe
from engine.catalogue import Catalogue
from engine.command import Command
from engine.commands.fire_clock import FireClock
from engine.commands.move_training_clock import MoveTrainingClock
from engine.commands.seal_history import SealHistory
from engine.database import Database, is_worth_a_retry
from engine.documents import DocumentStore
from engine.errors import Conflict, EngineError
from engine.history import Act
from engine.kept_replies import Reply
from engine.model import LoginSession, TrainingClock
from engine.post import Post
from engine.queries.due import due_clocks
from engine.queries.login import login_of
from engine.scanning import NoScanner, Scanner
from engine.sealing import sealing_key
from engine.services import Errand, Service
from engine.work import CITY_TIME, ClocksDue, Work

R = TypeVar("R")
log = logging.getLogger(__name__)
_AHEAD = select(TrainingClock.offset_seconds).where(TrainingClock.id == 1)
TRIES = 5
MOST_ROUNDS_OF_CLOCKS = 50
MOST_CLOCKS_ON_THE_WAY = 10_000
STUCK_SECONDS = 600.0
SEEN_EVERY = timedelta(minutes=5)


class Busy(Conflict):
    """Others are working on the same case; nothing was changed, try again."""


class Engine:
    """`clock` gives the real time; in demo mode the training clock runs ahead of it."""

    def __init__(
        self,
        database: Database,
        *,
        services: Mapping[str, Service],
        data_dir: Path,
        is_demo: bool = False,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        scanner: Scanner | None = None,
        post: Post | None = None,
    ) -> None:
        self.database = database
        self.catalogue = Catalogue()
        self.documents = DocumentStore(data_dir / "documents")
        self.services = dict(services)
        self.errands: dict[str, Errand] = {}  # by kind of job
        self.safe = KeySafe(data_dir)
        self.casting = Casting(database, self.safe, now=self.now)
        self.data_dir = data_dir
        self.is_demo = is_demo
        self.direct_deployment = True  # whether designers may deploy without a second person
        self.scanner = scanner or NoScanner()
        self.post = post
        self._clock = clock
        self._stuck = _Stuck()

    def run(
        self, command: Command[R], *, actor: Actor, idempotency_key: str | None = None, fingerprint: str | None = None
    ) -> R:
        """All or nothing, and a line in the history either way. Raises the command's EngineError, or Busy."""
        self._prepare(command, actor)
        reply = Reply(actor, idempotency_key, fingerprint or "")
        rounds = tries = 0
        while True:
            try:
                result = self._once(command, actor=actor, reply=reply)
                break
            except ClocksDue as due:
                rounds += 1
                if self._fire(due.clock_ids).stuck or rounds > MOST_ROUNDS_OF_CLOCKS:
                    raise Busy() from due
            except EngineError as refusal:
                self._note_refusal(command, actor=actor, refusal=refusal)
                raise
            except Exception as conflict:
                tries += 1
                if not is_worth_a_retry(conflict) or tries >= TRIES:
                    raise
                time.sleep(uniform(0.01, 0.05) * 2**tries)  # noqa: S311 - a pause, not a secret
        if isinstance(result, EngineError):
            raise result  # a refusal whose traces had to be kept, such as a wrong password
        return result

    def try_out(self, command: Command[Any], *, actor: Actor) -> EngineError | None:
        """What a command would be refused with now; whatever it does is taken back."""

        def execute(work: Work) -> None:
            command.execute(work)
            work.session.flush()

        try:
            self._rehearse(execute, actor=actor)
        except EngineError as refusal:
            return refusal
        return None

    def foresee(self, command: Any, *, actor: Actor) -> Any:
        """What a command would do (`command.foresee`), under its locks; nothing of it is kept."""

        def foresee(work: Work) -> Any:
            with work.session.no_autoflush:
                return command.foresee(work)

        return self._rehearse(foresee, actor=actor)

    def _rehearse(self, act: Callable[[Work], R], *, actor: Actor) -> R:
        """In a transaction that is never committed."""
        for _ in range(MOST_ROUNDS_OF_CLOCKS):
            try:
                with self.database.writing() as session:
                    return act(self._work(session, actor))
            except ClocksDue as due:
                if self._fire(due.clock_ids).stuck:
                    break
        raise Busy()

    def _prepare(self, command: Command[Any], actor: Actor) -> None:
        """Before the transaction: what takes its time, while others wait for no locks."""
        for content in command.uploads():
            self.scanner.check(content)
        try:
            command.prepare(actor)
        except EngineError as refusal:
            self._note_refusal(command, actor=actor, refusal=refusal)
            raise

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A read-only session for queries."""
        with self.database.reading() as session:
            yield session

    def now(self) -> datetime:
        if not self.is_demo:
            return self._clock()
        with self.reading() as session:
            return self._now(session)

    def authenticate(self, token: str) -> Actor | None:
        """Whose login token this is; None when it is unknown, ended or too old."""
        with self.reading() as session:
            now = self._now(session)
            found = login_of(session, token, today=now.astimezone(CITY_TIME).date())
        if found is None or not found.is_valid(at=now):
            return None
        if now - found.last_seen_at > SEEN_EVERY:
            self._see(found.actor.session_id or "", now)
        return found.actor

    def advance_training_clock(self, duration: timedelta, *, actor: Actor) -> tuple[datetime, int]:
        """Demo mode: go ahead in time and fire everything on the way at its own moment. Gives (now, clocks fired)."""
        target = self.now() + duration
        fired, stuck = 0, frozenset[str]()
        for _ in range(MOST_CLOCKS_ON_THE_WAY):
            due = self._next_due(before=target, without=stuck)
            if due is None:
                break
            self.run(MoveTrainingClock(duration=max(timedelta(0), due[1] - self.now())), actor=actor)
            outcome = self._fire((due[0],))
            fired, stuck = fired + outcome.fired, stuck | outcome.stuck
        self.run(MoveTrainingClock(duration=max(timedelta(0), target - self.now())), actor=actor)
        return self.now(), fired

    def seal_history(self) -> str | None:
        """Sign what history has gained since the last seal; gives the Merkle root, None when there is nothing new."""
        return self.run(SealHistory(key=sealing_key(self.data_dir)), actor=SYSTEM)

    def fire_due_clocks(self, *, limit: int = 500) -> int:
        """Fire what has run out, the earliest first; a case that cannot go on does not stop the others."""
        with self.reading() as session:
            due = due_clocks(session, now=self._now(session), limit=limit, without=self._stuck.now())
        outcome = self._fire(tuple(clock_id for clock_id, _ in due))
        self._stuck.add(outcome.stuck)
        return outcome.fired

    def _next_due(self, *, before: datetime, without: Collection[str]) -> tuple[str, datetime] | None:
        with self.reading() as session:
            return next(iter(due_clocks(session, now=before, limit=1, without=without)), None)

    def _once(self, command: Command[R], *, actor: Actor, reply: Reply) -> R:
        with self.database.writing.begin() as session:
            kept = reply.find(session)
            if kept is not None:
                return command.revive(kept.result)
            work = self._work(session, actor)
            result = command.execute(work)
            history.write(session, work.acts, at=work.now)
            if not isinstance(result, EngineError):
                reply.keep(session, command.keep(result) if reply.key else None, at=work.now)
            return result

    def _work(self, session: Session, actor: Actor) -> Work:
        return Work(
            session=session,
            catalogue=self.catalogue,
            actor=actor,
            now=self._now(session),
            documents=self.documents,
            services=self.services,
            safe=self.safe,
            is_demo=self.is_demo,
            mail_domain=self.post.domain if self.post else "",
            direct_deployment=self.direct_deployment,
        )

    def _now(self, session: Session) -> datetime:
        if not self.is_demo:
            return self._clock()
        ahead = session.scalar(_AHEAD) or 0
        return self._clock() + timedelta(seconds=ahead)

    def _fire(self, clock_ids: tuple[str, ...]) -> "_Fired":
        fired, stuck = 0, set()
        for clock_id in clock_ids:
            try:
                self.run(FireClock(clock_id=clock_id), actor=SYSTEM)
                fired += 1
            except Conflict:
                continue  # somebody else fired it, or an earlier one made it pointless
            except Exception:
                log.exception("clock %s could not be fired", clock_id)
                stuck.add(clock_id)
        return _Fired(fired, frozenset(stuck))

    def _note_refusal(self, command: Command[Any], *, actor: Actor, refusal: EngineError) -> None:
        if not command.is_recorded_when_refused:
            return
        facts = {"command": type(command).__name__, "code": refusal.code, **command.about()}
        act = Act(action="refused", actor=actor.username, details=facts)
        with self.database.writing.begin() as session:
            history.write(session, [act], at=self._now(session))

    def _see(self, session_id: str, now: datetime) -> None:
        with self.database.writing.begin() as session:
            login = session.get(LoginSession, session_id)
            if login is not None:
                login.last_seen_at = now


@dataclass(frozen=True)
class _Fired:
    """`stuck` are clocks whose case could not go on."""

    fired: int
    stuck: frozenset[str]


class _Stuck:
    """Clocks of broken cases: left alone for a while, so that they never crowd out the others."""

    def __init__(self) -> None:
        self._until: dict[str, float] = {}

    def now(self) -> frozenset[str]:
        moment = time.monotonic()
        self._until = {clock_id: until for clock_id, until in self._until.items() if until > moment}
        return frozenset(self._until)

    def add(self, clock_ids: Iterable[str]) -> None:
        self._until.update(dict.fromkeys(clock_ids, time.monotonic() + STUCK_SECONDS))
