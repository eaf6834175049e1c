"""An anonymous survey as a part of its case: opened, extended, counted or dropped by the process.

Roll, tickets and box are those of a ballot; the answers are sealed, and nobody ever sees a sheet. When it is counted
only cells of enough answers are kept, the sheets and both keys are gone.
"""

from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key

from engine.balloting import abort, ballot_of, forget_what_was, tell_the_voters, voters_of
from engine.ballots import box, opening, roll
from engine.ballots.cells import count_answers, open_texts
from engine.ballots.questions import questions_from, read_answers, read_questions
from engine.ballots.reminders import ReminderPlan
from engine.ballots.votes import Vote, all_genuine
from engine.case_work import CaseWork
from engine.errors import Conflict
from engine.model import Ballot
from engine.model.ballot import BallotHasEnded, BallotKind, BallotState
from engine.moments import written_moment

LIVE = (BallotState.OPEN, BallotState.STOPPED)


class SheetsDamaged(Conflict):
    """The box of the survey holds sheets without a valid ticket, or more than tickets; it can only be dropped."""


def open_survey(folder: CaseWork, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """`wanted`: title, questions, closes_at; every worker of the enterprise is asked. Gives `{survey, asked}`.

    Raises QuestionsWrong and BallotWrong.
    """
    work, rules = folder.work, folder.rules
    plan = opening.SurveyPlan(
        case_id=folder.case.id,
        title=str(wanted.get("title") or ""),
        questions=read_questions(wanted.get("questions")),
        voters=voters_of(work.session, folder.case.enterprise_id, "workers"),
        min_cell=int(rules.setting("survey_min_cell", work.today)),
        closes_at=written_moment(wanted.get("closes_at")) or work.now,
        reminders=ReminderPlan.from_settings(lambda key: rules.describe(key, work.today)),
    )
    survey = opening.open_survey(work.session, work.safe, plan, at=work.now)
    tell_the_voters(work, survey, plan.reminders)
    told = {"survey": survey.id, "asked": survey.seats}
    folder.record("survey_opened", actor="system", details={**told, "title": survey.title})
    return told


def extend_survey(folder: CaseWork, survey_id: str, *, closes_at: Any) -> None:
    """Answers are taken until a later time. Raises BallotNotFound, BallotHasEnded."""
    survey = _live(folder, survey_id)
    until = written_moment(closes_at)
    if until is not None and until > survey.closes_at:
        survey.closes_at = until
        folder.record("survey_extended", actor="system", details={"survey": survey.id, "until": until.isoformat()})


def count_survey(folder: CaseWork, survey_id: str) -> dict[str, Any]:
    """`{counted, asked, answered, questions, texts}`; with too few sheets it is not counted and stays as it is.

    Raises BallotNotFound, BallotHasEnded and SheetsDamaged.
    """
    survey, session = _live(folder, survey_id), folder.work.session
    box.lock_box(session, survey.id)
    sheets = list(box.papers_of(session, survey.id, choice_size=survey.choice_size))
    told = {"asked": survey.seats, "answered": len(sheets)}
    if len(sheets) < survey.rule["min_cell"]:
        return {"counted": False, **told, "questions": [], "texts": {}}
    counted = _counted(folder, survey, sheets)
    survey.result = {**told, "questions": counted["questions"]}
    survey.state, survey.ended_at = BallotState.COUNTED, folder.work.now
    survey.wrapped_ticket_key = survey.wrapped_seal_key = None
    box.empty(session, survey.id)
    forget_what_was(folder.work, survey)
    folder.record("survey_counted", actor="system", details={"survey": survey.id, **told})
    return {"counted": True, **told, **counted}


def drop_survey(folder: CaseWork, survey_id: str, *, reason: str) -> None:
    """The sheets are thrown away unread; one that has ended stays as it is. Raises BallotNotFound."""
    survey = ballot_of(folder, survey_id, kind=BallotKind.SURVEY)
    if survey.state in LIVE:
        abort(folder, survey, reason=reason, by="system")


def _live(folder: CaseWork, survey_id: str) -> Ballot:
    survey = ballot_of(folder, survey_id, kind=BallotKind.SURVEY)
    if survey.state not in LIVE:
        raise BallotHasEnded(state=survey.state)
    return survey


def _counted(folder: CaseWork, survey: Ballot, sheets: list[Vote]) -> dict[str, Any]:
    token_key = load_der_public_key(survey.ticket_key)
    assert isinstance(token_key, RSAPublicKey)
    assert survey.wrapped_seal_key is not None
    tickets = roll.turnout(folder.work.session, survey.id, seats=survey.seats).tickets
    fits = {"ballot_id": survey.id, "token_key": token_key, "choice_size": survey.choice_size}
    if len(sheets) > tickets or not all_genuine(sheets, **fits):
        raise SheetsDamaged(ballot_id=survey.id)
    seal_key = folder.work.safe.seal_key(survey.wrapped_seal_key, ballot_id=survey.id)
    questions, least = questions_from(survey.motions), survey.rule["min_cell"]
    given = [read_answers(questions, sheet.opened(seal_key, ballot_id=survey.id)) for sheet in sheets]
    return {
        "questions": count_answers(questions, given, min_cell=least),
        "texts": open_texts(questions, given, min_cell=least),
    }
