"""What makes a Word file do or fetch something when it is opened."""

import re
from collections.abc import Iterator
from typing import Any

from docx.opc.oxml import parse_xml
from docx.oxml.ns import qn

_DOING = frozenset({"vbaproject", "oleobject", "control", "activexcontrolbinary", "afchunk", "package", "subdocument"})
_FIELDS_THAT_FETCH = re.compile(
    r"\b(DDE|DDEAUTO|INCLUDE|INCLUDEPICTURE|INCLUDETEXT|IMPORT|LINK|DATABASE|RD)\b", re.IGNORECASE
)
_A_LINK_TO_CLICK = "hyperlink"


def dangers(package: Any) -> Iterator[str]:
    """Problem codes for the opened file."""
    relations = [(relation, _kind(relation)) for relation in package.iter_rels()]
    if any(kind in _DOING for _, kind in relations):
        yield "template_active"
    if any(relation.is_external and kind != _A_LINK_TO_CLICK for relation, kind in relations) or _has_fetching_field(
        package
    ):
        yield "template_fetches"


def _kind(relation: Any) -> str:
    return str(relation.reltype).rsplit("/", 1)[-1].lower()


def _has_fetching_field(package: Any) -> bool:
    written = (parse_xml(part.blob) for part in package.parts if part.content_type.endswith("xml"))
    return any(_FIELDS_THAT_FETCH.search(_instructions(root)) for root in written)


def _instructions(root: Any) -> str:
    """Those of one field may be cut into pieces."""
    pieces = (piece.text or "" for piece in root.iter(qn("w:instrText")))
    return "".join(pieces) + " ".join(field.get(qn("w:instr"), "") for field in root.iter(qn("w:fldSimple")))
