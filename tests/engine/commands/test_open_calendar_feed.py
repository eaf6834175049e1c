import pytest

from engine.commands.open_calendar_feed import OpenCalendarFeed
from engine.model import CalendarFeed
from engine.queries.calendar_feed import FeedNotFound, calendar_feed
from tests.city import City


def owner(city: City, token: str) -> str:
    with city.engine.reading() as session:
        return calendar_feed(session, token, now=city.clock.now).person_id


def test_a_new_address_works_and_the_older_one_is_dead(people: City) -> None:
    first = people.run(OpenCalendarFeed(), by="hr")
    second = people.run(OpenCalendarFeed(), by="hr")

    assert owner(people, second) == people.actor("hr").person_id
    with pytest.raises(FeedNotFound):
        owner(people, first)


def test_the_database_does_not_hold_the_address(people: City) -> None:
    token = people.run(OpenCalendarFeed(), by="hr")

    (feed,) = people.rows(CalendarFeed)
    assert token not in feed.token_hash
    assert len(token) >= 40


def test_a_repeated_request_does_not_tell_the_secret_again(people: City) -> None:
    asked = {"by": "hr", "idempotency_key": "one", "fingerprint": "same"}

    assert people.run(OpenCalendarFeed(), **asked)
    assert people.run(OpenCalendarFeed(), **asked) == ""
