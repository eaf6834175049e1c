"""Runs that are not there; the rest is told in `test_start_migration`."""

import pytest

from engine.commands.pause_migration import CancelMigration, PauseMigration, ResumeMigration
from engine.model.migration import MigrationNotFound
from engine.permissions import NotInGroup
from tests.engine.elements.conftest import Street
from tests.engine.migrating.conftest import street

__all__ = ["street"]


@pytest.mark.parametrize("order", [PauseMigration, ResumeMigration, CancelMigration])
def test_a_run_that_is_not_there_and_people_who_may_not(street: Street, order: type) -> None:
    with pytest.raises(MigrationNotFound):
        street.city.run(order(run_id="0" * 32), by="designer")
    with pytest.raises(NotInGroup):
        street.city.run(order(run_id="0" * 32), by="hr")
