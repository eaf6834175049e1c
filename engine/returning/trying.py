"""Tries out on a copy what going back does to the tokens: nothing may be done by itself, and the step must be there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.automation import Automation
from engine.case_work import CaseWork
from engine.progress import specs_of
from engine.spiff.drawn import DrawnProcess
from engine.spiff.going_back import CannotStandStill, go_back
from engine.spiff.locals import Locals
from engine.spiff.process_run import ProcessRun
from engine.spiff.step import Step
from engine.spiff.trail import CASE, Event
from engine.spiff.way_back import Net, WayBack
from engine.spiff.written import values_before


@dataclass(frozen=True)
class Trial:
    """`before` and `after`: steps that wait, by id. `restless`: an element that would begin to act by itself."""

    before: Mapping[str, Step]
    after: Mapping[str, Step]
    restless: str | None = None


class Onlooker(Automation):
    """Answers what a process asks and notes what it wants to do, without doing it."""

    def __init__(self, folder: CaseWork) -> None:
        super().__init__(folder)
        self.wanted: list[str] = []

    def perform(self, element_id: str, words: Locals) -> None:
        self.wanted.append(element_id)

    def announce(self, element_id: str, words: Locals, *, token: str) -> None:
        self.wanted.append(element_id)

    def note(self, what: str, element_id: str) -> None:
        self.wanted.append(element_id)


def net_of(folder: CaseWork, run: ProcessRun, events: Sequence[Event]) -> Net:
    living = frozenset(token.id.hex for token in run.tokens.each())
    return Net(events, living, DrawnProcess(specs_of(folder)))


def run_of(folder: CaseWork) -> ProcessRun:
    """The tokens as they are, to look at."""
    return ProcessRun.restore(folder.instance.state, specs_of(folder), Automation(folder))


def variables_without(folder: CaseWork, events: Sequence[Event], way: WayBack) -> dict[str, Any]:
    values = dict(folder.instance.variables)
    for name, before in values_before(events, way.undone, CASE).items():
        values.pop(name, None)
        values |= dict.fromkeys([name] * len(before), *before)
    return values


def trial(folder: CaseWork, events: Sequence[Event], way: WayBack) -> Trial:
    before = {step.id: step for step in run_of(folder).steps}
    shadow = folder.shadow(variables_without(folder, events, way))
    host = Onlooker(shadow)
    run = ProcessRun.restore(folder.instance.state, specs_of(folder), host, shadow.trail)
    try:
        go_back(run, way, events)
    except CannotStandStill as restless:
        return Trial(before, {}, restless.element)
    run.settle_down()
    wanted = [*host.wanted, *(failure.element_id for failure in run.failures)]
    return Trial(before, {step.id: step for step in run.steps}, wanted[0] if wanted else None)
