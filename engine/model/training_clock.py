from sqlalchemy.orm import Mapped, mapped_column

from engine.model.base_model import Model


class TrainingClock(Model):
    """Demo mode only: by how many seconds the system's time is ahead of the real one."""

    __tablename__ = "training_clock"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    offset_seconds: Mapped[int] = mapped_column(default=0)
