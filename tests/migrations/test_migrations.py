from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, inspect

from engine.model import Model
from seeds.tables import MIGRATIONS, alembic_config
from tests.databases import Database


@pytest.fixture
def connections(database: Database) -> Iterator[Engine]:
    engine = create_engine(database.url)
    yield engine
    engine.dispose()


@pytest.fixture
def config(database: Database) -> Config:
    return alembic_config(database.url)


def test_a_migrated_database_equals_the_models(connections: Engine) -> None:
    with connections.connect() as connection:
        # Our column types compare as what they store, see migrations/env.py.
        compared = MigrationContext.configure(
            connection, opts={"compare_type": lambda *a: False if hasattr(a[-1], "process_bind_param") else None}
        )
        differences = compare_metadata(compared, Model.metadata)

    assert differences == [], 'run `make migration M="…"`'


def test_every_migration_can_be_undone_and_done_again(connections: Engine, config: Config) -> None:
    tables = set(inspect(connections).get_table_names())

    command.downgrade(config, "base")
    left = set(inspect(connections).get_table_names())
    command.upgrade(config, "head")

    assert left <= {"alembic_version"}
    assert set(inspect(connections).get_table_names()) == tables


def test_migrations_are_one_line_of_numbers() -> None:
    script = ScriptDirectory(str(MIGRATIONS))

    numbers = sorted(revision.revision for revision in script.walk_revisions())

    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]


def test_a_migration_imports_nothing_of_the_application() -> None:
    ours = ("engine", "settings", "app", "services", "texts")
    for path in Path(MIGRATIONS, "versions").glob("*.py"):
        lines = path.read_text("utf-8").splitlines()
        assert not [
            line
            for line in lines
            if line.startswith(tuple(f"{word} {name}" for word in ("import", "from") for name in ours))
        ]
