"""Who sees a case: the one condition in SQL that commands and queries ask.

`audiences` are those of an actor or a parameter that stands for them, `case_id` a column or an id.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import BindParameter, exists

from engine.model import CaseAudience


def sees_part(audiences: Collection[str] | BindParameter[Any], case_id: Any) -> Any:
    """They are told that the case exists; guests see only their own part of it."""
    return exists().where(CaseAudience.case_id == case_id, CaseAudience.audience.in_(audiences))


def sees_whole(audiences: Collection[str] | BindParameter[Any], case_id: Any) -> Any:
    """They may read all of the case: they are not there as guests only."""
    mine = (CaseAudience.case_id == case_id, CaseAudience.audience.in_(audiences))
    return exists().where(*mine, CaseAudience.is_guest.is_(False))
