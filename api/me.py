"""The person who is logged in."""

from flask import Response

from api.blueprint import ApiBlueprint
from api.current import the_actor, the_engine
from api.idempotency import run
from api.paging import PageQuestion, page_of
from api.permissions import permission
from api.schemas.people import LocaleQuestion, MeAnswer, NoticeAnswer, NoticesReadQuestion
from api.schemas.registry import PasswordQuestion
from engine.commands.change_password import ChangePassword
from engine.commands.mark_notices_read import MarkNoticesRead
from engine.commands.set_locale import SetLocale
from engine.queries import people

me = ApiBlueprint("me", "The person who is logged in.")


@me.get("/me")
@permission("signed_in")
@me.response(200, MeAnswer)
def who_am_i() -> people.Me:
    """Who is logged in, with groups, organisations and the number of unread notices."""
    engine = the_engine()
    with engine.reading() as session:
        return people.me(session, the_actor(), now=engine.now())


@me.put("/me/locale")
@permission("signed_in")
@me.arguments(LocaleQuestion)
@me.response(204)
def set_locale(question: dict) -> Response:
    """Choose the language of pages and notices."""
    run(SetLocale(**question))
    return Response(status=204)


@me.put("/me/password")
@permission("signed_in")
@me.arguments(PasswordQuestion)
@me.response(204)
def change_password(question: dict) -> Response:
    """Choose a new password; other devices are logged out."""
    run(ChangePassword(**question))
    return Response(status=204)


@me.get("/me/notices")
@permission("signed_in")
@me.arguments(PageQuestion, location="query")
@me.response(200, page_of(NoticeAnswer))
def notices(question: dict) -> object:
    """What this person was told, newest first."""
    with the_engine().reading() as session:
        return people.notices(session, the_actor(), **question)


@me.post("/me/notices/read")
@permission("signed_in")
@me.arguments(NoticesReadQuestion)
@me.response(204)
def mark_notices_read(question: dict) -> Response:
    """Mark notices as read; ids of other people's notices change nothing."""
    run(MarkNoticesRead(ids=tuple(question["ids"])))
    return Response(status=204)
