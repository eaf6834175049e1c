"""Random cases whose tasks are signed by others: asked, signed, taken off, brought back and sent back, in any order."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

from engine.commands.ask_cosigners import AskCosigners
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.remove_cosigner import RemoveCosigner
from engine.commands.sign_task import SignTask
from engine.commands.take_back_hand_in import TakeBackHandIn
from engine.model import Cosignature, UserTask
from engine.model.cosignature import AWAITED, CosignMode
from tests.city import City
from tests.engine.spiff.random_processes.comparing import Command
from tests.engine.spiff.random_processes.growing import Field
from tests.engine.spiff.random_processes.in_database import WORKER, InDatabase
from tests.engine.spiff.random_processes.returning_cases import ReturnedCase

SIGNERS = ("union", "town_union2")
PATIENCE = 6


class SigningPlayer(InDatabase):
    """Whoever does a task asks others to sign it, and goes on until it is complete; `count` says what happened."""

    properties = (
        '<zeebe:properties><zeebe:property name="oversight_groups" value="city_union, town_union"/></zeebe:properties>'
    )

    def __init__(self, city: City, grown: Field, dice: random.Random, count: Counter[str]) -> None:
        super().__init__(city, grown)
        self.dice, self.count = dice, count
        self.names = {city.actor(name).person_id: name for name in SIGNERS}

    def do(self, command: Command) -> None:
        if command.kind != "user":
            super().do(command)
            return
        self._learn(command.learned)
        task = self.task_at(command)
        self.send((ClaimTask(task_id=task.id), WORKER))
        if self.dice.random() < 0.7:
            self.ask(task)
        self.finish(task, command.written)
        assert self.broken() == []

    def ask(self, task: UserTask) -> None:
        mode = self.dice.choice(list(CosignMode))
        for signer in self.dice.sample(SIGNERS, self.dice.randint(1, len(SIGNERS))):
            order = AskCosigners(task_id=task.id, to=(signer,), mode=mode)
            if not self.city.engine.foresee(order, actor=self.city.actor(WORKER)).problems:
                self.send((order, WORKER))
                self.count[f"asked {mode}"] += 1

    def finish(self, task: UserTask, answers: Any) -> None:
        """What stands in the way is done first; at last nobody disagrees any more."""
        for turn in range(PATIENCE):
            now = self.row(UserTask, UserTask.id == task.id)
            if now.state == "completed":
                return
            self.move_signers(task, may_disagree=turn < PATIENCE - 2)
            now = self.row(UserTask, UserTask.id == task.id)
            if now.state == "claimed" and now.handed_in_at is None and not now.awaits("before", "parallel"):
                self.send((CompleteTask(task_id=task.id, answers=answers), WORKER))
            elif now.handed_in_at is not None and turn < 2 and self.dice.random() < 0.2:
                self.send((TakeBackHandIn(task_id=task.id), WORKER))
                self.count["taken back"] += 1
        self.move_signers(task, may_disagree=False)
        assert self.row(UserTask, UserTask.id == task.id).state == "completed"

    def move_signers(self, task: UserTask, *, may_disagree: bool) -> None:
        """Each who is asked signs, or is taken off."""
        for row in self.city.rows(Cosignature, Cosignature.principal_id == task.id, Cosignature.state == "asked"):
            if self.row(Cosignature, Cosignature.id == row.id).state != "asked":
                continue  # somebody disagreed just before
            signer = self.names[row.person_id]
            what = self.dice.choice(("agree", "agree", "disagree", "remove") if may_disagree else ("agree",))
            if what == "remove":
                self.send((RemoveCosigner(task_id=task.id, signer=signer, reason="另请他人"), WORKER))
            else:
                self.send((SignTask(task_id=row.task_id or "", verdict=what, opinion="意见"), signer))
            self.count[what] += 1
            assert self.broken() == []


class SignedCase(ReturnedCase):
    """Somebody is asked at a task that stays open while the case is sent back."""

    player: SigningPlayer

    def went_back(self) -> bool:
        for task in self.player.city.tasks(self.player.case_id):
            if task.principal_id is None and self.dice.random() < 0.5:
                self.player.send((ClaimTask(task_id=task.id), WORKER))
                self.player.ask(task)
        return super().went_back()

    def check(self, plan: Any) -> None:
        super().check(plan)
        ended = {row.task_id for row in plan.ended}
        rows = self.player.city.rows(Cosignature, Cosignature.principal_id.in_(ended), Cosignature.state.in_(AWAITED))
        assert rows == []
        self.count["signatures ended"] += sum(row.is_signature for row in plan.ended)
        self.count["signatures superseded"] += len(plan.signed)
