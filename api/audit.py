"""The audit of what belongs to no case."""

from flask import Response

from api.blueprint import ApiBlueprint
from api.current import the_actor, the_engine
from api.downloads import download
from api.idempotency import run
from api.permissions import permission
from api.schemas.registry import ActPage, AuditExcerptQuestion, AuditListQuestion
from engine.commands.take_audit_excerpt import TakeAuditExcerpt
from engine.queries.audit import AuditFilter, audit_evidence
from engine.queries.audit import audit as find_entries

audit = ApiBlueprint("audit", "The audit of what belongs to no case.")


@audit.get("/audit")
@permission("audit")
@audit.arguments(AuditListQuestion, location="query")
@audit.response(200, ActPage)
def entries(question: dict) -> object:
    """One page of what administrators did (`administration`) or of logins and refusals (`system`), newest first."""
    page = {name: question.pop(name) for name in ("cursor", "limit")}
    with the_engine().reading() as session:
        return find_entries(session, the_actor(), filters=AuditFilter(**question), **page)


@audit.post("/audit/excerpts")
@permission("audit")
@audit.arguments(AuditExcerptQuestion)
@audit.response(200, {"type": "string", "format": "binary"}, content_type="application/zip")
def excerpt(question: dict) -> Response:
    """The entries of some days as a bundle for `tongban verify`; that it was taken is recorded."""
    run(TakeAuditExcerpt(**question))
    engine = the_engine()
    with engine.reading() as session:
        content = audit_evidence(session, the_actor(), filters=AuditFilter(**question), now=engine.now())
    return download(content, name=f"audit-{question['stream']}.zip", media_type="application/zip")
