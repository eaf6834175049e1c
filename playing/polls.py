"""What a scenario says about votes: people vote, take paper ballots, scrutineers close or abort, unions switch off.

Every voter takes a ticket and votes as in life, with a computer of their own; docs/how-to/add-a-process.md has the
words. A voter is named by a prefix and a number: `rep` are rep1, rep2 … in the order in which they take part.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import count, islice
from typing import Any

from engine.actor import SYSTEM, Actor
from engine.ballots.motions import SPOILT, motions_from, write_choice
from engine.ballots.voter import Device
from engine.commands.abort_ballot import AbortBallot
from engine.commands.close_ballot import CloseBallot
from engine.commands.issue_ticket import IssueTicket
from engine.commands.mark_paper_voter import MarkPaperVoter
from engine.commands.switch_online_voting import SwitchOnlineVoting
from engine.engine import Engine
from engine.queries.ballots import BallotFile, ballot_file
from engine.queries.case_ballots import case_ballots, newest_gathering
from engine.queries.case_file import case_file
from playing import gatherings
from playing.delivering import deliver
from playing.expectations import ScenarioFailed

WORDS = (
    "votes",
    "paper_ballots",
    "close_ballot",
    "abort_ballot",
    "online_voting",
    "deliver",
    "answers_survey",
    "sign",
    "withdraw",
)
_CANDIDATE = re.compile(r"c\d+")
_DEFAULT_VOTERS = "rep"


class Polls:
    """The ballots of one case, played. `actor` signs a person in; `engine` gives the engine of the moment."""

    def __init__(self, engine: Callable[[], Engine], case_id: str, *, actor: Callable[[str], Actor]) -> None:
        self._engine, self._case_id, self._actor = engine, case_id, actor

    def do(self, step: Mapping[str, Any]) -> None:
        """Raises ScenarioFailed and what the commands raise."""
        if "votes" in step:
            self._vote(step["votes"], voters=step.get("voters", _DEFAULT_VOTERS))
        elif "paper_ballots" in step:
            self._hand_out(step["paper_ballots"], voters=step.get("voters", _DEFAULT_VOTERS), by=step["as"])
        elif "close_ballot" in step:
            self._close(step["close_ballot"], paper=step.get("paper"), before_time=step.get("before_time", False))
        elif "abort_ballot" in step:
            command = AbortBallot(ballot_id=self._newest(), reason=step["abort_ballot"])
            self._engine().run(command, actor=self._actor(step["as"]))
            deliver(self._engine())
        elif "answers_survey" in step:
            gatherings.answer_survey(
                self._engine(), self._gathering("survey"), step["answers_survey"], self._people(step)
            )
        elif "sign" in step:
            gatherings.sign(self._engine(), self._gathering("demand"), step["sign"], self._people(step))
            deliver(self._engine())
        elif "withdraw" in step:
            gatherings.withdraw(self._engine(), self._gathering("demand"), step["withdraw"], self._people(step))
        elif "online_voting" in step:
            self._switch(is_on=step["online_voting"], reason=step["reason"], by=step["as"])
        else:
            deliver(self._engine())

    def _switch(self, *, is_on: bool, reason: str, by: str) -> None:
        """YAML reads `on` and `off` as true and false."""
        engine = self._engine()
        with engine.reading() as session:
            file = case_file(session, SYSTEM, self._case_id, catalogue=engine.catalogue, now=engine.now())
        command = SwitchOnlineVoting(enterprise_id=file.case.enterprise_id, is_off=not is_on, reason=reason)
        engine.run(command, actor=self._actor(by))

    def _vote(self, votes: Mapping[str, int], *, voters: str) -> None:
        """`{yes: 21, no: 6}`; `yes/no` answers two motions, `c1+c2` names candidates."""
        ballot_id = self._newest()
        for written, number in votes.items():
            for voter, ballot in islice(self._absent(ballot_id, voters), number):
                self._cast(ballot, voter, str(written))

    def _cast(self, ballot: BallotFile, voter: Actor, written: str) -> None:
        engine = self._engine()
        device = Device(ballot.id, ticket_key=ballot.ticket_key, seal_key=ballot.seal_key)
        signed = engine.run(IssueTicket(ballot_id=ballot.id, blinded=device.blinded), actor=voter)
        motions = motions_from(ballot.motions)
        choice = write_choice(motions, _choice(written, [motion.id for motion in motions]))
        engine.casting.cast(ballot.id, device.vote(choice, blind_signature=signed).as_json())

    def _hand_out(self, number: int, *, voters: str, by: str) -> None:
        ballot_id = self._newest()
        for voter, _ in islice(self._absent(ballot_id, voters), number):
            command = MarkPaperVoter(ballot_id=ballot_id, voter=voter.username)
            self._engine().run(command, actor=self._actor(by))

    def _close(self, scrutineers: list[str], *, paper: Mapping[str, Any] | None, before_time: bool) -> None:
        ballot_id = self._newest()
        for scrutineer in scrutineers:
            command = CloseBallot(ballot_id=ballot_id, paper=paper, before_time=before_time)
            self._engine().run(command, actor=self._actor(scrutineer))
        deliver(self._engine())

    def _people(self, step: Mapping[str, Any]) -> Iterator[Actor]:
        return gatherings.numbered(step.get("voters", _DEFAULT_VOTERS), self._actor)

    def _newest(self) -> str:
        with self._engine().reading() as session:
            found = case_ballots(session, SYSTEM, self._case_id)
        if not found:
            raise ScenarioFailed("no ballot was opened in this case")
        return found[0].id

    def _gathering(self, kind: str) -> str:
        with self._engine().reading() as session:
            found = newest_gathering(session, SYSTEM, self._case_id, kind)
        if not found:
            raise ScenarioFailed(f"no {kind} was opened in this case")
        return found

    def _absent(self, ballot_id: str, prefix: str) -> Iterator[tuple[Actor, BallotFile]]:
        """Who has not taken part, in the order of their numbers, each with the ballot as they see it."""
        engine = self._engine()
        for number in count(1):
            voter = self._actor(f"{prefix}{number}")
            with engine.reading() as session:
                ballot = ballot_file(session, voter, ballot_id, safe=engine.safe)
            if not (ballot.me.has_ticket or ballot.me.on_paper):
                yield voter, ballot


def _choice(written: str, motions: list[str]) -> dict[str, Any]:
    """One answer for all motions, or one for each."""
    answers = [_answer(part) for part in written.split("/")]
    if len(answers) not in (1, len(motions)):
        raise ScenarioFailed(f"{written} answers {len(answers)} motions, there are {len(motions)}")
    return dict(zip(motions, answers * len(motions) if len(answers) == 1 else answers, strict=True))


def _answer(part: str) -> Any:
    if part == SPOILT:
        return [SPOILT]
    named = part.split("+")
    return named if all(_CANDIDATE.fullmatch(name) for name in named) else part
