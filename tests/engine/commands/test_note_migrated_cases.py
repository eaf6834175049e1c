"""What became of a case is noted by the system alone; the rest is told in `test_start_migration`."""

import pytest

from engine.commands.note_migrated_cases import NoteMigratedCases
from engine.commands.recompute_clock import SystemOnly
from engine.model.migration import MigrationNotFound
from tests.engine.elements.conftest import Street
from tests.engine.migrating.conftest import street

__all__ = ["street"]


def test_only_by_the_system_and_only_of_a_run_that_is_there(street: Street) -> None:
    with pytest.raises(SystemOnly):
        street.city.run(NoteMigratedCases(run_id="0" * 32, results=()), by="designer")
    with pytest.raises(MigrationNotFound):
        street.city.run(NoteMigratedCases(run_id="0" * 32, results=()), by="system")
