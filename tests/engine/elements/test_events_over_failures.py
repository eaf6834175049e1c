"""A step that failed may be overtaken by an event; its incident is closed then, since nobody can put it right."""

from engine.commands.deliver_message import DeliverMessage
from engine.model import Case
from tests.engine.elements.conftest import Street

FAILING = """
begin -> ask -> finish
letter -> after -> answered
script ask: does = if true then null else {a: 1}
boundary letter: on ask; message post
user after
message post
"""


def test_an_event_that_takes_the_place_of_a_failed_step_closes_its_incident(street: Street) -> None:
    street.deploy(FAILING)
    case_id = street.start()
    assert street.incidents(case_id) == ["script_not_a_context"]
    number = street.city.rows(Case, Case.id == case_id)[0].number

    street.city.run(DeliverMessage(name="post", key=number, message_id="m1"), by="admin")

    assert (street.incidents(case_id), street.open(case_id)) == ([], ["after"])
    assert "incident_resolved" in street.actions(case_id)
