"""The small processes of the engine tests, for the services that processes call."""

from tests.dispatches import dispatch, three
from tests.engine.conftest import visits
from tests.engine.elements.conftest import street

__all__ = ["dispatch", "street", "three", "visits"]
