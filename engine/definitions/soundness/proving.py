"""Proves a process level by level: what lies inside an activity first, then what its outcomes mean around it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from engine.definitions.kept import Kept
from engine.definitions.process import Element, Process
from engine.definitions.soundness.content import Digest, digest_of
from engine.definitions.soundness.exploring import Budget, Explored, GaveUp, explore
from engine.definitions.soundness.finding import Finding, Proof, Step
from engine.definitions.soundness.frame import Frames, Outcomes, is_broken_off
from engine.definitions.soundness.level import Level
from engine.definitions.soundness.net import Net, State
from engine.definitions.soundness.staying import may_wait
from engine.definitions.soundness.steps import merge_before, steps_to, tokens_of

Known = tuple[Outcomes, list[Finding]]


def prove(
    main: Process, processes: Mapping[str, Process], budget: Budget | None = None, *, kept: Kept[Known] | None = None
) -> Proof:
    """`processes` are all diagrams of the bundle by key; those that the main one calls are proven with it.

    Levels that did not change since they were `kept` are not looked at again.
    """
    proving = Prover(processes, budget or Budget(), kept=kept)
    try:
        proving.judge(Level(main, main.key, processes), ())
    except GaveUp:
        proving.gave_up = True
    findings = tuple(proving.findings)
    if any(finding.is_certain for finding in findings):
        return Proof("unsound", findings, proving.budget.used)
    return Proof("not_proven" if proving.gave_up else "sound", findings, proving.budget.used)


@dataclass
class Prover:
    """Looks at every level once for all that it means around it."""

    processes: Mapping[str, Process]
    budget: Budget
    findings: list[Finding] = field(default_factory=list)
    gave_up: bool = False
    kept: Kept[Known] | None = None
    _known: dict[tuple[str, Frames], Known] = field(default_factory=dict)
    _digests: dict[str, Digest] = field(default_factory=dict)
    _open: list[str] = field(default_factory=list)

    def judge(self, level: Level, frames: Frames) -> Outcomes:
        """Finds what is wrong in a level and below it; the way to it begins where the outermost level begins."""
        outcomes, found = self._judged(level, frames)
        if not self._open:
            self.findings += _once(found)
        return outcomes

    def _judged(self, level: Level, frames: Frames) -> Known:
        if level.id in self._open or not level.starts:
            return Outcomes(), []
        if (level.id, frames) not in self._known:
            self._open.append(level.id)
            try:
                self._known[level.id, frames] = self._kept_or_looked(level, frames)
            finally:
                self._open.pop()
        return self._known[level.id, frames]

    def _kept_or_looked(self, level: Level, frames: Frames) -> Known:
        if self.kept is None:
            return self._look(level, frames)
        key = (level.id, digest_of(level, self._digests), frames)
        known = self.kept.find(key)
        if known is None:
            known = self._look(level, frames)
            if not self.gave_up:
                self.kept.keep(key, known)
        return known

    def _look(self, level: Level, frames: Frames) -> Known:
        inner = self._inner(level, frames)
        net = Net(level, frames, lambda element: inner[element.id][0])
        runs = [explore(net, net.initial(), self.budget)]
        runs += [explore(net, net.beside(event).after, self.budget) for event in sorted(net.apart)]
        self.gave_up |= any(run.is_cut for run in runs)
        found = [one for run in runs for one in _faults(net, run, is_broken_off(frames))]
        found += self._never_reached(net, runs) if not any(one.is_certain for one in found) else []
        for element_id, (_, findings) in inner.items():
            way = _way_to(net, runs, element_id) if findings else None
            found += [_with_way(finding, *way) for finding in findings] if way else []
        outcomes = _outcomes(runs, faulty=any(one.is_certain for one in found))
        return replace(outcomes, waits=_waits(level, inner)), _each_once(found)

    def net(self, level: Level, frames: Frames) -> Net:
        """The moves of a level, for whoever explores it from a state of their own. Raises GaveUp."""
        inner = self._inner(level, frames)
        return Net(level, frames, lambda element: inner[element.id][0])

    def _inner(self, level: Level, frames: Frames) -> dict[str, Known]:
        """What comes of each activity, and what is wrong in it."""
        inner: dict[str, Known] = {}
        for element in level.elements.values():
            below = level.inside(element) if element.type in ("subProcess", "callActivity") else None
            outcomes, found = self._judged(below, around(level, element, frames)) if below else (Outcomes(), [])
            # A list may be empty, and then nothing inside is waited for.
            inner[element.id] = (replace(outcomes, completes=True, waits=True) if element.loop else outcomes), found
        return inner

    def _never_reached(self, net: Net, runs: list[Explored]) -> list[Finding]:
        """The first elements of a part that is never reached: what leads to them is done, they are not."""
        if any(run.is_cut for run in runs):
            return []
        moved = set().union(*(run.moved for run in runs))
        stayed = {place for run in runs for state in run.came for place, _ in state}
        dead = [e for e in net.level.elements.values() if e.id not in moved | stayed and not e.for_compensation]
        first = [e for e in dead if any(flow.source in moved | stayed for flow in net.level.into(e.id))]
        return [Finding("no_dead_element", e.id, net.level.id) for e in first]


def around(level: Level, element: Element, frames: Frames) -> Frames:
    if element.triggered_by_event:
        starts = [start for body, start in level.aside if body.id == element.id]
        alone = any(start.interrupting for start in starts)
        return frames if alone else (level.frame_beside(without=element.id), *frames)
    return (level.frame_on(element), level.frame_beside(), *frames)


def _outcomes(runs: list[Explored], *, faulty: bool) -> Outcomes:
    thrown = {one for run in runs for one in run.thrown}
    errors = frozenset(code for kind, code in thrown if kind == "error")
    escalations = frozenset(code or "" for kind, code in thrown if kind == "escalation")
    return Outcomes(runs[0].completes or faulty, errors, escalations)


def _waits(level: Level, inner: Mapping[str, Known]) -> bool:
    within = [e for e in level.elements.values() if e.type in ("subProcess", "callActivity")]
    rest = [e for e in level.elements.values() if e not in within]
    return any(inner[e.id][0].waits for e in within) or any(may_wait(e, ways=len(level.out_of(e.id))) for e in rest)


def _faults(net: Net, run: Explored, is_broken_off: bool) -> list[Finding]:
    found = []
    for doubled, is_certain in ((run.doubled, True), (run.may_be_doubled, False)):
        if doubled is not None:
            state, place = doubled
            element = merge_before(net.level, place)
            found.append(replace(_finding("safe", element, net, run, state), is_certain=is_certain))
    if run.doubled is None and not is_broken_off:
        found += _endless(net, run)
    return found


def _endless(net: Net, run: Explored) -> list[Finding]:
    hopeless = run.without_end()
    if not hopeless:
        return []
    # The standstill itself says more than the choice that led to it, a place where somebody waits more than a gateway.
    still = next((state for state in hopeless if all(move.after == state for move in net.moves(state))), None)
    waiting = (state for state in hopeless if net.is_settled(state))
    state = still if still is not None else next(waiting, hopeless[0])
    ended = any(move.kind == "ends" for move in run.path(state))
    places = [net.level.join_of[p].id if p in net.level.join_of else p for p, _ in state]
    kind = "proper_completion" if still is not None and ended else "option_to_complete"
    return [_finding(kind, places[0], net, run, state)]


def _finding(kind: str, element: str, net: Net, run: Explored, state: State) -> Finding:
    stuck = tuple(dict.fromkeys(place for place, _ in state))
    return Finding(kind, element, net.level.id, steps_to(net, run, state), stuck)  # type: ignore[arg-type]


def _way_to(net: Net, runs: list[Explored], host: str) -> tuple[tuple[Step, ...], dict[str, int]] | None:
    """How a token comes into an activity, and the tokens then; None when none does. What is inside begins there."""
    for run in runs:
        there = [state for state in run.came if any(place == host for place, _ in state)]
        if there:
            state = next((state for state in there if net.is_settled(state)), there[0])
            return steps_to(net, run, state), tokens_of(state)
    begun = next((start.id for body, start in net.level.aside if body.id == host), None)
    return next((way for run in runs for way in _beginnings(net, run, host, begun)), None) if begun else None


def _beginnings(net: Net, run: Explored, body: str, begun: str) -> Iterator[tuple[tuple[Step, ...], dict[str, int]]]:
    """How an event sub-process beside the way begins, which changes nothing around it."""
    for state in run.came if begun in run.moved else ():
        if any(move.element == begun for move in net.moves(state)):
            tokens = {**tokens_of(state), body: 1}
            yield (*steps_to(net, run, state), Step(begun, "happens", (), tokens)), tokens


def _with_way(finding: Finding, way: tuple[Step, ...], around: dict[str, int]) -> Finding:
    inside = [replace(step, tokens={**around, **step.tokens}) for step in finding.steps]
    return replace(finding, steps=(*way, *inside))


def _each_once(findings: list[Finding]) -> list[Finding]:
    """Ten diagrams that call one another forty times each would else say one fault 40⁹ times."""
    kept: dict[tuple[str, str, str, bool], Finding] = {}
    for finding in findings:
        kept.setdefault((finding.property, finding.element, finding.level, finding.is_certain), finding)
    return list(kept.values())


def _once(findings: list[Finding]) -> list[Finding]:
    """A diagram that is called from two places is wrong once."""
    kept: dict[tuple[str, str, str], Finding] = {}
    for finding in findings:
        kept.setdefault((finding.property, finding.element, finding.level), finding)
    return list(kept.values())
