"""Alembic's entry: runs the migrations against `sqlalchemy.url` of the config, on SQLite and PostgreSQL alike."""

from typing import Any

from alembic import context
from sqlalchemy import create_engine, pool


def compared_type(
    _context: Any, _inspected: Any, _metadata: Any, _inspected_type: Any, metadata_type: Any
) -> bool | None:
    """Our own column types compare as what they store."""
    return False if hasattr(metadata_type, "impl") and hasattr(metadata_type, "process_bind_param") else None


def rendered_type(kind: str, column_type: Any, _autogen: Any) -> str | bool:
    """A migration names plain SQL types: it must still run when our classes have moved."""
    if kind == "type" and hasattr(column_type, "process_bind_param"):
        return f"sa.{column_type.impl_instance!r}"
    return False


def target_metadata() -> Any:
    """The models, needed only to write or to compare a migration, never to run one."""
    wanted = context.config.attributes.get("compare_with_models") or context.config.cmd_opts
    if not wanted:
        return None
    from engine.model import Model

    return Model.metadata


def run() -> None:
    engine = create_engine(context.config.get_main_option("sqlalchemy.url"), poolclass=pool.NullPool)
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=target_metadata(),
            render_as_batch=True,
            compare_type=compared_type,
            render_item=rendered_type,
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()
