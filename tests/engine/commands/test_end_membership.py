import pytest

from engine.commands.end_membership import EndMembership, MembershipNotFound
from engine.memberships import LastAdministrator, NotToYourself
from engine.model import ComingMembership, GroupMembership, HistoryEntry
from engine.model.case import ReasonMissing
from engine.permissions import NotInGroup
from tests.city import City
from tests.engine.conftest import Visits
from tests.registry import add_person, administration, grant, id_of


def membership(city: City, username: str, group: str) -> str:
    mine = (GroupMembership.person_id == id_of(city, username), GroupMembership.group == group)
    return city.rows(GroupMembership, *mine)[0].id


def end(city: City, membership_id: str, *, by: str = "security", reason: str = "分工调整") -> int:
    return city.run(EndMembership(membership_id=membership_id, reason=reason), by=by)


def test_tasks_that_somebody_holds_through_the_group_go_back_to_it(visits: Visits) -> None:
    case_id = visits.start()
    visits.plan(case_id)
    visits.take(case_id, "check_plan", "town_union")

    assert end(visits.city, membership(visits.city, "town_union", "town_union")) == 1

    row = visits.city.task_at(case_id, "check_plan")
    assert (row.state, row.assignee_id) == ("open", None)
    (entry,) = visits.city.rows(HistoryEntry, HistoryEntry.stream == case_id, HistoryEntry.action == "task_released")
    assert (entry.actor, entry.reason, entry.details) == ("security", "分工调整", {"was": "town_union"})
    assert administration(visits.city)[-1].details["tasks"] == 1


def test_a_party_keeps_the_tasks_of_the_role(visits: Visits) -> None:
    case_id = visits.start()
    visits.take(case_id, "plan_visit", "hr")

    assert end(visits.city, membership(visits.city, "hr", "enterprise_hr")) == 0

    assert visits.city.task_at(case_id, "plan_visit").assignee_id == id_of(visits.city, "hr")


def test_what_has_not_begun_can_be_taken_back(people: City) -> None:
    waiting = grant(people, add_person(people), "city_union", starts_on="2026-04-01")

    end(people, waiting)

    assert people.rows(ComingMembership) == []
    assert administration(people)[-1].action == "membership_ended"


def test_the_last_of_each_administrators_stays(people: City) -> None:
    made = membership(people, "auditor", "audit_admin")
    with pytest.raises(LastAdministrator):
        end(people, made)

    grant(people, add_person(people), "audit_admin")
    end(people, made)

    assert "audit_admin" not in people.actor("auditor").groups


def test_refusals(people: City) -> None:
    made = membership(people, "union", "city_union")
    with pytest.raises(ReasonMissing):
        end(people, made, reason=" ")
    with pytest.raises(NotInGroup):
        end(people, made, by="admin")
    with pytest.raises(NotToYourself):
        end(people, membership(people, "security", "security_admin"))
    end(people, made)
    with pytest.raises(MembershipNotFound):
        end(people, made)
