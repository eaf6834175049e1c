from datetime import date

from sqlalchemy import Date, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.model.base_model import Model


class CalendarDay(Model):
    """A day that differs from the week rule: holiday, day off, or a weekend that is worked (调休)."""

    __tablename__ = "calendar_day"

    region: Mapped[str] = mapped_column(String(32), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(64), default="")
    source: Mapped[str] = mapped_column(String(64), default="")


class CalendarYear(Model):
    """A year for which the official plan is loaded; deadlines in other years are provisional."""

    __tablename__ = "calendar_year"

    region: Mapped[str] = mapped_column(String(32), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    source: Mapped[str] = mapped_column(String(64), default="")
