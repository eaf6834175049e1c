"""What a ballot is about, as it was when it opened, beside what there was before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.balloting import visible_ballot
from engine.catalogue import Catalogue
from engine.context import CaseWords
from engine.definitions.bundle import Bundle
from engine.definitions.form import Form
from engine.documents import DocumentNotFound, DocumentStore
from engine.former_versions import versions_of_case
from engine.model import Ballot, Case, CaseLink, Document, HistoryEntry, Organisation, ProcessInstance
from engine.model.ballot import BallotState
from engine.queries.looking_up import people_by_id
from engine.queries.row_making import document_row
from engine.queries.rows import DocumentRow

Before = Literal["draft", "contract"]


@dataclass(frozen=True, kw_only=True)
class ShownForm:
    """`before` are the answers of the last time, None when there was none."""

    form: Form
    answers: Mapping[str, Any]
    before: Mapping[str, Any] | None


@dataclass(frozen=True, kw_only=True)
class BallotMatter:
    """`before` says what is compared with: the draft voted on before in this case, or the contract before this case.

    `context` are the words of the forms; `estimate` is a form that a voter may fill in, which nobody keeps.
    """

    forms: tuple[ShownForm, ...] = ()
    files: tuple[DocumentRow, ...] = ()
    estimate: Form | None = None
    before: Before | None = None
    sha256: str | None = None
    context: Mapping[str, Any]


def ballot_matter(
    session: Session, actor: Actor, ballot_id: str, *, catalogue: Catalogue, now: datetime
) -> BallotMatter:
    """For everybody who sees the ballot, whether or not they see the case. Raises BallotNotFound."""
    ballot = visible_ballot(session, actor, ballot_id)
    case = session.get_one(Case, ballot.case_id)
    matter = ballot.matter or {"forms": {}, "files": [], "estimate": None}
    bundle = _bundle(session, catalogue, case, ballot)
    before, kind = _before(session, ballot, bundle)
    return BallotMatter(
        forms=tuple(
            ShownForm(form=bundle.forms[id_], answers=answers, before=before.get(id_))
            for id_, answers in matter["forms"].items()
        ),
        files=_files(session, matter),
        estimate=bundle.forms[matter["estimate"]] if matter["estimate"] else None,
        before=kind,
        sha256=ballot.matter_hash,
        context=_context(session, case, matter["forms"], before, catalogue=catalogue, now=now),
    )


def _bundle(session: Session, catalogue: Catalogue, case: Case, ballot: Ballot) -> Bundle:
    """That by which it was opened: voters and records keep the forms that were shown, whatever became of the case."""
    versions = versions_of_case(session, catalogue, case)
    if not versions.is_moved:
        return versions.bundle(versions.now)
    opened = select(HistoryEntry.seq, HistoryEntry.details).where(
        HistoryEntry.stream == case.id, HistoryEntry.action == "ballot_opened"
    )
    entries = (seq for seq, details in session.execute(opened) if details["ballot"] == ballot.id)
    return versions.bundle(versions.at(next(entries, case.history_seq)))


def ballot_document(
    session: Session, actor: Actor, ballot_id: str, document_id: str, *, store: DocumentStore
) -> tuple[DocumentRow, bytes]:
    """A file that voters are shown, as it was when the ballot opened. Raises BallotNotFound and DocumentNotFound."""
    matter = visible_ballot(session, actor, ballot_id).matter or {"files": []}
    shown = {file["id"]: file["sha256"] for file in matter["files"]}
    row = next((row for row in _files(session, matter) if row.id == document_id), None)
    if row is None:
        raise DocumentNotFound()
    return row, store.get(shown[document_id])


def _files(session: Session, matter: Mapping[str, Any]) -> tuple[DocumentRow, ...]:
    ids = [file["id"] for file in matter["files"]]
    found = {row.id: row for row in session.scalars(select(Document).where(Document.id.in_(ids)))} if ids else {}
    people = people_by_id(session, [row.uploaded_by for row in found.values()])
    return tuple(document_row(found[id_], people) for id_ in ids if id_ in found)


def _before(session: Session, ballot: Ballot, bundle: Bundle) -> tuple[dict[str, Mapping[str, Any]], Before | None]:
    """The answers of the last ballot of this case, else what the case before this one ended with."""
    if ballot.matter is None:
        return {}, None
    voted = select(Ballot).where(Ballot.case_id == ballot.case_id, Ballot.opened_at < ballot.opened_at)
    counted = voted.where(Ballot.state == BallotState.COUNTED).order_by(Ballot.opened_at.desc(), Ballot.id.desc())
    last = next((other for other in session.scalars(counted) if other.matter), None)
    if last is not None:
        return dict(last.matter["forms"]), "draft"
    remembered = session.scalars(
        select(ProcessInstance.variables)
        .join(CaseLink, CaseLink.from_case_id == ProcessInstance.case_id)
        .where(CaseLink.to_case_id == ballot.case_id, CaseLink.kind == "next")
    ).first()
    if remembered is None:
        return {}, None
    keys = {id_: bundle.forms[id_].written_keys for id_ in ballot.matter["forms"]}
    found = {id_: {key: remembered.get(key) for key in sorted(written)} for id_, written in keys.items()}
    return {id_: answers for id_, answers in found.items() if any(answers.values())}, "contract"


def _context(
    session: Session, case: Case, forms: Mapping[str, Any], before: Mapping[str, Any],
    *, catalogue: Catalogue, now: datetime,
) -> CaseWords:  # fmt: skip
    """What is voted on, `before` with what there was, the rules; nothing else of the case."""
    calendar = catalogue.calendar(session)
    instance = session.scalars(select(ProcessInstance).where(ProcessInstance.case_id == case.id)).one()
    enterprise = session.get(Organisation, case.enterprise_id) if case.enterprise_id else None
    shown = {key: value for answers in forms.values() for key, value in answers.items()}
    earlier = {key: value for answers in before.values() for key, value in answers.items()}
    return CaseWords(
        variables={**shown, "before": earlier or None},
        case=case,
        enterprise=lambda: enterprise,
        rules=catalogue.rules(session, instance),
        calendar=lambda: calendar,
        now=now,
        extra={"people": lambda: (), "documents": lambda: ()},
    )
