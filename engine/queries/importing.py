"""What a diagram of another tool would be here."""

from collections.abc import Collection

from sqlalchemy.orm import Session

from engine.catalogue import Catalogue
from engine.definitions.importing.door import ImportReport, import_file
from engine.groups import GROUPS


def import_diagram(
    session: Session, source: bytes, *, process: str | None, catalogue: Catalogue, services: Collection[str]
) -> ImportReport:
    """A draft, checked as at the door with the rule files of the city; nothing is stored."""
    rules = catalogue.with_rules(session, {})
    return import_file(source, services=services, groups=GROUPS, process=process, beside=rules)
