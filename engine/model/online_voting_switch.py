from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.errors import Conflict
from engine.model.base_model import Id, Model, UtcDateTime, growing_id


class OnlineVotingOff(Conflict):
    """The town union has switched online voting off for this enterprise."""


class OnlineVotingSwitch(Model):
    """The union switched online voting of an enterprise off or on again; the newest one is what its file says."""

    __tablename__ = "online_voting_switch"
    __table_args__ = (Index(None, "organisation_id", "id"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=growing_id)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    is_off: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(500))
    by: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
