import pytest

from engine.commands.close_calendar_feed import CloseCalendarFeed
from engine.commands.open_calendar_feed import OpenCalendarFeed
from engine.queries.calendar_feed import FeedNotFound
from tests.city import City
from tests.engine.commands.test_open_calendar_feed import owner


def test_my_address_dies_at_once_and_nobody_elses(people: City) -> None:
    mine, theirs = people.run(OpenCalendarFeed(), by="hr"), people.run(OpenCalendarFeed(), by="chair")

    people.run(CloseCalendarFeed(), by="hr")
    people.run(CloseCalendarFeed(), by="hr")

    with pytest.raises(FeedNotFound):
        owner(people, mine)
    assert owner(people, theirs) == people.actor("chair").person_id
