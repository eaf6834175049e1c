"""The result sheet of a ballot: as a page, for the printer, and as a PDF/A file; the program that counts again."""

from pathlib import Path
from urllib.parse import quote

from flask import Blueprint, Response, render_template

from engine.ballots import verify
from engine.queries.ballot_result import ResultSheet, result_sheet
from printing import pdf_of
from web import door
from web.permission import permission

screen = Blueprint("results", __name__)


@screen.get("/ballots/<ballot_id>/result")
@permission("signed_in")
def show(ballot_id: str) -> str:
    return render_template("ballots/result.html", sheet=_sheet(ballot_id))


@screen.get("/ballots/<ballot_id>/result.pdf")
@permission("signed_in")
def file(ballot_id: str) -> Response:
    sheet = _sheet(ballot_id)
    content = pdf_of(render_template("ballots/result_paper.html", sheet=sheet))
    answer = Response(content, mimetype="application/pdf")
    name = quote(f"表决结果单 {sheet.ballot.case_number}.pdf")
    answer.headers["Content-Disposition"] = f"attachment; filename=\"result.pdf\"; filename*=UTF-8''{name}"
    return answer


@screen.get("/ballots/verify.py")
@permission("signed_in")
def verifier() -> Response:
    """The file that counts a board again, as `tongban ballot verify` does."""
    answer = Response(Path(verify.__file__).read_bytes(), mimetype="text/x-python")
    answer.headers["Content-Disposition"] = 'attachment; filename="verify.py"'
    return answer


def _sheet(ballot_id: str) -> ResultSheet:
    with door.reading() as session:
        return result_sheet(session, door.actor(), ballot_id, safe=door.engine().safe)
