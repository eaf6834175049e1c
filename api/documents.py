"""The content of documents."""

from flask import Response

from api.blueprint import ApiBlueprint, body_limit
from api.current import the_actor, the_engine
from api.downloads import download
from api.idempotency import run
from api.permissions import permission
from api.schemas.documents import AttachQuestion, DocumentId, SettleQuestion, UploadQuestion
from api.uploads import DOCUMENT_LIMIT, upload_of
from engine.commands.attach_document import AttachDocument
from engine.commands.remove_document import RemoveDocument
from engine.commands.settle_document import SettleDocument
from engine.queries.documents import document_content

documents = ApiBlueprint("documents", "The content of documents.")


@documents.post("/documents")
@permission("signed_in")
@body_limit(DOCUMENT_LIMIT)
@documents.arguments(UploadQuestion, location="multipart")
@documents.response(201, DocumentId)
def upload(question: dict) -> dict:
    """Upload a document for a file field of a start form, before there is a case."""
    return {"id": run(upload_of(question))}


@documents.post("/cases/<case_id>/documents")
@permission("case_party")
@body_limit(DOCUMENT_LIMIT)
@documents.arguments(AttachQuestion, location="multipart")
@documents.response(201, DocumentId)
def attach(question: dict, case_id: str) -> dict:
    """Add a file to a case for one circle of its readers, or a newer version of one that is not final yet."""
    file = question.pop("file")
    return {"id": run(AttachDocument(case_id=case_id, filename=file.filename, content=file.read(), **question))}


@documents.post("/documents/<document_id>/settle")
@permission("case_party")
@documents.arguments(SettleQuestion)
@documents.response(204)
def settle(question: dict, document_id: str) -> Response:
    """Call a document final, or file it with the case."""
    run(SettleDocument(document_id=document_id, **question))
    return Response(status=204)


@documents.get("/documents/<document_id>")
@permission("case_party")
@documents.response(200, {"type": "string", "format": "binary"}, content_type="application/octet-stream")
def document(document_id: str) -> Response:
    """Download a document."""
    engine = the_engine()
    with engine.reading() as session:
        kit = {"catalogue": engine.catalogue, "store": engine.documents}
        row, content = document_content(session, the_actor(), document_id, **kit)
    return download(content, name=row.name, media_type="application/octet-stream")


@documents.delete("/documents/<document_id>")
@permission("case_party")
@documents.response(204)
def remove(document_id: str) -> Response:
    """Take back a document of a task that is not handed in yet."""
    run(RemoveDocument(document_id=document_id))
    return Response(status=204)
