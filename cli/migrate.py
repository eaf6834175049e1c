"""`tongban migrate`: the database gets the tables that this version needs."""

from pathlib import Path

import click
from alembic import command
from alembic.config import Config

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"


def upgrade(database_url: str) -> None:
    """Runs the migrations that are missing; makes the folder of a SQLite file where it is not there yet."""
    if database_url.startswith("sqlite:///"):
        Path(database_url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    command.upgrade(alembic_config(database_url), "head")


def alembic_config(database_url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("sqlalchemy.url", database_url.replace("%", "%%"))
    return config


@click.command()
def migrate() -> None:
    """Bring the database (TONGBAN_DATABASE_URL) to the newest version and load the published holidays and the towns."""
    from cli.seeding import enter_towns, load_calendar
    from cli.system import opened_engine
    from settings import Settings

    settings = Settings.from_environment()
    upgrade(settings.database_url)
    with opened_engine(settings) as engine:
        years = load_calendar(engine)
        enter_towns(engine)
    click.echo(f"The database is at the newest version; {years} years were added to the calendar.")
