"""Diagrams of other tools come in and go out as drafts; nothing is kept."""

from pathlib import PurePosixPath

from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import UnsupportedMediaType

from api.blueprint import ApiBlueprint, body_limit
from api.current import the_actor, the_engine
from api.deployments import problem_entries
from api.permissions import permission
from api.schemas.imports import ImportAnswer, ImportQuestion
from engine.definitions.importing.door import ImportReport
from engine.groups import DESIGNERS
from engine.permissions import must_be_in
from engine.queries.importing import import_diagram

imports = ApiBlueprint("imports", "Diagrams of other tools as drafts.")
IMPORT_LIMIT = 2_500_000  # bytes: one file of 2 MB and the multipart around it
_ENDINGS = (".bpmn", ".xml", ".bpmn20")


@imports.post("/imports")
@permission("designer")
@body_limit(IMPORT_LIMIT)
@imports.arguments(ImportQuestion, location="multipart")
@imports.response(200, ImportAnswer)
def import_(question: dict) -> dict:
    """Make a draft of a diagram that another tool wrote, and name everything that is not in it as it was."""
    must_be_in(the_actor(), DESIGNERS)
    source = _bytes_of(question["file"])
    engine = the_engine()
    with engine.reading() as session:
        kit = {"catalogue": engine.catalogue, "services": engine.services}
        return _told(import_diagram(session, source, process=question["process"], **kit))


def _bytes_of(file: FileStorage) -> bytes:
    """Raises UnsupportedMediaType for a file that does not claim to be a diagram."""
    if not PurePosixPath((file.filename or "").lower()).name.endswith(_ENDINGS):
        raise UnsupportedMediaType
    return file.read()


def _told(found: ImportReport) -> dict:
    return {
        "source_vendor": found.imported.vendor,
        "process": found.imported.process,
        "draft": found.files.get(found.path, b"").decode() or None,
        "files": [{"path": path, "content": content.decode()} for path, content in found.files.items()],
        "gaps": problem_entries(found.imported.gaps),
        "problems": problem_entries(found.problems),
        "deployable": found.deployable,
    }
