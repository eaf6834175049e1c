"""`tongban check`: what is wrong with the files of a process."""

import json
from pathlib import Path
from typing import Any

import click

from engine.definitions.catalogue_sources import bundle_files
from engine.definitions.check import check_bundle
from engine.groups import GROUPS


@click.command("check")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--language", type=click.Choice(["zh", "en"]), default="zh", help="Language of the sentences.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of sentences.")
def check(path: Path, language: str, as_json: bool) -> None:
    """Check a process folder, or one diagram with the files beside it, and list what is wrong.

    Ends with 0 when the process can be deployed, else with 1.
    """
    from app import SERVICES

    report = check_bundle(_files(path), services=SERVICES, groups=GROUPS)
    problems = [problem.told(language) for problem in report.problems]
    if as_json:
        click.echo(json.dumps({"deployable": report.deployable, "problems": problems}, ensure_ascii=False, indent=2))
    else:
        for problem in problems:
            click.echo(sentence_of(problem))
        click.echo(_summary(report.deployable, len(problems), language))
    raise SystemExit(0 if report.deployable else 1)


def _files(path: Path) -> dict[str, bytes]:
    if path.is_dir():
        return bundle_files(path)
    beside = {name: content for name, content in bundle_files(path.parent).items() if not name.endswith(".bpmn")}
    return {path.name: path.read_bytes(), **beside}


def sentence_of(problem: dict[str, Any]) -> str:
    place = ":".join(str(problem[part]) for part in ("path", "line", "element_id") if problem[part])
    steps = problem.get("counter_example", {}).get("steps", [])
    lines = [f"{place or '-'}: {problem['severity']} {problem['code']}", f"    {problem['message']}"]
    lines += [f"    {number:>3}. {step['words']}" for number, step in enumerate(steps, start=1)]
    lines += [f"    ? {problem['why']}"] if "why" in problem else []
    return "\n".join([*lines, f"    → {problem['fix']}"])


def _summary(deployable: bool, count: int, language: str) -> str:
    if language == "en":
        return f"{'Can be deployed' if deployable else 'Cannot be deployed'}: {count} problems."
    return f"{'可以部署' if deployable else '不能部署'}：共 {count} 个问题。"
