"""`tongban demo`: fills a training system and says who can log in."""

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from engine.engine import Engine

GROUPS = (
    ("永康市星月模具有限公司", "boss hr chair rep1…rep40 worker1…worker60"),
    ("永康市远山门业有限公司", "boss2 hr2 chair2 rep2_1…rep2_30"),
    ("Offices 机关", "union town_union town_union2 guide hrss hrss_leader federation liaison liaison2"),
    ("Experts 专家", "lawyer1…3 accountant1…2 tax1…2 appraiser1…2 doctor1…2"),
    ("System 系统", "admin security auditor designer designer2"),
)


@click.command()
@click.option("--if-empty", is_flag=True, help="Do nothing when the demo people are there already.")
@click.option("--vote", is_flag=True, help="Leave a consultation at an open secret ballot, for rep1…rep40 to vote.")
def demo(if_empty: bool, vote: bool) -> None:
    """Put the demo people, enterprises and processes into the database (TONGBAN_DEMO=1 only)."""
    from cli.system import opened_engine
    from seeds.demo_data import PASSWORD
    from seeds.seeding import deploy_processes, enter_demo_experts, register_demo_people
    from settings import Settings

    settings = Settings.from_environment()
    if not settings.demo:
        raise click.ClickException("demo people are for training systems only: set TONGBAN_DEMO=1")
    with opened_engine(settings) as engine:
        new = register_demo_people(engine)
        if new or not if_empty:
            enter_demo_experts(engine)
            _report(deploy_processes(engine))
        if vote and (new or not if_empty):
            _open_vote(engine)
    click.echo(f"{new} new people. All passwords: {PASSWORD}")
    for place, usernames in GROUPS:
        click.echo(f"  {place}: {usernames}")


def _open_vote(engine: "Engine") -> None:
    from cli.demo_vote import open_demo_vote
    from engine.context import CITY_TIME

    ballot = open_demo_vote(engine)
    until = ballot.closes_at.astimezone(CITY_TIME)
    click.echo(f"A secret ballot is open until {until:%Y-%m-%d %H:%M}: rep1…rep40 vote, rep5 and rep6 close it.")
    click.echo(f"  /ballots/{ballot.id}")


def _report(reports: dict) -> None:
    for process, report in reports.items():
        if not report.deployable:
            raise click.ClickException(f"{process} cannot be deployed; see `tongban check bpmn/{process}`")
        click.echo(f"{process} is deployed.")
