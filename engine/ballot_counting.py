"""The count of a ballot that two scrutineers have closed: a job, done in one transaction, that can be done again."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_der_public_key
from sqlalchemy.orm import Session

from engine.balloting import confirmations, forget_paper_totals, forget_what_was, locked_ballot, tell_the_case
from engine.ballots import box, roll
from engine.ballots.board import board_head, entries_of, signed_end
from engine.ballots.motions import motions_from, read_choice
from engine.ballots.rule import BallotRule
from engine.ballots.tally import Turnout, count_choices, result_of
from engine.ballots.votes import Vote, all_genuine
from engine.ballots.withholding import withheld
from engine.errors import Conflict
from engine.model import Ballot
from engine.model.ballot import BallotState
from engine.work import Work


class BoxDamaged(Conflict):
    """The box holds papers without a valid ticket, or more papers than tickets: it cannot be counted, only aborted."""


def count_ballot(work: Work, args: Mapping[str, Any]) -> None:
    """Open every choice, count, sign the board, tell the case. Raises BoxDamaged."""
    folder, ballot = locked_ballot(work, args["ballot_id"])
    if ballot.state != BallotState.CLOSED:
        return
    assert ballot.wrapped_seal_key is not None
    seal_key = work.safe.seal_key(ballot.wrapped_seal_key, ballot_id=ballot.id)
    papers = list(box.papers_of(work.session, ballot.id, choice_size=ballot.choice_size))
    result = _counted(work.session, ballot, papers, seal_key)
    ballot.entries = entries_of(papers)
    ballot.board_end = signed_end(
        board_head(ballot, case_number=folder.case.number),
        entries=ballot.entries,
        seal_key=seal_key,
        result=result,
        signer=work.safe.signer(),
    )
    ballot.state, ballot.result = BallotState.COUNTED, result
    ballot.wrapped_ticket_key = ballot.wrapped_seal_key = None
    if "withheld" in result:
        forget_paper_totals(work.session, ballot.id)
    facts = {"ballot": ballot.id, "root": ballot.board_end["root"], "papers": len(papers), "passed": result["passed"]}
    folder.record("ballot_counted", actor="system", details=facts)
    forget_what_was(work, ballot)
    tell_the_case(folder, ballot, {"aborted": False, **result})


def _counted(session: Session, ballot: Ballot, papers: Sequence[Vote], seal_key: X25519PrivateKey) -> dict[str, Any]:
    """What of it would tell on few persons is left out, before anybody or anything gets to see it."""
    turnout = roll.turnout(session, ballot.id, seats=ballot.seats)
    if len(papers) > turnout.tickets or not _all_genuine(ballot, papers):
        raise BoxDamaged(ballot_id=ballot.id)
    motions = motions_from(ballot.motions)
    totals = count_choices(
        motions, (read_choice(motions, paper.opened(seal_key, ballot_id=ballot.id)) for paper in papers)
    )
    on_paper = _paper_totals(session, ballot)
    for motion_id, answers in on_paper["motions"].items():
        totals[motion_id] += Counter(answers)
    return _result(ballot, turnout, online=len(papers), on_paper=on_paper, totals=totals)


def _result(
    ballot: Ballot,
    turnout: Turnout,
    *,
    online: int,
    on_paper: Mapping[str, Any],
    totals: Mapping[str, Mapping[str, int]],
) -> dict[str, Any]:
    rule, back = BallotRule.from_json(ballot.rule), online + on_paper["back"]
    result = result_of(motions_from(ballot.motions), rule, turnout=turnout, back=back, totals=totals)
    return withheld({**result, "paper": dict(on_paper)}, online=online, least=rule.min_cell)


def _paper_totals(session: Session, ballot: Ballot) -> Mapping[str, Any]:
    """The count on which two scrutineers agree."""
    agreed = (c.paper for c in confirmations(session, ballot.id) if c.doubts is None)
    return next(agreed, None) or {"back": 0, "motions": {}}


def _all_genuine(ballot: Ballot, papers: Sequence[Vote]) -> bool:
    key = load_der_public_key(ballot.ticket_key)
    assert isinstance(key, RSAPublicKey)
    return all_genuine(papers, ballot_id=ballot.id, token_key=key, choice_size=ballot.choice_size)
