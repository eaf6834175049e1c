"""A random case that somebody sends back: through commands and tables, with every invariant, and on to its end."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

from engine.commands.claim_task import ClaimTask
from engine.commands.return_task import ReturnTask
from engine.model import UserTask
from engine.returning.plan import ReturnPlan
from tests.engine.spiff.oracle.moves import EndlessMoves
from tests.engine.spiff.oracle.playing import Disagreement, TooManyStates
from tests.engine.spiff.random_processes.comparing import Game, RanInCircles, possible
from tests.engine.spiff.random_processes.growing import Field
from tests.engine.spiff.random_processes.in_database import WORKER, InDatabase

BEFORE, AFTERWARDS = 4, 12


class ReturnedCase:
    """`count` says what became of it; "refused" by what."""

    def __init__(self, grown: Field, player: InDatabase, seed: int, *, count: Counter[str]) -> None:
        self.player, self.count, self.dice = player, count, random.Random(seed)
        self.game = Game(grown, player, random.Random(seed), {})

    def play(self) -> None:
        try:
            self.game.begin()
            self.game.go_on(self.dice.randint(2, BEFORE))
        except (TooManyStates, EndlessMoves, RanInCircles) as limit:
            self.count[type(limit).__name__] += 1
            return
        if not self.player.seen().is_finished and self.went_back():
            self.go_on_without_oracle()

    def went_back(self) -> bool:
        found = self.a_plan()
        if found is None:
            self.count["nothing to go back to"] += 1
            return False
        task, plan = found
        if plan.obstacles:
            self.count["refused"] += 1
            return False
        order = ReturnTask(task_id=task.id, to=plan.target_id, reason="再看一次", plan=plan.fingerprint)
        self.player.send((order, WORKER))
        self.check(plan)
        self.count["back"] += 1
        return True

    def a_plan(self) -> tuple[UserTask, ReturnPlan] | None:
        """From one of the open tasks to one of the steps before it."""
        open_ones = [task for task in self.player.city.tasks(self.player.case_id) if task.principal_id is None]
        self.dice.shuffle(open_ones)
        for task in open_ones:
            self.player.send((ClaimTask(task_id=task.id), WORKER))
            targets, _ = self.foresee(task, "")
            if targets:
                return task, self.foresee(task, self.dice.choice(targets).task_id)[1]
        return None

    def foresee(self, task: UserTask, to: str) -> Any:
        command = ReturnTask(task_id=task.id, to=to, reason="再看一次")
        return self.player.city.engine.foresee(command, actor=self.player.city.actor(WORKER))

    def check(self, plan: ReturnPlan) -> None:
        """It is as the plan said, and nothing is broken."""
        assert self.player.broken() == []
        tasks = self.player.city.rows(UserTask, UserTask.case_id == self.player.case_id)
        waiting = {t.step_id for t in tasks if t.state in ("open", "claimed")}
        assert {row.step_id for row in plan.opened} <= waiting
        assert {t.id for t in tasks if t.superseded_at} >= {row.task_id for row in plan.superseded}
        assert {row.task_id for row in plan.ended} <= {t.id for t in tasks if t.state == "cancelled"}

    def go_on_without_oracle(self) -> None:
        """It can still finish: something is there to be done until it has."""
        for _ in range(AFTERWARDS):
            now = self.player.seen()
            if now.is_finished:
                self.count["finished"] += 1
                return
            commands = possible(now)
            if not commands and not now.waiting:
                raise Disagreement(f"stuck after going back\n{self.game.report()}")
            if not commands:
                return  # a condition has to become true
            self.player.heard()
            self.player.do(self.game.choose(commands))
