"""The people of the demo as those who act: without signing in, since nobody sits before a screen."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from engine.actor import SYSTEM, Actor
from engine.commands.mark_notices_read import MarkNoticesRead
from engine.context import CITY_TIME
from engine.engine import Engine
from engine.queries.actors import actors
from engine.queries.experts import all_experts
from engine.queries.people import unread_notices
from seeds import demo_city, demo_data


class Townspeople:
    def __init__(self, engine: Engine) -> None:
        with engine.reading() as session:
            self._actors = actors(session)
            experts = all_experts(session, SYSTEM, today=engine.now().astimezone(CITY_TIME).date())
        self._professions = {expert.username: expert.profession for expert in experts}
        self._chosen = Counter[str]()
        places = (*demo_data.organisations(), *demo_city.organisations())
        self._profiles = {place.name: place.profile for place in places}

    def actor(self, username: str) -> Actor:
        return self._actors[username]

    def profession_of(self, username: str) -> str | None:
        return self._professions.get(username)

    def choose(self, offered: Iterable[str]) -> str:
        """Who takes it of those who are asked: whoever took the fewest so far."""
        chosen = min(sorted(offered), key=lambda username: self._chosen[username])
        self._chosen[chosen] += 1
        return chosen

    def read_notices(self, engine: Engine) -> None:
        """Everybody has read what they were told so far."""
        for actor in self._actors.values():
            with engine.reading() as session:
                unread = unread_notices(session, actor)
            if unread:
                engine.run(MarkNoticesRead(), actor=actor)

    def profile(self, enterprise: str) -> Mapping[str, Any]:
        return self._profiles[enterprise]
