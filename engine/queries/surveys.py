"""An anonymous survey as one person may see it: never an answer, after the count cells that are large enough."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.balloting import visible_ballot
from engine.ballots import roll
from engine.ballots.safe import KeySafe
from engine.model import Ballot, BallotRollEntry, Case, Organisation
from engine.model.ballot import BallotKind


@dataclass(frozen=True, kw_only=True)
class SurveyFile:
    """`result` is `{asked, answered, questions}` after the count. `has_ticket` is this person's own. Keys in base64."""

    id: str
    case_number: str
    enterprise: str | None
    title: str
    state: str
    questions: Sequence[Mapping[str, Any]]
    min_cell: int
    asked: int
    closes_at: datetime
    ticket_key: str
    seal_key: str
    receipt_key: str
    choice_size: int
    on_roll: bool
    has_ticket: bool
    result: Mapping[str, Any] | None
    abort_reason: str | None


def survey_file(session: Session, actor: Actor, survey_id: str, *, safe: KeySafe) -> SurveyFile:
    """Raises BallotNotFound."""
    survey = visible_ballot(session, actor, survey_id, kinds=(BallotKind.SURVEY,))
    return SurveyFile(
        id=survey.id,
        title=survey.title,
        state=survey.state,
        questions=survey.motions,
        min_cell=survey.rule["min_cell"],
        asked=survey.seats,
        closes_at=survey.closes_at,
        ticket_key=base64.b64encode(survey.ticket_key).decode(),
        seal_key=base64.b64encode(survey.seal_key).decode(),
        receipt_key=base64.b64encode(safe.signer().public_key().public_bytes_raw()).decode(),
        choice_size=survey.choice_size,
        on_roll=session.get(BallotRollEntry, (survey.id, actor.person_id)) is not None,
        has_ticket=roll.ticket_of(session, survey.id, actor.person_id) is not None,
        result=survey.result,
        abort_reason=survey.abort_reason,
        **about(session, survey),
    )


def about(session: Session, ballot: Ballot) -> dict[str, str | None]:
    """The number of its case, and the name of the enterprise."""
    case = session.get_one(Case, ballot.case_id)
    enterprise = session.get(Organisation, case.enterprise_id) if case.enterprise_id else None
    return {"case_number": case.number, "enterprise": enterprise.name if enterprise else None}
