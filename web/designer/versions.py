"""The versions of a process: who made which, when and why; what it changed; going back to one."""

from flask import Blueprint, render_template, request
from flask_babel import gettext as _

from engine.groups import DESIGNERS
from engine.queries.drafts import drafts
from engine.queries.processes import process_detail
from engine.queries.versions import version_changes, versions
from web import door
from web.list_filters import address_with, given
from web.permission import permission

screen = Blueprint("versions", __name__)


@screen.get("/designer/processes/<key>/versions")
@permission("designer")
def show(key: str) -> str:
    chosen = request.args.get("changes", type=int)
    catalogue = door.engine().catalogue
    with door.reading() as session:
        process = process_detail(session, door.actor(), key, catalogue=catalogue).row
        page = versions(session, door.actor(), key, cursor=given("cursor"))
        under_way = drafts(session, door.actor(), process=key, state="current").items
        changed = version_changes(session, door.actor(), key, chosen, catalogue=catalogue) if chosen else ()
    more = address_with(cursor=page.next) if page.next else None
    return render_template(
        "designer/versions.html", process=process, page=page, more=more, chosen=chosen, changed=changed,
        drafts=under_way, may_design=door.actor().is_in(DESIGNERS), system=_("系统"),
    )  # fmt: skip
