"""What a request works with: the engine of this application and the person who calls."""

from flask import current_app, g

from engine.actor import Actor
from engine.engine import Engine


def the_engine() -> Engine:
    return current_app.extensions["tongban"]


def the_actor() -> Actor:
    """Only for routes that need a login; the blueprint has refused the others before."""
    return g.actor
