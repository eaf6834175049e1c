"""What the security administrator does: grant and end memberships, invitation codes, unlocking."""

from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from engine.commands.end_membership import EndMembership
from engine.commands.grant_membership import GrantMembership
from engine.commands.issue_invitations import IssueInvitations
from engine.commands.reset_password import ResetPassword
from engine.commands.unlock_login import UnlockLogin
from engine.queries.people_register import person_file
from engine.registry import membership_words, registry_form
from web import door
from web.people.code_sheet import code_sheet
from web.people.entry_form import drawn, entry, hand_in, is_page
from web.people.person_page import code_page
from web.permission import permission
from web.return_path import safe_path

screen = Blueprint("rights", __name__)


@screen.get("/people/<person_id>/memberships")
@permission("security")
def form(person_id: str) -> str:
    return _page(person_id, answers=None)


@screen.post("/people/<person_id>/memberships")
@permission("security")
def grant(person_id: str) -> Response:
    outcome = hand_in(
        registry_form("membership"), _words(), page=lambda **said: _page(person_id, **said),
        command=lambda answers: GrantMembership(person_id=person_id, answers=answers),
    )  # fmt: skip
    if is_page(outcome):
        return outcome
    flash(_("已授予角色。"), "good")
    return redirect(url_for("pages.person_page.show", person_id=person_id))


@screen.post("/memberships/<membership_id>/end")
@permission("security")
def end(membership_id: str) -> Response:
    tasks = door.run(EndMembership(membership_id=membership_id, reason=_reason()))
    told = ngettext("%(num)d 项待办已交回。", "%(num)d 项待办已交回。", tasks) if tasks else ""
    flash(_("角色已终止。") + told, "good")
    return redirect(safe_path(request.form.get("next"), default=url_for("pages.people_list.show")))


@screen.post("/people/<person_id>/unlock")
@permission("security")
def unlock(person_id: str) -> Response:
    door.run(UnlockLogin(person_id=person_id, reason=_reason()))
    flash(_("已解锁，此人可以马上再次登录。"), "good")
    return redirect(url_for("pages.person_page.show", person_id=person_id))


@screen.post("/people/<person_id>/invitation")
@permission("security")
def invite(person_id: str) -> str:
    return code_page(person_id, door.run(IssueInvitations(person_ids=(person_id,)))[0].code)


@screen.post("/people/<person_id>/password")
@permission("security")
def reset(person_id: str) -> str:
    return code_page(person_id, door.run(ResetPassword(person_id=person_id, reason=_reason())))


@screen.post("/organisations/<organisation_id>/invitations")
@permission("security")
def invite_all(organisation_id: str) -> Response:
    """One sheet with a code for everybody of an organisation who has not logged in yet."""
    codes = door.run(IssueInvitations(organisation_id=organisation_id))
    answer = make_response(code_sheet(codes))
    answer.mimetype = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    answer.headers["Content-Disposition"] = 'attachment; filename="invitations.xlsx"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _reason() -> str:
    return request.form.get("reason", "").strip()


def _words() -> dict[str, Any]:
    with door.reading() as session:
        return membership_words(session, today=door.today())


def _page(person_id: str, *, answers: Any, verdict: Any = None, complaint: str | None = None) -> str:
    with door.reading() as session:
        file = person_file(session, door.actor(), person_id, now=door.now())
    return drawn(
        "people/grant.html", file=file, complaint=complaint, button=_("授予"),
        back=url_for("pages.person_page.show", person_id=person_id),
        **entry(registry_form("membership"), _words(), answers=answers, verdict=verdict),
    )  # fmt: skip
