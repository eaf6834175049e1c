import pytest

from engine import rostering
from engine.commands.cancel_roster import CancelRoster
from engine.model import Person, RosterImport, RosterLine
from engine.model.roster import RosterOver
from engine.rostering import RosterNotFound
from tests.city import City
from tests.registry import administration
from tests.rosters import begin, sheet, work_off

TWO = (("陈一", "13900000001"), ("陈二", "13900000002"))


def test_nothing_of_a_cancelled_roster_stays(people: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rostering, "PART", 1)
    import_id = begin(people, sheet(*TWO))
    work_off(people, most=1)

    with pytest.raises(RosterNotFound):
        people.run(CancelRoster(import_id=import_id), by="boss2")
    people.run(CancelRoster(import_id=import_id), by="hr")
    work_off(people)

    assert people.rows(RosterImport)[0].state == "cancelled"
    assert people.rows(RosterLine) == people.rows(Person, Person.username == "13900000001") == []
    assert administration(people)[-1].action == "roster_cancelled"
    with pytest.raises(RosterOver):
        people.run(CancelRoster(import_id=import_id), by="hr")
