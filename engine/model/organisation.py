from collections.abc import Mapping
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.model.base_model import ExactJson, Id, Model, new_id

COLUMNS = ("name", "uscc", "town")


class OrganisationKind(StrEnum):
    ENTERPRISE = "enterprise"
    TOWN = "town"
    OFFICE = "office"


class Organisation(Model):
    """An enterprise, a town or an office. `profile` holds the enterprise file of DOMAIN 6.1 (企业档案)."""

    __tablename__ = "organisation"
    __table_args__ = (Index(None, "kind", "name", "id"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(100), unique=True)
    uscc: Mapped[str | None] = mapped_column(String(18), unique=True)
    town: Mapped[str | None] = mapped_column(String(64))
    profile: Mapped[dict[str, Any]] = mapped_column(ExactJson, default=dict)
    online_voting_off: Mapped[bool] = mapped_column(default=False)
    lock_version: Mapped[int] = mapped_column()

    __mapper_args__: ClassVar[dict[str, Any]] = {"version_id_col": lock_version}

    @property
    def subject(self) -> str:
        """Its name in the chain of administration."""
        return f"organisation:{self.id}"

    def answers(self) -> dict[str, Any]:
        """What its form shows."""
        return {**self.profile, **{column: getattr(self, column) for column in COLUMNS}}

    def describe(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Take over the values of its form; gives what changed, `{key: {"from", "to"}}`."""
        before = self.answers() if self.name else {}
        for column in COLUMNS:
            if column in values:
                setattr(self, column, values[column])
        self.profile = {**(self.profile or {}), **{k: v for k, v in values.items() if k not in COLUMNS}}
        return {k: {"from": before.get(k), "to": v} for k, v in values.items() if before.get(k) != v}
