"""What the engine tests prepare, for tests that break things: the small process and the open ballot."""

from tests.engine.conftest import congress, congress_folder, talks, visits
from tests.engine.elements.conftest import street

__all__ = ["congress", "congress_folder", "street", "talks", "visits"]
