"""What a deployment of these files would be told."""

from collections.abc import Collection, Mapping

from sqlalchemy.orm import Session

from engine.catalogue import Catalogue
from engine.definitions.check import Report, check_bundle
from engine.groups import GROUPS


def check_files(
    session: Session, files: Mapping[str, bytes], *, catalogue: Catalogue, services: Collection[str]
) -> Report:
    """The same check as at the door, with the same rule files; nothing is stored."""
    return check_bundle(catalogue.with_rules(session, files), services=services, groups=GROUPS)
