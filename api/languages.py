"""Which language an answer speaks: what the client asks for, else the person's own, else Chinese."""

from flask import g, request

from texts import LOCALES


def the_locale() -> str:
    wanted = request.accept_languages.best_match(LOCALES) if request.accept_languages else None
    actor = g.get("actor")
    return wanted or (actor.locale if actor else LOCALES[0])
