"""Who may call which route, as `permissions.txt` says; `test_permissions` compares its rows with the application."""

<<<<<<< HEAD
# The API lies below /api/v1.
PERMISSIONS = {
    "public": """
        POST /api/v1/sessions
        POST /api/v1/sessions/first
        POST /api/v1/ballots/<ballot_id>/votes
        GET /api/v1/openapi.json
        GET /healthz
        GET /metrics
        GET /readyz
        GET /login
        POST /login
        GET /login/first
        POST /login/first
        GET /locale/<code>
        GET /calendar/<token>.ics
        GET /unsubscribe/<token>
        POST /unsubscribe/<token>
    """,
    "signed_in": """
        DELETE /api/v1/sessions/current
        GET /api/v1/roster-imports/<import_id>
        GET /api/v1/roster-imports/<import_id>/flaws
        POST /api/v1/roster-imports/<import_id>/cancel
        GET /api/v1/rosters
        GET /api/v1/rosters/<enterprise_id>
        POST /api/v1/rosters/<enterprise_id>/imports
        GET /roster-imports/<import_id>
        GET /roster-imports/<import_id>/flaws.xlsx
        POST /roster-imports/<import_id>/cancel
        GET /rosters
        GET /rosters/<enterprise_id>
        GET /rosters/template.xlsx
        GET /requests
        GET /requests/qr
        POST /rosters/<enterprise_id>
        GET /api/v1/experts/<person_id>
        DELETE /api/v1/experts/<person_id>/absence
        POST /api/v1/experts/<person_id>/absence
        GET /experts/<person_id>
        POST /experts/<person_id>/absence
        POST /experts/<person_id>/absence/end
        GET /me/expert
        GET /api/v1/ballots/<ballot_id>
        GET /api/v1/ballots/<ballot_id>/board
        GET /api/v1/ballots/<ballot_id>/closing
        GET /api/v1/ballots/<ballot_id>/voters
        POST /api/v1/ballots/<ballot_id>/abort
        POST /api/v1/ballots/<ballot_id>/close
        POST /api/v1/ballots/<ballot_id>/paper-voters
        POST /api/v1/ballots/<ballot_id>/reminders
        POST /api/v1/ballots/<ballot_id>/tickets
        GET /api/v1/demands/<demand_id>
        GET /api/v1/demands/<demand_id>/signatories
        POST /api/v1/demands/<demand_id>/signature
        DELETE /api/v1/demands/<demand_id>/signature
        GET /api/v1/surveys/<survey_id>
        GET /demands/<demand_id>
        POST /demands/<demand_id>
        GET /demands/<demand_id>/names
        GET /surveys/<survey_id>
        GET /api/v1/cases
        POST /api/v1/cases
        POST /api/v1/copies/<copy_id>/read
        POST /api/v1/documents
        GET /api/v1/me
        GET /api/v1/me/desk
        PUT /api/v1/me/desk
        GET /api/v1/me/copies
        PUT /api/v1/me/locale
        PUT /api/v1/me/password
        GET /api/v1/papers
        GET /api/v1/papers/<process>/<key>/templates
        POST /api/v1/papers/<process>/<key>/templates
        GET /api/v1/papers/<process>/<key>/templates/<int:version>
        POST /api/v1/papers/<process>/<key>/templates/<int:version>/restore
        GET /api/v1/papers/<process>/<key>/templates/<int:version>/sample.<kind>
        GET /api/v1/me/notices
        POST /api/v1/me/notices/read
        GET /api/v1/me/stand-ins
        POST /api/v1/me/stand-ins
        POST /api/v1/stand-ins/<stand_in_id>/end
        GET /me/stand-ins
        GET /me/stand-ins/new
        POST /me/stand-ins/new
        POST /stand-ins/<stand_in_id>/end
        GET /api/v1/me/mail
        PUT /api/v1/me/mail
        PUT /api/v1/me/mail/address
        DELETE /api/v1/me/mail/address
        POST /api/v1/me/mail/address/confirm
        POST /api/v1/me/calendar
        DELETE /api/v1/me/calendar
        GET /api/v1/processes
        GET /api/v1/processes/<key>
        GET /api/v1/processes/<key>/bpmn
        GET /api/v1/processes/<key>/start-form
        GET /api/v1/tasks
        GET /api/v1/views
        POST /api/v1/views
        GET /api/v1/views/<view_id>
        PUT /api/v1/views/<view_id>
        DELETE /api/v1/views/<view_id>
        GET /api/v1/views/<view_id>/tasks
        GET /
        GET /ballots/<ballot_id>
        GET /ballots/<ballot_id>/abort
        POST /ballots/<ballot_id>/abort
        GET /ballots/<ballot_id>/closing
        POST /ballots/<ballot_id>/closing
        POST /ballots/<ballot_id>/closing/paper
        POST /ballots/<ballot_id>/closing/remind
        GET /ballots/<ballot_id>/closing/state
        GET /ballots/<ballot_id>/closing/voters
        GET /ballots/<ballot_id>/result
        GET /ballots/<ballot_id>/result.pdf
        GET /ballots/verify.py
        GET /ballots/<ballot_id>/files/<document_id>
        GET /ballots/<ballot_id>/matter
        POST /ballots/<ballot_id>/matter
        GET /ballots/<ballot_id>/receipt
        GET /ballots/<ballot_id>/vote
        GET /batches
        GET /batches/<batch_id>
        POST /batches/<batch_id>/cancel
        GET /batches/<batch_id>/result.<any(xlsx, csv):kind>
        GET /cases
        GET /copies
        POST /copies/<copy_id>/read
        GET /cases/new
        GET /cases/new/<process>
        POST /cases/new/<process>
        POST /logout
        GET /me
        GET /me/password
        POST /me/password
        POST /me/sessions/<session_id>/end
        GET /me/notices
        POST /me/notices
        POST /me/mail
        POST /me/mail/confirm
        POST /me/mail/remove
        POST /me/calendar
        POST /me/calendar/end
        GET /notices
        POST /notices/read
        GET /papers
        GET /papers/<process>/<key>
        POST /papers/<process>/<key>
        GET /papers/<process>/<key>/<int:version>.docx
        POST /papers/<process>/<key>/<int:version>/restore
        GET /papers/<process>/<key>/<int:version>/sample.docx
        GET /papers/<process>/<key>/sample.pdf
        GET /processes
        GET /processes/<key>
        GET /processes/<key>.bpmn
        GET /tasks
        POST /tasks/batch
        POST /tasks/batch/start
        GET /tasks/columns
        POST /tasks/columns
        GET /tasks/news
        POST /tasks/next
        GET /tasks/suggest
        GET /views
        GET /views/<view_id>
        POST /views/<view_id>
        POST /views/<view_id>/delete
        GET /views/new
        POST /views/new
        POST /views/order
    """,
    "case_party": """
        GET /api/v1/cases/<case_id>
        GET /api/v1/cases/<case_id>/clocks
        GET /api/v1/cases/<case_id>/copies
        POST /api/v1/cases/<case_id>/copies
        GET /api/v1/cases/<case_id>/diagram
        GET /api/v1/cases/<case_id>/documents
        GET /api/v1/cases/<case_id>/evidence
        POST /api/v1/cases/<case_id>/documents
        POST /api/v1/documents/<document_id>/settle
        GET /api/v1/cases/<case_id>/notes
        GET /api/v1/cases/<case_id>/notices
        POST /api/v1/cases/<case_id>/notes
        DELETE /api/v1/notes/<note_id>
        GET /api/v1/cases/<case_id>/replay
        PUT /api/v1/cases/<case_id>/follow
        DELETE /api/v1/cases/<case_id>/follow
        GET /api/v1/cases/<case_id>/history
        GET /api/v1/cases/<case_id>/negotiation
        POST /api/v1/cases/<case_id>/negotiation/clauses
        GET /api/v1/cases/<case_id>/negotiation/clauses/<clause_id>
        POST /api/v1/cases/<case_id>/negotiation/clauses/<clause_id>/agree
        POST /api/v1/cases/<case_id>/negotiation/clauses/<clause_id>/notes
        POST /api/v1/cases/<case_id>/negotiation/clauses/<clause_id>/park
        POST /api/v1/cases/<case_id>/negotiation/clauses/<clause_id>/proposals
        POST /api/v1/cases/<case_id>/negotiation/clauses/<clause_id>/reopening
        POST /api/v1/cases/<case_id>/negotiation/clauses/<clause_id>/reopening/answer
        POST /api/v1/cases/<case_id>/negotiation/clauses/<clause_id>/withdraw
        POST /api/v1/cases/<case_id>/negotiation/negotiators
        POST /api/v1/cases/<case_id>/negotiation/presence
        GET /api/v1/cases/<case_id>/papers
        GET /api/v1/cases/<case_id>/papers/<key>
        POST /api/v1/cases/<case_id>/papers/<key>
        GET /api/v1/cases/<case_id>/waiting
        GET /api/v1/documents/<document_id>
        DELETE /api/v1/documents/<document_id>
        GET /api/v1/tasks/<task_id>
        POST /api/v1/tasks/<task_id>/claim
        POST /api/v1/tasks/<task_id>/complete
        GET /api/v1/tasks/<task_id>/cosigners
        POST /api/v1/tasks/<task_id>/cosigners
        GET /api/v1/tasks/<task_id>/cosigners/outlook
        GET /api/v1/tasks/<task_id>/cosigners/removal
        POST /api/v1/tasks/<task_id>/cosigners/removal
        POST /api/v1/tasks/<task_id>/delegate
        POST /api/v1/tasks/<task_id>/draft
        POST /api/v1/tasks/<task_id>/files
        POST /api/v1/tasks/<task_id>/hand-back
        PUT /api/v1/tasks/<task_id>/follow
        DELETE /api/v1/tasks/<task_id>/follow
        POST /api/v1/tasks/<task_id>/follow-up
        GET /api/v1/tasks/<task_id>/recall
        POST /api/v1/tasks/<task_id>/recall
        POST /api/v1/tasks/<task_id>/release
        POST /api/v1/tasks/<task_id>/decline
        GET /api/v1/tasks/<task_id>/return
        POST /api/v1/tasks/<task_id>/return
        POST /api/v1/tasks/<task_id>/sign
        POST /api/v1/tasks/<task_id>/take-back
        POST /api/v1/tasks/<task_id>/take-back-hand-in
        POST /api/v1/tasks/<task_id>/transfer
        POST /api/v1/tasks/<task_id>/urge
        GET /cases/<case_id>
        POST /cases/<case_id>/<any(suspend, resume, cancel):order>
        GET /cases/<case_id>/audit
        GET /cases/<case_id>/ballots
        GET /cases/<case_id>/copies
        POST /cases/<case_id>/copies
        GET /cases/<case_id>/diagram
        GET /cases/<case_id>/diagram.bpmn
        GET /cases/<case_id>/dispatch
        GET /cases/<case_id>/documents
        GET /cases/<case_id>/evidence
        GET /cases/<case_id>/film
        POST /cases/<case_id>/documents
        GET /documents/<document_id>/preview
        POST /documents/<document_id>/settle
        POST /documents/<document_id>/take-away
        GET /cases/<case_id>/notes
        POST /cases/<case_id>/notes
        POST /notes/<note_id>/withdraw
        GET /cases/<case_id>/parties
        GET /cases/<case_id>/negotiation
        POST /cases/<case_id>/negotiation/clauses
        GET /cases/<case_id>/negotiation/clauses/<clause_id>
        POST /cases/<case_id>/negotiation/clauses/<clause_id>/<any(withdraw, park, reopen, answer, note):act>
        POST /cases/<case_id>/negotiation/clauses/<clause_id>/agree
        POST /cases/<case_id>/negotiation/clauses/<clause_id>/live
        POST /cases/<case_id>/negotiation/clauses/<clause_id>/propose
        POST /cases/<case_id>/negotiation/live
        POST /cases/<case_id>/negotiation/negotiators
        GET /cases/<case_id>/papers/<key>
        POST /cases/<case_id>/papers/<key>
        GET /cases/<case_id>/papers/<key>/page
        GET /cases/<case_id>/timeline
        GET /documents/<document_id>
        POST /documents/<document_id>/remove
        GET /tasks/<task_id>
        POST /tasks/<task_id>
        GET /tasks/<task_id>/<any(decline, assign, transfer, delegate, hand_back, take_back, urge, follow_up):act>
        POST /tasks/<task_id>/<any(decline, assign, transfer, delegate, hand_back, take_back, urge, follow_up):act>
        POST /tasks/<task_id>/<any(claim, unclaim, follow, unfollow):act>
        GET /tasks/<task_id>/cosign
        POST /tasks/<task_id>/cosign
        GET /tasks/<task_id>/cosign/removal
        POST /tasks/<task_id>/cosign/removal
        POST /tasks/<task_id>/sign
        POST /tasks/<task_id>/take-back-hand-in
        GET /tasks/<task_id>/done
        GET /tasks/<task_id>/preview
        GET /tasks/<task_id>/recall
        POST /tasks/<task_id>/recall
        GET /tasks/<task_id>/return
        POST /tasks/<task_id>/return
        POST /tasks/<task_id>/release
        POST /tasks/<task_id>/take
    """,
    "experts": """
        GET /api/v1/experts
        PUT /api/v1/experts/<person_id>
        POST /api/v1/experts/<person_id>/status
        GET /experts
        POST /experts/<person_id>
        POST /experts/<person_id>/<any(suspended, dismissed, active):status>
        GET /experts/import
        POST /experts/import
        GET /experts/new
        POST /experts/new
        GET /experts/register.xlsx
        GET /experts/template.xlsx
    """,
    "coordinators": """
        GET /api/v1/dispatch/board
        GET /dispatch
        GET /dispatch/board.<any(xlsx, csv):kind>
        GET /dispatch/requests
        GET /dispatch/requests.<any(xlsx, csv):kind>
    """,
    "oversight": """
        POST /api/v1/cases/<case_id>/cancel
        POST /api/v1/cases/<case_id>/parties
        POST /api/v1/cases/<case_id>/resume
        POST /api/v1/cases/<case_id>/suspend
        POST /api/v1/clocks/<clock_id>/pause
        POST /api/v1/clocks/<clock_id>/resume
        GET /api/v1/incidents
        GET /api/v1/online-voting
        PUT /api/v1/online-voting/<enterprise_id>
        POST /api/v1/incidents/<incident_id>/retry
        POST /api/v1/tasks/<task_id>/assign
    """,
    "union": """
        GET /online-voting
        GET /online-voting/<enterprise_id>
        POST /online-voting/<enterprise_id>
    """,
    "designer": """
        POST /api/v1/deployments
        POST /api/v1/deployments/check
        POST /api/v1/imports
        GET /designer/check
        POST /designer/check
        POST /designer/deploy
        POST /designer/draft
    """,
    "registry": """
        GET /api/v1/organisations
        GET /api/v1/organisations/<organisation_id>
        GET /api/v1/organisations/<organisation_id>/acts
        GET /api/v1/people
        GET /api/v1/people/<person_id>
        GET /api/v1/people/<person_id>/acts
        GET /api/v1/people/<person_id>/stand-ins
        GET /organisations
        GET /organisations/<organisation_id>
        GET /people
        GET /people/<person_id>
    """,
    "audit": """
        GET /api/v1/audit
        POST /api/v1/audit/excerpts
        GET /audit
        GET /audit/chain
        POST /audit/<any(evidence, sheet):form>
    """,
    "security": """
        POST /api/v1/invitations
        POST /api/v1/memberships/<membership_id>/end
        POST /api/v1/people/<person_id>/memberships
        POST /api/v1/people/<person_id>/password
        POST /api/v1/people/<person_id>/stand-ins
        POST /api/v1/people/<person_id>/unlock
        POST /memberships/<membership_id>/end
        POST /organisations/<organisation_id>/invitations
        GET /people/<person_id>/memberships
        GET /people/<person_id>/stand-ins
        POST /people/<person_id>/stand-ins
        POST /people/<person_id>/invitation
        POST /people/<person_id>/memberships
        POST /people/<person_id>/password
        POST /people/<person_id>/unlock
    """,
    "admin": """
        POST /api/v1/messages
        GET /api/v1/mails
        POST /api/v1/mails/<mail_id>/retry
        POST /api/v1/organisations
        PUT /api/v1/organisations/<organisation_id>
        POST /api/v1/people
        PUT /api/v1/people/<person_id>
        POST /api/v1/people/<person_id>/leaving
        POST /api/v1/people/<person_id>/return
        GET /organisations/new/<kind>
        POST /organisations/new/<kind>
        POST /organisations/<organisation_id>
        GET /people/new
        POST /people/new
        POST /people/<person_id>
        POST /people/<person_id>/leaving
        POST /people/<person_id>/return
        GET /incidents
        POST /incidents/<incident_id>/retry
        GET /mails
        POST /mails/<mail_id>/retry
    """,
    "demo": """
        POST /api/v1/demo/clock
        POST /training-clock
    """,
}
=======
from collections.abc import Mapping
from pathlib import Path

TABLE = Path(__file__).with_name("permissions.txt")


def _read(text: str) -> Mapping[str, tuple[str, ...]]:
    """`[permission]`, and below it one route a line, as `METHOD /rule`."""
    found: dict[str, list[str]] = {}
    rows: list[str] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith("["):
            rows = found.setdefault(line.strip("[]"), [])
        elif not line.startswith("#"):
            rows.append(line)
    return {permission: tuple(rows) for permission, rows in found.items()}


PERMISSIONS = _read(TABLE.read_text("utf-8"))
>>>>>>> main
