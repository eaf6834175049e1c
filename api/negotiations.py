"""The text that two sides negotiate, clause by clause."""

from flask import Response

from api.blueprint import ApiBlueprint
from api.current import the_actor, the_engine
from api.idempotency import run
from api.permissions import permission
from api.schemas.negotiations import (
    ClauseAlone,
    ConsentQuestion,
    EntitlementQuestion,
    HeadQuestion,
    NegotiationAnswer,
    PresenceQuestion,
    ProposalQuestion,
    ReopeningQuestion,
    SideNoteQuestion,
    WhyQuestion,
)
from engine.commands.add_clause import AddClause
from engine.commands.agree_to_clause import AgreeToClause
from engine.commands.entitle_negotiator import EntitleNegotiator
from engine.commands.note_on_clause import NoteOnClause
from engine.commands.park_clause import ParkClause
from engine.commands.propose_clause import ProposeClause
from engine.commands.reopen_clause import AnswerReopening, ReopenClause
from engine.commands.show_presence import ShowPresence
from engine.commands.withdraw_clause import WithdrawClause
from engine.queries.negotiation import clause_file, negotiation_table
from engine.queries.negotiation_rows import ClauseFile, NegotiationRow

negotiations = ApiBlueprint("negotiations", "The text that two sides negotiate, clause by clause.")
_TABLE = "/cases/<case_id>/negotiation"
_CLAUSE = f"{_TABLE}/clauses/<clause_id>"


@negotiations.get(_TABLE)
@permission("case_party")
@negotiations.response(200, NegotiationAnswer)
def negotiation(case_id: str) -> NegotiationRow:
    """The table of clauses and who is in the room; who is not at the table sees what is agreed."""
    return _table(case_id)


@negotiations.post(f"{_TABLE}/clauses")
@permission("case_party")
@negotiations.arguments(HeadQuestion)
@negotiations.response(201, ClauseAlone)
def add(question: dict, case_id: str) -> ClauseFile:
    """Add a clause to what is negotiated."""
    return _read(case_id, run(AddClause(case_id=case_id, **question)))


@negotiations.post(f"{_TABLE}/negotiators")
@permission("case_party")
@negotiations.arguments(EntitlementQuestion)
@negotiations.response(200, NegotiationAnswer)
def entitle(question: dict, case_id: str) -> NegotiationRow:
    """Let a negotiator of your side agree for it, or take that back; only the chief can."""
    run(EntitleNegotiator(case_id=case_id, **question))
    return _table(case_id)


@negotiations.post(f"{_TABLE}/presence")
@permission("case_party")
@negotiations.arguments(PresenceQuestion)
@negotiations.response(204)
def presence(question: dict, case_id: str) -> Response:
    """Say that you have the text open, every few seconds, and what you write on."""
    run(ShowPresence(case_id=case_id, clause_id=question["clause"]))
    return Response(status=204)


@negotiations.get(_CLAUSE)
@permission("case_party")
@negotiations.response(200, ClauseAlone)
def clause(case_id: str, clause_id: str) -> ClauseFile:
    """One clause with everything that happened to it, and the notes of the caller's side."""
    return _read(case_id, clause_id)


@negotiations.post(f"{_CLAUSE}/proposals")
@permission("case_party")
@negotiations.arguments(ProposalQuestion)
@negotiations.response(201, ClauseAlone)
def propose(question: dict, case_id: str, clause_id: str) -> ClauseFile:
    """Put a text on the table; 409 `clause_changed` when the clause has changed since `revision`."""
    run(ProposeClause(case_id=case_id, clause_id=clause_id, **question))
    return _read(case_id, clause_id)


@negotiations.post(f"{_CLAUSE}/agree")
@permission("case_party")
@negotiations.arguments(ConsentQuestion)
@negotiations.response(200, ClauseAlone)
def agree(question: dict, case_id: str, clause_id: str) -> ClauseFile:
    """Agree for your side to a text that is on the table."""
    run(AgreeToClause(case_id=case_id, clause_id=clause_id, step_id=question["step"]))
    return _read(case_id, clause_id)


@negotiations.post(f"{_CLAUSE}/withdraw")
@permission("case_party")
@negotiations.arguments(WhyQuestion)
@negotiations.response(200, ClauseAlone)
def withdraw(question: dict, case_id: str, clause_id: str) -> ClauseFile:
    """Take your side's text off the table."""
    run(WithdrawClause(case_id=case_id, clause_id=clause_id, **question))
    return _read(case_id, clause_id)


@negotiations.post(f"{_CLAUSE}/park")
@permission("case_party")
@negotiations.arguments(WhyQuestion)
@negotiations.response(200, ClauseAlone)
def park(question: dict, case_id: str, clause_id: str) -> ClauseFile:
    """Put a clause aside for now."""
    run(ParkClause(case_id=case_id, clause_id=clause_id, **question))
    return _read(case_id, clause_id)


@negotiations.post(f"{_CLAUSE}/reopening")
@permission("case_party")
@negotiations.arguments(WhyQuestion)
@negotiations.response(200, ClauseAlone)
def ask_to_reopen(question: dict, case_id: str, clause_id: str) -> ClauseFile:
    """Ask the other side to open an agreed clause again."""
    run(ReopenClause(case_id=case_id, clause_id=clause_id, **question))
    return _read(case_id, clause_id)


@negotiations.post(f"{_CLAUSE}/reopening/answer")
@permission("case_party")
@negotiations.arguments(ReopeningQuestion)
@negotiations.response(200, ClauseAlone)
def answer_reopening(question: dict, case_id: str, clause_id: str) -> ClauseFile:
    """Consent to open an agreed clause again, or decline with a reason."""
    run(AnswerReopening(case_id=case_id, clause_id=clause_id, **question))
    return _read(case_id, clause_id)


@negotiations.post(f"{_CLAUSE}/notes")
@permission("case_party")
@negotiations.arguments(SideNoteQuestion)
@negotiations.response(201, ClauseAlone)
def note(question: dict, case_id: str, clause_id: str) -> ClauseFile:
    """Write a note that only your own side sees."""
    run(NoteOnClause(case_id=case_id, clause_id=clause_id, **question))
    return _read(case_id, clause_id)


def _table(case_id: str) -> NegotiationRow:
    engine = the_engine()
    with engine.reading() as session:
        return negotiation_table(session, the_actor(), case_id, catalogue=engine.catalogue, now=engine.now())


def _read(case_id: str, clause_id: str) -> ClauseFile:
    engine = the_engine()
    with engine.reading() as session:
        return clause_file(session, the_actor(), case_id, clause_id, catalogue=engine.catalogue, now=engine.now())
