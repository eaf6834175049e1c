"""What the form of an organisation must satisfy beyond itself: names and credit codes are nobody else's."""

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.definitions.form import AnswersRejected
from engine.errors import NotFound, Problem, Rejected
from engine.model import Organisation
from engine.model.organisation import OrganisationKind
from engine.registry import form_of_organisation, organisation_words


class OrganisationKindUnknown(Rejected):
    """The kinds are enterprise, town and office."""


class OrganisationNotFound(NotFound):
    """There is no such organisation."""


def known_organisation(session: Session, organisation_id: str, *, lock: bool = False) -> Organisation:
    """Raises OrganisationNotFound."""
    found = session.get(Organisation, organisation_id, with_for_update=lock or None)
    if found is None:
        raise OrganisationNotFound(organisation_id=organisation_id)
    return found


def accept_organisation(
    session: Session, kind: str, answers: Mapping[str, Any], *, known: Organisation | None = None
) -> dict[str, Any]:
    """The values of the form; `known` is the organisation that is edited. Raises AnswersRejected."""
    if kind not in set(OrganisationKind):
        raise OrganisationKindUnknown(problems=[Problem(path="kind", code="not_an_option")])
    words = organisation_words(session, organisation_id=known.id if known else None)
    values = form_of_organisation(kind).accept(_plain(answers), words).values
    problems = list(_conflicts(session, kind, values, known))
    if problems:
        raise AnswersRejected(problems=problems, form=kind)
    return values


def _plain(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Codes are often typed with spaces, in small letters or full width."""
    code = answers.get("uscc")
    if not isinstance(code, str):
        return dict(answers)
    return {**answers, "uscc": plain_code(code) or None}


def plain_code(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).replace("-", "").upper()


def _conflicts(session: Session, kind: str, values: Mapping[str, Any], known: Organisation | None) -> Iterator[Problem]:
    if known is not None and kind == OrganisationKind.TOWN and values["name"] != known.name:
        yield Problem(path="name", code="town_name_fixed")  # cases and memberships name their town
    for path in ("name", "uscc"):
        other = _holder(session, path, values.get(path))
        if other is not None and (known is None or other.id != known.id):
            yield Problem(path=path, code="taken_by_organisation", params={"name": other.name})


def _holder(session: Session, column: str, value: str | None) -> Organisation | None:
    if value is None:
        return None
    return session.scalars(select(Organisation).where(getattr(Organisation, column) == value)).first()
