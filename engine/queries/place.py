"""Where and when a question is asked."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from engine.catalogue import Catalogue


@dataclass(frozen=True)
class Place:
    session: Session
    catalogue: Catalogue
    now: datetime
