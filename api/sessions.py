"""Login and logout for programs; people log in on a page and get a cookie."""

from flask import Response, request

from api.blueprint import ApiBlueprint
from api.current import the_actor, the_engine
from api.permissions import permission
from api.schemas.people import SignedInAnswer, SignInQuestion
from api.schemas.registry import FirstLoginQuestion
from engine.actor import SYSTEM
from engine.commands.sign_in import SignedIn, SignIn
from engine.commands.sign_out import SignOut
from engine.commands.use_invitation import UseInvitation

sessions = ApiBlueprint("sessions", "Login and logout.")


@sessions.post("/sessions")
@permission("public")
@sessions.arguments(SignInQuestion)
@sessions.response(201, SignedInAnswer)
def sign_in(question: dict) -> dict:
    """Log in with username and password; answers a bearer token."""
    attempt = SignIn(**question, agent=str(request.user_agent)[:200])
    return _told(the_engine().run(attempt, actor=SYSTEM))


@sessions.post("/sessions/first")
@permission("public")
@sessions.arguments(FirstLoginQuestion)
@sessions.response(201, SignedInAnswer)
def first_sign_in(question: dict) -> dict:
    """Choose a password with an invitation code; answers a bearer token. The code is used up."""
    attempt = UseInvitation(**question, agent=str(request.user_agent)[:200])
    return _told(the_engine().run(attempt, actor=SYSTEM))


@sessions.delete("/sessions/current")
@permission("signed_in")
@sessions.response(204)
def sign_out() -> Response:
    """End this login; the token is worth nothing afterwards."""
    the_engine().run(SignOut(session_id=the_actor().session_id), actor=the_actor())
    return Response(status=204)


def _told(signed_in: SignedIn) -> dict:
    person = {"id": signed_in.person_id, "username": signed_in.username, "name": signed_in.name}
    return {"token": signed_in.token, "person": person}
