"""Computes what asking people to sign, or taking one off again, would change. It changes nothing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from engine.case_work import CaseWork
from engine.cosigning import requests
from engine.cosigning.eligible import problems
from engine.cosigning.plan import CosignPlan, Outcome, RunningClock, Signer
from engine.errors import Problem
from engine.model import Cosignature, Person, UserTask
from engine.model.clock import ClockState
from engine.model.cosignature import CosignMode
from engine.parties import sees_all

MOST_SIGNERS = 20


@dataclass
class CosignPlanner:
    """Of one task of a locked case."""

    folder: CaseWork
    task: UserTask

    def asking(self, usernames: Sequence[str], *, mode: str, question: str) -> CosignPlan:
        wanted = list(dict.fromkeys(usernames))
        found = self._people(wanted)
        wrong = (*_unfit(wanted, mode, question), *problems(self.folder, self.task, found))
        signers = tuple(self._signer(person, mode) for person in found.values() if person is not None)
        return self._plan("ask", signers, self._after_asking(mode), problems=wrong)

    def removing(self, row: Cosignature) -> CosignPlan:
        person = self.folder.work.session.get_one(Person, row.person_id)
        signer = Signer(person.id, person.username, person.name, row.mode)
        return self._plan("remove", (signer,), self._after_removing(row), left_out=row.id)

    def people(self, usernames: Sequence[str]) -> list[Person]:
        """The people named, each once."""
        return [p for p in self._people(list(dict.fromkeys(usernames))).values() if p is not None]

    def _plan(
        self,
        kind: str,
        signers: tuple[Signer, ...],
        outcome: Outcome,
        *,
        left_out: str = "",
        problems: tuple[Problem, ...] = (),
    ) -> CosignPlan:
        others = [row for row in requests.awaited(self.folder, [self.task]) if row.id != left_out]
        return CosignPlan(
            kind=kind,  # type: ignore[arg-type]
            task_id=self.task.id,
            signers=signers,
            outcome=outcome,
            awaited=tuple(requests.names_of(self.folder, others)),
            clocks=tuple(self._clocks()),
            told=self._told(signers, left_out),
            shows_draft=kind == "ask" and bool(self.task.draft),
            problems=problems,
        )

    def _after_asking(self, mode: str) -> Outcome:
        return "waits_after_hand_in" if mode == CosignMode.AFTER else "waits"

    def _after_removing(self, row: Cosignature) -> Outcome:
        """Whether somebody else is still awaited in the same way decides."""
        task = self.task
        if row.mode == CosignMode.AFTER:
            is_last = task.handed_in_at is not None and task.awaits(CosignMode.AFTER) == 1
            return "completes" if is_last else "goes_on"
        return "free" if task.awaits(CosignMode.BEFORE, CosignMode.PARALLEL) == 1 else "waits"

    def _signer(self, person: Person, mode: str) -> Signer:
        is_new = not sees_all(self.folder, person.as_actor())
        return Signer(person.id, person.username, person.name, mode, reads_case=is_new)

    def _clocks(self) -> Iterator[RunningClock]:
        """Those of the task and those that watch it or the part of the case that it lies in."""
        process = self.folder.bundle.process
        for clock in self.folder.clocks:
            watches = clock.step_id is not None and process.watches(clock.element_id, self.task.element_id)
            if clock.state == ClockState.RUNNING and (clock.task_id == self.task.id or watches):
                name = clock.basis.get("name") or {}
                zh = str(name.get("zh") or "")
                yield RunningClock(clock.id, zh, str(name.get("en") or zh), clock.due_on)

    def _told(self, signers: Iterable[Signer], left_out: str) -> dict[str, str]:
        """Names by id. Who is planned for later hears of it when they are asked."""
        row = self.folder.work.session.get(Cosignature, left_out) if left_out else None
        if row is not None:
            return {s.person_id: s.name for s in signers} if row.task_id else {}
        return {s.person_id: s.name for s in signers if s.mode != CosignMode.AFTER}

    def _people(self, usernames: Sequence[str]) -> dict[str, Person | None]:
        query = select(Person).where(Person.username.in_(usernames)).options(selectinload(Person.memberships))
        found = {person.username: person for person in self.folder.work.session.scalars(query)}
        return {username: found.get(username) for username in usernames}


def _unfit(wanted: Sequence[str], mode: str, question: str) -> Iterator[Problem]:
    if not wanted:
        yield Problem(path="to", code="required")
    if len(wanted) > MOST_SIGNERS:
        yield Problem(path="to", code="too_many_items", params={"limit": MOST_SIGNERS})
    if mode not in set(CosignMode):
        yield Problem(path="mode", code="not_an_option")
    if len(question) > 500:
        yield Problem(path="question", code="too_long", params={"limit": 500})
