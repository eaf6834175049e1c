from tests.engine.elements.conftest import street

__all__ = ["street"]
