"""What somebody reads who copies the files of the database, page by page, deleted rows and logs included."""

from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from tests.databases import Database


def raw_files(database: Database) -> dict[str, bytes]:
    """Name to content: the file of SQLite and its log; on PostgreSQL the files of every table, not its log."""
    if database.kind == "sqlite":
        path = Path(database.url.removeprefix("sqlite:///"))
        return {file.name: file.read_bytes() for file in sorted(path.parent.glob(f"{path.name}*")) if file.is_file()}
    url = make_url(database.url)
    with psycopg.connect(url.set(drivername="postgresql").render_as_string(False), autocommit=True) as connection:
        connection.execute("CHECKPOINT")
        row = connection.execute(
            "SELECT current_setting('data_directory'), oid FROM pg_database WHERE datname = current_database()"
        ).fetchone()
    assert row is not None
    folder = Path(row[0]) / "base" / str(row[1])
    if not folder.is_dir():
        pytest.skip("the server of TONGBAN_TEST_POSTGRESQL keeps its files elsewhere")
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir()) if file.is_file()}
