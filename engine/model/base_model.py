"""What all tables share: names for every constraint, opaque ids, aware times, exact JSON."""

from datetime import UTC, datetime
from time import time_ns
from typing import Any
from uuid import uuid4

import simplejson
from sqlalchemy import DateTime, MetaData, String, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase

Id = String(32)


class Model(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class UtcDateTime(TypeDecorator[datetime]):
    """Aware times in, aware UTC out, on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        return value.astimezone(UTC) if dialect.name == "postgresql" else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class ExactJson(TypeDecorator[Any]):
    """JSON as text: key order and decimal places survive, which `jsonb` and floats do not promise."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> str | None:
        return None if value is None else exact_dumps(value)

    def process_result_value(self, value: str | None, dialect: Any) -> Any:
        return None if value is None else exact_loads(value)


def exact_dumps(value: Any) -> str:
    """JSON text with decimals written digit by digit. Raises ValueError for NaN and infinities."""
    return simplejson.dumps(value, use_decimal=True, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def exact_loads(text: str) -> Any:
    return simplejson.loads(text, use_decimal=True)


def new_id() -> str:
    return uuid4().hex


def growing_id() -> str:
    """Sorts after the ids that were made before it on this machine: for rows that are worked off in order."""
    return f"{time_ns():016x}{uuid4().hex[:16]}"
