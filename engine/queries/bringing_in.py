"""Files that become a draft: as they are, out of a zip, or made of a diagram that another tool wrote."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import Any

from sqlalchemy.orm import Session

from engine.catalogue import Catalogue
from engine.definitions.draft_files import DraftFilesRefused
from engine.definitions.importing.vendors import OURS
from engine.definitions.packing import is_zip, place_of, unpacked
from engine.errors import Problem
from engine.queries.checking import check_files
from engine.queries.importing import import_diagram

FOREIGN = (".xml", ".bpmn20")  # how some tools call their diagrams


@dataclass(frozen=True)
class BroughtIn:
    """`gaps` say what of a foreign diagram is not in the files as it was; they are kept with the draft."""

    files: Mapping[str, bytes]
    vendor: str | None = None
    gaps: tuple[Mapping[str, Any], ...] = ()


def bring_in(
    session: Session, uploads: Mapping[str, bytes], *, catalogue: Catalogue, services: Collection[str]
) -> BroughtIn:
    """`uploads` by file name. Raises ZipRefused, DraftFilesRefused.

    A single diagram that cannot be deployed and comes from another tool goes through the import.
    """
    files = _placed(uploads)
    diagrams = [path for path in files if path.endswith((".bpmn", *FOREIGN))]
    if len(files) != 1 or not diagrams:
        return BroughtIn(files)
    source, kit = files[diagrams[0]], {"catalogue": catalogue, "services": services}
    is_named_otherwise = diagrams[0].endswith(FOREIGN)
    if not is_named_otherwise and check_files(session, files, **kit).deployable:
        return BroughtIn(files)
    found = import_diagram(session, source, process=None, **kit)
    is_foreign = is_named_otherwise or found.imported.vendor not in OURS
    if not found.files or not is_foreign:
        return BroughtIn(files)
    return BroughtIn(found.files, found.imported.vendor, tuple(asdict(gap) for gap in found.imported.gaps))


def _placed(uploads: Mapping[str, bytes]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for name, content in uploads.items():
        path = PurePosixPath(name.replace("\\", "/"))
        if is_zip(content):
            inside = unpacked(content)
        else:
            is_foreign = path.suffix.lower() in FOREIGN
            place = "" if is_foreign else place_of(path)
            if place is None:
                raise DraftFilesRefused(problems=[Problem(name[:120], "draft_file_place", {"file": name[:120]})])
            inside = {place + path.name: content}
        twice = sorted(found.keys() & inside.keys())
        if twice:
            raise DraftFilesRefused(problems=[Problem(path, "request_file_twice") for path in twice])
        found |= inside
    return found
