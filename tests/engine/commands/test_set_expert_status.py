import pytest

from engine.commands.end_membership import EndMembership
from engine.commands.record_leaving import PersonLeft, RecordLeaving
from engine.commands.set_expert_status import ExpertStatusUnknown, SetExpertStatus
from engine.definitions.form import AnswersRejected
from engine.experts import ExpertNotFound
from engine.memberships import NotToYourself
from engine.model import GroupMembership
from engine.model.case import ReasonMissing
from engine.model.expert import ExpertStatusUnchanged
from engine.permissions import NotInGroup
from tests.city import City
from tests.experts import enter_expert, expert
from tests.registry import administration, id_of


def set_status(
    city: City, status: str, *, by: str = "federation", reason: str = "按聘任办法", who: str = "lawyer1"
) -> None:
    city.run(SetExpertStatus(person_id=id_of(city, who), status=status, reason=reason), by=by)


def test_an_expert_is_suspended_taken_back_and_dismissed_with_reason(people: City) -> None:
    enter_expert(people)
    for status in ("suspended", "active", "dismissed"):
        set_status(people, status, reason=f"理由 {status}")
        assert expert(people).status == status
        entry = administration(people)[-1]
        assert (entry.action, entry.reason) == ("expert_status_set", f"理由 {status}")
        assert entry.details == {"person": "lawyer1", "status": status}
    assert expert(people).why_not_on(people.clock.now.date()) == "expert_dismissed"


def test_what_is_no_change_has_no_reason_or_is_no_status_is_refused(people: City) -> None:
    enter_expert(people)
    with pytest.raises(ExpertStatusUnchanged):
        set_status(people, "active")
    with pytest.raises(ReasonMissing):
        set_status(people, "suspended", reason=" ")
    with pytest.raises(ExpertStatusUnknown):
        set_status(people, "retired")
    with pytest.raises(ExpertNotFound):
        set_status(people, "suspended", who="lawyer2")
    assert expert(people).status == "active"


def test_others_may_not_and_nobody_for_themselves(people: City) -> None:
    enter_expert(people)
    for other in ("lawyer1", "admin", "liaison"):
        with pytest.raises(NotInGroup):
            set_status(people, "suspended", by=other)
    with pytest.raises(NotToYourself):
        set_status(people, "suspended", who="federation")


def test_nobody_is_taken_back_who_left_or_is_no_expert_any_more(people: City) -> None:
    person_id = enter_expert(people)
    set_status(people, "suspended")
    (held,) = people.rows(GroupMembership, GroupMembership.person_id == person_id)
    people.run(EndMembership(membership_id=held.id, reason="退休"), by="security")
    with pytest.raises(AnswersRejected):
        set_status(people, "active")
    people.run(RecordLeaving(person_id=person_id, reason="离开"), by="admin")
    with pytest.raises(PersonLeft):
        set_status(people, "active")
    assert expert(people).status == "dismissed"
