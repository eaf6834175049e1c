"""The register of experts as a list."""

from flask import Blueprint, render_template

from engine.experts import keeps_experts
from engine.queries.experts import PROFESSIONS, STATUSES, ExpertFilter, experts
from engine.registry import towns
from web import door
from web.list_filters import address_with, given
from web.people import expert_words
from web.people.organisations import part_of
from web.permission import permission

ROWS = 40
_FILTERS = ("q", "profession", "town", "status", "soon")
screen = Blueprint("experts", __name__)


@screen.get("/experts")
@permission("experts")
def show() -> str:
    with door.reading() as session:
        rows = experts(
            session, door.actor(), filters=_filters(), today=door.today(), cursor=given("cursor"), limit=ROWS
        )
        return render_template(
            f"people/{part_of('experts')}.html", rows=rows, words=expert_words,
            towns=[(town, town) for town in towns(session)], may_keep=keeps_experts(door.actor()),
            more=address_with(cursor=rows.next) if rows.next else None, filtered=any(map(given, _FILTERS)),
        )  # fmt: skip


def _filters() -> ExpertFilter:
    """A choice that is none of ours filters nothing."""
    profession, status = given("profession"), given("status")
    return ExpertFilter(
        text=given("q"), town=given("town"), soon=bool(given("soon")),
        profession=profession if profession in PROFESSIONS else None,
        status=status if status in STATUSES else None,
    )  # fmt: skip
