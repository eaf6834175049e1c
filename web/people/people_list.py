"""The register of people."""

from flask import Blueprint, render_template
from flask_babel import lazy_gettext as later

from engine.groups import GROUPS
from engine.queries.organisations import organisation_file
from engine.queries.people_register import PersonFilter, people
from engine.registry import towns
from web import door
from web.list_filters import address_with, given
from web.people.organisations import part_of
from web.people_words import role_words
from web.permission import permission

ROWS = 40
STATES = {"here": later("在岗"), "waiting": later("待首次登录"), "left": later("已离开")}
_FILTERS = ("q", "organisation", "group", "town", "state")
screen = Blueprint("people_list", __name__)


@screen.get("/people")
@permission("registry")
def show() -> str:
    with door.reading() as session:
        rows = people(session, door.actor(), filters=_filters(), cursor=given("cursor"), limit=ROWS)
        place = organisation_file(session, door.actor(), given("organisation")) if given("organisation") else None
        return render_template(
            f"people/{part_of('people')}.html", rows=rows, states=STATES, place=place,
            groups=[(group, role_words(group)) for group in sorted(GROUPS)], towns=[(t, t) for t in towns(session)],
            more=address_with(cursor=rows.next) if rows.next else None, filtered=any(map(given, _FILTERS)),
        )  # fmt: skip


def _filters() -> PersonFilter:
    return PersonFilter(
        text=given("q"), organisation_id=given("organisation"), group=given("group"), town=given("town"),
        state=given("state"),
    )  # fmt: skip
