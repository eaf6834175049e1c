"""Cases that move from one mini-process to the next version of it."""

from typing import Any

from engine.commands.migrate_case import MigrateCase
from engine.migrating.outlook import Change
from engine.model import Deployment
from tests.engine.elements.conftest import Street
from tests.faults.invariants import broken_invariants


def version(street: Street) -> int:
    return max(deployment.version for deployment in street.city.rows(Deployment, Deployment.process == "main"))


def move(street: Street, case_id: str, *, to: int | None = None, **how: Any) -> Change:
    """To the newest version; afterwards nothing may be out of line with its tokens."""
    command = MigrateCase(case_id=case_id, to_version=to or version(street), reason="流程改版", **how)
    change = street.city.run(command, by="designer")
    assert broken_invariants(street.city.engine) == []
    return change
