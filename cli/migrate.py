"""`tongban migrate`: the database gets the tables that this version needs."""

import click


@click.command()
def migrate() -> None:
    """Bring the database (TONGBAN_DATABASE_URL) to the newest version and load the published holidays and the towns."""
    from cli.system import opened_engine
    from seeds.seeding import enter_towns, load_calendar
    from seeds.tables import upgrade
    from settings import Settings

    settings = Settings.from_environment()
    upgrade(settings.database_url)
    with opened_engine(settings) as engine:
        years = load_calendar(engine)
        enter_towns(engine)
    click.echo(f"The database is at the newest version; {years} years were added to the calendar.")
