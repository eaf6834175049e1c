from datetime import date

import pytest

from engine.commands.take_audit_excerpt import TakeAuditExcerpt
from engine.permissions import NotInGroup
from tests.city import City
from tests.registry import administration


def test_that_something_was_taken_is_on_record(people: City) -> None:
    people.run(TakeAuditExcerpt(stream="system", since=date(2026, 3, 1)), by="auditor")

    entry = administration(people)[-1]
    assert (entry.action, entry.actor) == ("audit_exported", "auditor")
    assert entry.details == {"stream": "system", "form": "evidence", "since": "2026-03-01"}


def test_only_the_audit_administrator_takes(people: City) -> None:
    for other in ("admin", "security", "union"):
        with pytest.raises(NotInGroup):
            people.run(TakeAuditExcerpt(stream="system"), by=other)
