from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from engine.model.base_model import Model


class BallotTray(Model):
    """A part of the ballot box: ballot papers sorted by number, in one value that is written anew with each of them.

    So neither the place of a row nor the transaction that wrote it tells the order in which papers came.
    """

    __tablename__ = "ballot_tray"

    ballot_id: Mapped[str] = mapped_column(ForeignKey("ballot.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    papers: Mapped[bytes] = mapped_column(LargeBinary)
