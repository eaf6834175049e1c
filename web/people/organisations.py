"""The register of organisations."""

from flask import Blueprint, render_template
from flask_babel import lazy_gettext as later

from engine.queries.organisations import OrganisationFilter, organisations
from engine.registry import towns
from web import door
from web.fragments import is_part_of_list
from web.list_filters import address_with, given
from web.permission import permission

ROWS = 40
KINDS = {"enterprise": later("企业"), "town": later("镇街区"), "office": later("机关单位")}
screen = Blueprint("organisations", __name__)


@screen.get("/organisations")
@permission("registry")
def show() -> str:
    filters = OrganisationFilter(text=given("q"), kind=given("kind"), town=given("town"))
    with door.reading() as session:
        rows = organisations(session, door.actor(), filters=filters, cursor=given("cursor"), limit=ROWS)
        return render_template(
            f"people/{part_of('organisations')}.html", rows=rows, kinds=KINDS, towns=[(t, t) for t in towns(session)],
            more=address_with(cursor=rows.next) if rows.next else None, filtered=any(map(given, ("q", "kind", "town"))),
        )  # fmt: skip


def part_of(name: str) -> str:
    """The template of a list: the page, the list of a changed filter, or more rows."""
    if not is_part_of_list():
        return f"{name}_page"
    return f"{name}_more" if given("cursor") else name
