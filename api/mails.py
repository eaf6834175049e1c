"""Notices by mail, the calendar feed of one's deadlines, who was told what, and mails that did not arrive."""

from flask import Response, current_app

from api.blueprint import ApiBlueprint
from api.current import the_actor, the_engine
from api.idempotency import run
from api.paging import PageQuestion, page_of
from api.permissions import permission
from api.schemas.mails import (
    FeedAnswer,
    MailAddressQuestion,
    MailAnswer,
    MailCodeQuestion,
    MailListQuestion,
    MailSettingsAnswer,
    MailWishesQuestion,
    ToldAnswer,
)
from engine.commands.choose_notices import ChooseNotices
from engine.commands.close_calendar_feed import CloseCalendarFeed
from engine.commands.confirm_mail_address import ConfirmMailAddress
from engine.commands.open_calendar_feed import OpenCalendarFeed
from engine.commands.remove_mail_address import RemoveMailAddress
from engine.commands.retry_mail import RetryMail
from engine.commands.set_mail_address import SetMailAddress
from engine.queries.mail_settings import MailSettings, mail_settings
from engine.queries.mails import undelivered
from engine.queries.told import told_of_case

mails = ApiBlueprint("mails", "Notices by mail, and the calendar feed.")


@mails.get("/me/mail")
@permission("signed_in")
@mails.response(200, MailSettingsAnswer)
def settings() -> MailSettings:
    """The address of this person, what goes to it and when."""
    with the_engine().reading() as session:
        return mail_settings(session, the_actor())


@mails.put("/me/mail")
@permission("signed_in")
@mails.arguments(MailWishesQuestion)
@mails.response(204)
def choose(question: dict) -> Response:
    """Choose how each kind of notice goes by mail, the hour of the digest, and the hours of silence."""
    run(ChooseNotices(**question))
    return Response(status=204)


@mails.put("/me/mail/address")
@permission("signed_in")
@mails.arguments(MailAddressQuestion)
@mails.response(204)
def set_address(question: dict) -> Response:
    """Give an address; a code is sent there, and nothing else before that code came back."""
    run(SetMailAddress(**question))
    return Response(status=204)


@mails.post("/me/mail/address/confirm")
@permission("signed_in")
@mails.arguments(MailCodeQuestion)
@mails.response(204)
def confirm(question: dict) -> Response:
    """Give back the code that came by mail."""
    run(ConfirmMailAddress(**question))
    return Response(status=204)


@mails.delete("/me/mail/address")
@permission("signed_in")
@mails.response(204)
def remove_address() -> Response:
    """Get no more mail."""
    run(RemoveMailAddress())
    return Response(status=204)


@mails.post("/me/calendar")
@permission("signed_in")
@mails.response(201, FeedAnswer)
def open_feed() -> dict:
    """A new secret address of this person's deadlines and meetings (iCalendar); an older one dies."""
    token = run(OpenCalendarFeed())
    return {"url": f"{current_app.config['PUBLIC_ADDRESS']}/calendar/{token}.ics"}


@mails.delete("/me/calendar")
@permission("signed_in")
@mails.response(204)
def close_feed() -> Response:
    """Let the secret address die at once."""
    run(CloseCalendarFeed())
    return Response(status=204)


@mails.get("/cases/<case_id>/notices")
@permission("case_party")
@mails.arguments(PageQuestion, location="query")
@mails.response(200, page_of(ToldAnswer))
def told(question: dict, case_id: str) -> object:
    """Who was told what and when; those in charge read of everybody, others of themselves."""
    engine = the_engine()
    with engine.reading() as session:
        return told_of_case(session, the_actor(), case_id, catalogue=engine.catalogue, **question)


@mails.get("/mails")
@permission("admin")
@mails.arguments(MailListQuestion, location="query")
@mails.response(200, page_of(MailAnswer))
def undelivered_mails(question: dict) -> object:
    """Mails that were refused, given up, or still wait: to whom and why, not what about."""
    with the_engine().reading() as session:
        return undelivered(session, the_actor(), **question)


@mails.post("/mails/<mail_id>/retry")
@permission("admin")
@mails.response(204)
def retry(mail_id: str) -> Response:
    """Send a mail again that was refused or given up."""
    run(RetryMail(mail_id=mail_id))
    return Response(status=204)
