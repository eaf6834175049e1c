from enum import StrEnum
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from engine.model.base_model import ExactJson, Id, Model, new_id


class OrganisationKind(StrEnum):
    ENTERPRISE = "enterprise"
    TOWN = "town"
    OFFICE = "office"


class Organisation(Model):
    """An enterprise, a town or an office. `profile` holds the enterprise file of DOMAIN 6.1 (企业档案)."""

    __tablename__ = "organisation"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(100), unique=True)
    uscc: Mapped[str | None] = mapped_column(String(18), unique=True)
    town: Mapped[str | None] = mapped_column(String(64))
    profile: Mapped[dict[str, Any]] = mapped_column(ExactJson, default=dict)
    online_voting_off: Mapped[bool] = mapped_column(default=False)
