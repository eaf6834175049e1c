"""The JSON edge: one module a resource; it translates between HTTP and the engine and decides nothing."""

from flask import Flask

from api.audit import audit
from api.ballot_closing import closing
from api.ballots import ballots
from api.case_views import case_views
from api.cases import cases
from api.clocks import clocks
from api.copies import copies
from api.cosigning import cosigning
from api.demo import demo
from api.deployments import deployments
from api.designer_kit import designer_kit
from api.dispatch_board import dispatch_board
from api.documents import documents
from api.drafts import drafts
from api.errors import answer_unroutable
from api.experts import experts
from api.follows import follows
from api.gatherings import gatherings
from api.going_back import going_back
from api.handing_on import handing_on
from api.health import health
from api.imports import imports
from api.incidents import incidents
from api.json_numbers import ExactJSONProvider
from api.mails import mails
from api.me import me
from api.messages import messages
from api.metrics import measure
from api.migrations import migrations
from api.negotiations import negotiations
from api.notes import notes
from api.online_voting import online_voting
from api.openapi import describe, description
from api.organisations import organisations
from api.papers import papers
from api.people import people
from api.processes import processes
from api.rights import rights
from api.rosters import rosters
from api.sessions import sessions
from api.spot_codes import spot_codes
from api.stand_ins import stand_ins
from api.tasks import tasks
from api.views import views

_RESOURCES = (
    sessions,
    me,
    mails,
    processes,
    deployments,
    imports,
    drafts,
    designer_kit,
    migrations,
    cases,
    case_views,
    tasks,
    views,
    cosigning,
    spot_codes,
    going_back,
    handing_on,
    copies,
    documents,
    follows,
    notes,
    clocks,
    messages,
    incidents,
    organisations,
    people,
    rights,
    rosters,
    dispatch_board,
    experts,
    stand_ins,
    audit,
    ballots,
    closing,
    online_voting,
    gatherings,
    negotiations,
    papers,
    demo,
    description,
    health,
)


def register(app: Flask) -> None:
    """Add the JSON interface below /api/v1 and the operation routes to the application."""
    app.json = ExactJSONProvider(app)
    app.before_request_funcs.setdefault(None, []).insert(0, answer_unroutable)
    measure(app)
    interface = describe(app)
    for resource in _RESOURCES:
        interface.register_blueprint(resource)
