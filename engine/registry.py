"""The forms in which administrators keep organisations and people: `forms/registry/`, the same for every process."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.definitions.form import Form
from engine.groups import ENTERPRISE_GROUPS, GROUPS, PLACES, Place
from engine.model import Organisation
from engine.model.organisation import OrganisationKind
from engine.people import people_options
from texts import sentence

_FOLDER = Path(__file__).resolve().parent.parent / "forms" / "registry"


@cache
def registry_form(name: str) -> Form:
    """A form by its file name. Raises FormRefused."""
    path = _FOLDER / f"{name}.form"
    return Form.parse(path.read_bytes(), path.name)


def form_of_organisation(kind: str) -> Form:
    return registry_form(OrganisationKind(kind).value)


def organisation_words(session: Session, *, organisation_id: str | None) -> dict[str, Any]:
    """What the form of an organisation may name: the towns, and the people who belong to it."""
    people = people_options(session, None, enterprise_id=organisation_id) if organisation_id else []
    return {"towns": town_options(session), "people": people}


def towns(session: Session) -> tuple[str, ...]:
    """The towns of the city by name."""
    kind = Organisation.kind == OrganisationKind.TOWN
    return tuple(session.scalars(select(Organisation.name).where(kind).order_by(Organisation.name)))


def town_options(session: Session) -> list[Mapping[str, str]]:
    return [{"label": name, "value": name} for name in towns(session)]


def membership_words(session: Session, *, today: date) -> dict[str, Any]:
    """What the form of a membership may name: the groups with the place that each counts in, and the towns."""
    return {
        "groups": [
            {"label": sentence("groups", group, "zh"), "label_en": sentence("groups", group, "en"), "value": group}
            for group in sorted(GROUPS)
        ],
        "towns": town_options(session),
        "town_groups": sorted(g for g, place in PLACES.items() if place in (Place.TOWN, Place.TOWN_OR_CITY)),
        "must_have_town": sorted(g for g, place in PLACES.items() if place is Place.TOWN),
        "enterprise_groups": sorted(ENTERPRISE_GROUPS),
        "今天": today,
    }
