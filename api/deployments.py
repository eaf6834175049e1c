"""Process files come in: looked at only, or deployed."""

from collections.abc import Iterable
from pathlib import PurePosixPath

from flask import Response
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import UnsupportedMediaType

from api.blueprint import ApiBlueprint, body_limit
from api.current import the_actor, the_engine
from api.errors import MalformedRequest, problem_response
from api.idempotency import run
from api.languages import the_locale
from api.permissions import permission
from api.schemas.processes import CheckQuestion, DeployQuestion, ReportAnswer
from engine.commands.deploy import Deploy
from engine.definitions.check import Report
from engine.definitions.lint_problem import LintProblem
from engine.definitions.places import PLACES
from engine.errors import Problem
from engine.groups import DESIGNERS
from engine.permissions import must_be_in
from engine.queries.checking import check_files

deployments = ApiBlueprint("deployments", "Process files: check and deploy.")
BUNDLE_LIMIT = 10_000_000  # bytes


@deployments.post("/deployments/check")
@permission("designer")
@body_limit(BUNDLE_LIMIT)
@deployments.arguments(CheckQuestion, location="multipart")
@deployments.response(200, ReportAnswer)
def check(question: dict) -> dict:
    """Say what is wrong with process files; nothing is kept."""
    must_be_in(the_actor(), DESIGNERS)
    files = bundle_of(question["files"])
    engine = the_engine()
    with engine.reading() as session:
        return _told(check_files(session, files, catalogue=engine.catalogue, services=engine.services))


@deployments.post("/deployments")
@permission("designer")
@body_limit(BUNDLE_LIMIT)
@deployments.arguments(DeployQuestion, location="multipart")
@deployments.response(201, ReportAnswer)
def deploy(question: dict) -> dict | Response:
    """Check process files and make them the newest version; 422 with all problems when they cannot run."""
    command = Deploy(files=bundle_of(question["files"]), comment=question["comment"])
    report = run(command)
    told = _told(report)
    if report.deployable:
        return told
    return problem_response(422, code="not_deployable", problems=told["problems"], more={"deployable": False})


def bundle_of(files: Iterable[FileStorage]) -> dict[str, bytes]:
    """Files by their place in a bundle. Raises MalformedRequest for a name that comes twice, 415 for other kinds."""
    found: dict[str, bytes] = {}
    for file in files:
        name = PurePosixPath((file.filename or "").replace("\\", "/")).name
        folder = PLACES.get(PurePosixPath(name).suffix)
        if folder is None:
            raise UnsupportedMediaType
        if folder + name in found:
            raise MalformedRequest(problems=[Problem(name, "request_file_twice")])
        found[folder + name] = file.read()
    return found


def _told(report: Report) -> dict:
    return {"deployable": report.deployable, "problems": problem_entries(report.problems)}


def problem_entries(problems: Iterable[LintProblem]) -> list[dict]:
    return [problem.told(the_locale()) for problem in problems]
