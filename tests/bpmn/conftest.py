import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The stories of one kind of database stay in one process, which knows what of them it has played already."""
    for item in items:
        if "beginnings" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group(f"stories-{item.callspec.params['database_kind']}"))
