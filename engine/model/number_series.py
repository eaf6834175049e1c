from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from engine.model.base_model import Model


class NumberSeries(Model):
    """The last number given out in a series such as `薪协商-2026`."""

    __tablename__ = "number_series"

    series: Mapped[str] = mapped_column(String(64), primary_key=True)
    last: Mapped[int] = mapped_column(default=0)
