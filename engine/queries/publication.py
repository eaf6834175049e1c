"""A draft whose scenarios are being played, for the job that plays them."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from engine.catalogue import Catalogue
from engine.drafting import files_of
from engine.model import ProcessDraft
from engine.model.process_draft import DraftState


@dataclass(frozen=True)
class Publication:
    """`files` are what would be deployed, with the rules of the city; `played` scenarios are done."""

    process: str
    files: Mapping[str, bytes]
    played: int


def publication(session: Session, draft_id: str, revision: int, *, catalogue: Catalogue) -> Publication | None:
    """None when it is not being published in this revision."""
    draft = session.get(ProcessDraft, draft_id)
    if draft is None or draft.state != DraftState.PUBLISHING or draft.revision != revision:
        return None
    files = catalogue.with_rules(session, files_of(session, draft_id))
    return Publication(draft.process, files, draft.played)
