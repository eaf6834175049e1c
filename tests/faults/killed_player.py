"""A player whose commands run in a process of their own that is killed at random moments, and are sent again."""

import random
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.architecture.source_tree import ROOT
from tests.city import City
from tests.engine.spiff.random_processes.growing import Field
from tests.engine.spiff.random_processes.in_database import InDatabase
from tests.faults.orders import Order, Report, Sent, packed, unpacked

MOST_KILLS, LAST_MOMENT = 2, 90


class CommandsAtWork:
    """The other side of `commands_at_work`."""

    def __init__(self, url: str, folder: Path) -> None:
        command = [sys.executable, "-m", "tests.faults.commands_at_work", url, str(folder)]
        self.process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def give(self, order: Order) -> Report:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(packed(order) + "\n")
        self.process.stdin.flush()
        (answer,) = iter(self.process.stdout.readline, "ended\n")
        return unpacked(answer)

    def stop(self) -> None:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.close()
        self.process.wait(20)
        self.process.stdout.close()


class Killed(InDatabase):
    """Every command is killed up to two times before it may live, or a share of them."""

    share = 1.0

    def __init__(self, city: City, grown: Field, work: CommandsAtWork, dice: random.Random) -> None:
        super().__init__(city, grown)
        self.work, self.dice, self.kills = work, dice, 0

    def send(self, *commands: Any) -> Any:
        sent = tuple(Sent(command, by, self.key()) for command, by in commands)
        for _ in range(MOST_KILLS if self.dice.random() < self.share else 0):
            report = self.work.give(Order(sent, die_at=self.dice.randint(1, LAST_MOMENT)))
            self.performed += report.heard
            if not report.died:
                return report.result
            self.kills += 1
            assert not self.case_id or self.broken() == []
        report = self.work.give(Order(sent))
        self.performed += report.heard
        return report.result
