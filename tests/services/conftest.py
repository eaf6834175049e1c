"""The small process of the engine tests, for the services that processes call."""

from tests.engine.conftest import visits

__all__ = ["visits"]
