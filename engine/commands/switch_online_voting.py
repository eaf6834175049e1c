from dataclasses import dataclass

from engine.command import Command
from engine.errors import Conflict
from engine.model import OnlineVotingSwitch
from engine.model.case import must_give_reason
from engine.voting_places import enterprise_under
from engine.work import Work

LONGEST_REASON = 500


class OnlineVotingAsBefore(Conflict):
    """Online voting of this enterprise is switched that way already."""


@dataclass(frozen=True, kw_only=True)
class SwitchOnlineVoting(Command[None]):
    """Switch online voting of an enterprise off, or on again, with a reason; ballots that are open go on.

    Town unions do it for the enterprises of their town, the city union for all.
    """

    enterprise_id: str
    is_off: bool
    reason: str

    def execute(self, work: Work) -> None:
        enterprise = enterprise_under(work.session, work.actor, self.enterprise_id, locked=True)
        must_give_reason(self.reason)
        if enterprise.online_voting_off == self.is_off:
            raise OnlineVotingAsBefore(is_off=self.is_off)
        reason = self.reason.strip()[:LONGEST_REASON]
        enterprise.online_voting_off = self.is_off
        switch = OnlineVotingSwitch(
            organisation_id=enterprise.id, is_off=self.is_off, reason=reason, by=work.actor.username, at=work.now
        )
        work.session.add(switch)
        work.record(
            "online_voting_off" if self.is_off else "online_voting_on",
            reason=reason,
            subjects=(enterprise.subject,),
            details={"enterprise": enterprise.name, "uscc": enterprise.uscc},
        )
