"""What the engine tests prepare, for tests that break things: the small process and the open ballot."""

from tests.engine.conftest import congress, congress_folder, talks, visits

__all__ = ["congress", "congress_folder", "talks", "visits"]
