"""What is put to the vote, frozen when the ballot opens: what forms say, and files. Nobody changes it under the voters.

`{forms: {form id: answers}, files: [{id, name, sha256}], estimate: form id or None}`; its digest stands on the board.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from engine.ballots.opening import BallotWrong
from engine.case_work import CaseWork
from engine.errors import Problem
from engine.feel import to_json
from engine.model import Document
from engine.model.document import DocumentStatus

Matter = Mapping[str, Any]


def frozen_matter(folder: CaseWork, wanted: Mapping[str, Any]) -> Matter | None:
    """From `forms`, `files` and `estimate`; None when the ballot shows nothing. Raises BallotWrong."""
    forms, files, estimate = _names(wanted, "forms"), _names(wanted, "files"), wanted.get("estimate")
    known = {document.id: document for document in _documents(folder, files)}
    asked = [*(("forms", form) for form in forms), *([("estimate", estimate)] if estimate else [])]
    missing = [(path, form) for path, form in asked if form not in folder.bundle.forms]
    missing += [("files", file) for file in files if file not in known]
    problems = [Problem(path=path, code=f"ballot_{path}", params={"name": str(name)}) for path, name in missing]
    if problems:
        raise BallotWrong(problems=problems)
    if not (forms or files or estimate):
        return None
    named = [{"id": known[f].id, "name": known[f].name, "sha256": known[f].sha256} for f in files]
    return {"forms": {form: _answers(folder, form) for form in forms}, "files": named, "estimate": estimate}


def _answers(folder: CaseWork, form: str) -> dict[str, Any]:
    """What the process remembers of it, here and now."""
    words = folder.words
    written = sorted(folder.bundle.forms[form].written_keys)
    return {key: to_json(words[key]) if key in words else None for key in written}


def _documents(folder: CaseWork, ids: Sequence[str]) -> Sequence[Document]:
    if not ids:
        return ()
    query = select(Document).where(Document.case_id == folder.case.id, Document.status == DocumentStatus.FILED)
    return folder.work.session.scalars(query.where(Document.id.in_(ids))).all()


def _names(wanted: Mapping[str, Any], key: str) -> list[str]:
    given = wanted.get(key) or []
    return [str(name) for name in ([given] if isinstance(given, str) else given)]
