import pytest
import redis
from sqlalchemy import create_engine, inspect, make_url, text

from tests.city import EMPTY
from tests.conftest import DatabaseHosts
from tests.databases import Database


@pytest.fixture
def tables(database: Database) -> list[str]:
    engine = create_engine(database.url)
    try:
        return inspect(engine).get_table_names()
    finally:
        engine.dispose()


def test_a_database_is_migrated(tables: list[str]) -> None:
    assert "alembic_version" in tables


def test_a_database_is_of_the_kind_that_it_says(database: Database) -> None:
    assert make_url(database.url).get_backend_name() == database.kind


@pytest.mark.parametrize("turn", [1, 2])
def test_what_one_test_writes_the_next_does_not_see(database: Database, turn: int) -> None:
    engine = create_engine(database.url)

    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE left_behind (id INTEGER)"))

    engine.dispose()


def test_redis_answers(redis_url: str) -> None:
    with redis.Redis.from_url(redis_url) as client:
        assert client.ping() is True


def test_a_kept_database_is_the_beginning_of_others(database_hosts: DatabaseHosts, database_kind: str) -> None:
    def add_to(database: Database) -> int:
        """How many have been added."""
        engine = create_engine(database.url)
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE IF NOT EXISTS added (id INTEGER)"))
            connection.execute(text("INSERT INTO added VALUES (1)"))
            count: int = connection.scalar(text("SELECT count(*) FROM added"))
        engine.dispose()
        return count

    host = database_hosts.of(database_kind)
    with host.fresh(EMPTY) as database:
        add_to(database)
        kept = host.keep(database)
        assert add_to(database) == 2

    for _ in range(2):
        with host.fresh(kept) as copy:
            assert add_to(copy) == 2
