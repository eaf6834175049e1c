import pytest

from engine.commands.issue_invitations import CodesGivenBefore, IssueInvitations, NobodyToInvite
from engine.model import Invitation, KeptReply
from engine.permissions import NotInGroup
from tests.city import STAR, City
from tests.registry import add_person, administration, organisation_id


def test_each_gets_a_code_of_which_only_a_digest_is_kept(people: City) -> None:
    made = [add_person(people, f"zhu{n}", organisation=STAR) for n in range(3)]

    codes = people.run(IssueInvitations(organisation_id=organisation_id(people, STAR)), by="security")

    assert [(c.username, c.organisation) for c in codes] == [(f"zhu{n}", STAR) for n in range(3)]
    assert len({c.code for c in codes}) == 3
    kept = people.rows(Invitation)
    assert {row.person_id for row in kept} == set(made)
    assert not {c.code for c in codes} & {row.code_hash for row in kept}
    assert administration(people)[-1].details == {"count": 3}


def test_a_second_code_makes_the_first_worthless(people: City) -> None:
    made = add_person(people)
    before = people.run(IssueInvitations(person_ids=(made,)), by="security")

    after = people.run(IssueInvitations(person_ids=(made,)), by="security")

    assert before[0].code != after[0].code
    assert len(people.rows(Invitation)) == 1


def test_who_has_a_password_gets_none(people: City) -> None:
    with pytest.raises(NobodyToInvite):
        people.run(IssueInvitations(organisation_id=organisation_id(people, STAR)), by="security")


def test_a_kept_reply_holds_no_code(people: City) -> None:
    command = IssueInvitations(person_ids=(add_person(people),))
    people.run(command, by="security", idempotency_key="k", fingerprint="f")

    with pytest.raises(CodesGivenBefore):
        people.run(command, by="security", idempotency_key="k", fingerprint="f")

    assert people.rows(KeptReply)[0].result == 1


def test_only_the_security_administrator_gives_them(people: City) -> None:
    for other in ("admin", "auditor", "hr"):
        with pytest.raises(NotInGroup):
            people.run(IssueInvitations(person_ids=(add_person(people, f"x{other}"),)), by=other)
