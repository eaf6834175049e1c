"""Two copies of one city that differ in how its people voted, and in nothing else.

A consultation stands at its open secret ballot; tickets were taken and everybody logged in before the copies were made,
and both clocks stand at the same moment. Whatever one tells and the other does not can only come from the votes.
"""

import shutil
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from flask import Flask

from cli.demo_vote import open_demo_vote
from engine.actor import SYSTEM
from engine.ballots.motions import motions_from, write_choice
from engine.ballots.voter import make_vote
from engine.commands.sign_in import SignedIn, SignIn
from settings import Settings
from tests.ballots import Congress
from tests.city import PROCESSES, City, open_city
from tests.databases import Database, SqliteHost
from tests.edges import open_edges

THE_DAY = datetime(2026, 3, 18, 1, 0, tzinfo=UTC)  # the scenario `happy_path` has come to its congress
WAYS = ({"m1": "yes", "m2": "yes"}, {"m1": "no", "m2": "abstain"})


@dataclass(frozen=True)
class Twins:
    """`tokens` are the logins of the people by username, good in both; `furnished` is what `furnish` gave."""

    apps: tuple[Flask, ...]
    cities: tuple[City, ...]
    case_id: str
    ballot_id: str
    tokens: Mapping[str, str]
    furnished: Any

    @property
    def congresses(self) -> list[Congress]:
        return [Congress(city, self.case_id, self.ballot_id) for city in self.cities]


@contextmanager
def twin_cities(
    folder: Path, *, voters: Collection[str], people: Collection[str], furnish: Callable[[Congress], Any]
) -> Iterator[Twins]:
    """`voters` have voted: all for it here, all against it there. `furnish` puts more things into the case before."""
    host = SqliteHost(folder)
    with host.fresh(PROCESSES) as original:
        congress = _at_the_ballot(original, folder / "original")
        furnished = furnish(congress)
        tickets = {voter: (key := Ed25519PrivateKey.generate(), congress.ticket(voter, key)) for voter in voters}
        tokens = {username: _token(congress.city, username) for username in people}
        congress.work_off()
        congress.city.engine.database.dispose()
        template = host.keep(original)
    with host.fresh(template) as one, host.fresh(template) as other:
        cities = tuple(_copy(database, folder, number) for number, database in enumerate((one, other)))
        for city, way in zip(cities, WAYS, strict=True):
            _vote(Congress(city, congress.case_id, congress.ballot_id), tickets, way)
        apps = tuple(_app(city, folder) for city in cities)
        yield Twins(apps, cities, congress.case_id, congress.ballot_id, tokens, furnished)
        for city in cities:
            city.engine.database.dispose()


def _at_the_ballot(database: Database, data_dir: Path) -> Congress:
    city = open_city(database, data_dir=data_dir, is_demo=True)
    city.clock.now = THE_DAY
    ballot = open_demo_vote(city.engine, clock=city.clock)
    congress = Congress(city, ballot.case_id, ballot.id)
    congress.work_off()
    return congress


def _token(city: City, username: str) -> str:
    signed_in = city.engine.run(SignIn(username=username, password="demo", agent="test"), actor=SYSTEM)
    assert isinstance(signed_in, SignedIn)
    return signed_in.token


def _copy(database: Database, folder: Path, number: int) -> City:
    data_dir = folder / f"copy_{number}"
    shutil.copytree(folder / "original", data_dir)
    city = open_city(database, data_dir=data_dir, is_demo=True)
    city.clock.now = THE_DAY
    return city


def _vote(congress: Congress, tickets: Mapping[str, Any], way: Mapping[str, str]) -> None:
    ballot = congress.ballot
    for key, token in tickets.values():
        vote = make_vote(
            write_choice(motions_from(ballot.motions), way),
            voter=key,
            token=token,
            seal_key=X25519PublicKey.from_public_bytes(ballot.seal_key),
            ballot_id=ballot.id,
        )
        congress.cast(vote.as_json())


def _app(city: City, folder: Path) -> Flask:
    settings = Settings(database_url=city.database.url, data_dir=folder, secret_key="twins", demo=True)
    return open_edges(settings, engine=city.engine)
