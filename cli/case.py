"""`tongban case show`: a case on the terminal, for those who operate the system."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import click

from texts import sentence

CITY_TIME = ZoneInfo("Asia/Shanghai")


@click.group()
def case() -> None:
    """Look at a case."""


@case.command()
@click.argument("number")
@click.option("--variables", is_flag=True, help="Also what the process remembers.")
def show(number: str, variables: bool) -> None:
    """Show the case with this NUMBER (or id): where it is, what it waits for, what happened."""
    from cli.system import opened_engine
    from engine.errors import EngineError

    try:
        with opened_engine() as engine:
            _show(engine, number, with_variables=variables)
    except EngineError as error:
        raise click.ClickException(sentence("errors", error.code, **error.details)) from error


def _show(engine: Any, number: str, *, with_variables: bool) -> None:
    from engine.actor import SYSTEM
    from engine.queries.case_by_number import case_by_number
    from engine.queries.case_file import case_file
    from engine.queries.case_variables import case_variables
    from engine.queries.history import history

    with engine.reading() as session:
        case_id = case_by_number(session, SYSTEM, number)
        file = case_file(session, SYSTEM, case_id, catalogue=engine.catalogue, now=engine.now())
        acts = history(session, SYSTEM, case_id, catalogue=engine.catalogue, limit=200)
        remembered = case_variables(session, SYSTEM, case_id) if with_variables else {}
    click.echo(f"{file.case.number}  {file.case.title}  [{file.case.status}]  {file.case.stage_name}")
    for line in _lines(file):
        click.echo(line)
    for entry in acts.items:
        click.echo(f"  {_time(entry.at)}  {entry.actor:12} {entry.action:24} {entry.element_id or ''}")
    for name, value in sorted(remembered.items()):
        click.echo(f"  {name} = {value}")


def _lines(file: Any) -> list[str]:
    lines = [f"  ⏳ {sentence('waiting', w.code, **w.params)}" for w in file.waiting]
    lines += [f"  ◷ {c.name} {c.due_on} [{c.state}]" for c in file.clocks]
    lines += [f"  ☐ {t.name} ({t.element_id}) {t.assignee or ','.join(t.candidate_groups)}" for t in _open(file)]
    return lines + [f"  ⚠ {i.element_id}: {i.code} {i.message}" for i in file.incidents if i.state == "open"]


def _open(file: Any) -> list[Any]:
    return [task for task in file.tasks if task.state in ("open", "claimed")]


def _time(moment: datetime) -> str:
    return moment.astimezone(CITY_TIME).strftime("%Y-%m-%d %H:%M")
