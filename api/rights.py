"""What people may do: memberships, invitation codes, unlocking."""

from datetime import date
from typing import Any

from flask import Response

from api.blueprint import ApiBlueprint
from api.idempotency import run
from api.permissions import permission
from api.schemas.registry import (
    CodeAnswer,
    GrantQuestion,
    IdAnswer,
    InvitationsAnswer,
    InvitationsQuestion,
    ReasonOnlyQuestion,
    TasksBackAnswer,
)
from engine.commands.end_membership import EndMembership
from engine.commands.grant_membership import GrantMembership
from engine.commands.issue_invitations import IssueInvitations
from engine.commands.reset_password import ResetPassword
from engine.commands.unlock_login import UnlockLogin

rights = ApiBlueprint("rights", "What people may do: memberships, invitation codes, unlocking.")


@rights.post("/people/<person_id>/memberships")
@permission("security")
@rights.arguments(GrantQuestion)
@rights.response(201, IdAnswer)
def grant(question: dict, person_id: str) -> dict:
    """Let a person join a group, in its place and for its term."""
    answers: dict[str, Any] = {k: v.isoformat() if isinstance(v, date) else v for k, v in question.items()}
    return {"id": run(GrantMembership(person_id=person_id, answers=answers))}


@rights.post("/memberships/<membership_id>/end")
@permission("security")
@rights.arguments(ReasonOnlyQuestion)
@rights.response(200, TasksBackAnswer)
def end(question: dict, membership_id: str) -> dict:
    """Take a person out of a group; tasks that they hold through it go back."""
    return {"tasks": run(EndMembership(membership_id=membership_id, **question))}


@rights.post("/people/<person_id>/unlock")
@permission("security")
@rights.arguments(ReasonOnlyQuestion)
@rights.response(204)
def unlock(question: dict, person_id: str) -> Response:
    """Let a person try to log in again at once."""
    run(UnlockLogin(person_id=person_id, **question))
    return Response(status=204)


@rights.post("/people/<person_id>/password")
@permission("security")
@rights.arguments(ReasonOnlyQuestion)
@rights.response(200, CodeAnswer)
def reset(question: dict, person_id: str) -> dict:
    """End all logins of a person and give a code with which they choose a new password."""
    return {"code": run(ResetPassword(person_id=person_id, **question))}


@rights.post("/invitations")
@permission("security")
@rights.arguments(InvitationsQuestion)
@rights.response(200, InvitationsAnswer)
def invite(question: dict) -> dict:
    """Codes for the first login, for everybody among these who has no password; given once, kept nowhere."""
    command = IssueInvitations(person_ids=tuple(question["person_ids"]), organisation_id=question["organisation_id"])
    return {"items": run(command)}
