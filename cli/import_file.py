"""`tongban import`: a draft of a diagram that another tool wrote."""

import json
from pathlib import Path

import click

from cli.check import sentence_of
from engine.definitions.importing.door import ImportReport, import_file
from engine.groups import GROUPS


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), help="Folder to write the draft to.")
@click.option("--process", help="Id of the process to take, when the file has several.")
@click.option("--language", type=click.Choice(["zh", "en"]), default="zh", help="Language of the sentences.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of sentences.")
def import_diagram(file: Path, output: Path | None, process: str | None, language: str, as_json: bool) -> None:
    """Make a draft of a diagram that another tool wrote, and list what of it is not in the draft as it was.

    Ends with 0 when there is a draft, with 1 when the file is refused.
    """
    from app import SERVICES

    found = import_file(file.read_bytes(), services=SERVICES, groups=GROUPS, process=process)
    if as_json:
        click.echo(json.dumps(_answer(found, language), ensure_ascii=False, indent=2))
    else:
        _print(found, language)
    if output is not None and found.imported.xml is not None:
        _write(found, output, quiet=as_json)
    raise SystemExit(0 if found.imported.xml is not None else 1)


def _answer(found: ImportReport, language: str) -> dict[str, object]:
    return {
        "source_vendor": found.imported.vendor,
        "process": found.imported.process,
        "draft": found.files.get(found.path, b"").decode() or None,
        "gaps": [gap.told(language) for gap in found.imported.gaps],
        "problems": [problem.told(language) for problem in found.problems],
        "deployable": found.deployable,
    }


def _print(found: ImportReport, language: str) -> None:
    heads = {
        "zh": ("没有带入或已改写的内容", "还要做的事"),
        "en": ("Not in the draft as it was", "Still to do"),
    }
    for head, problems in zip(heads[language], (found.imported.gaps, found.problems), strict=True):
        click.echo(f"## {head} ({len(problems)})")
        for problem in problems:
            click.echo(sentence_of(problem.told(language)))


def _write(found: ImportReport, folder: Path, *, quiet: bool) -> None:
    """The draft and its forms; nothing that is there already is overwritten. Raises ClickException."""
    for path, content in found.files.items():
        place = folder / path
        if place.exists():
            raise click.ClickException(f"{place} exists; choose another folder")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        if not quiet:
            click.echo(f"{place}")
