"""The small process of the engine tests, for tests that break things."""

from tests.engine.conftest import visits

__all__ = ["visits"]
