from dataclasses import dataclass
from typing import ClassVar

from engine.balloting import locked_ballot
from engine.command import Command
from engine.demanding import sign_demand
from engine.model.ballot import BallotKind
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class SignDemand(Command[None]):
    """Sign a demand of the workers, once; with the last signature that is needed the collection ends.

    No line of history: who has signed is not for everybody who reads the case.
    """

    is_recorded_when_refused: ClassVar[bool] = False

    demand_id: str

    def execute(self, work: Work) -> None:
        folder, demand = locked_ballot(work, self.demand_id, kinds=(BallotKind.DEMAND,))
        sign_demand(folder, demand, work.actor.person_id)
