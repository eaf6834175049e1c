"""Voters who come to a real server one after the other, each from an address of their own, and vote at once."""

import base64
import hashlib
import json
from collections.abc import Callable, Sequence
from http.client import HTTPConnection
from typing import Any

from sqlalchemy import select

from engine.ballots.motions import motions_from, write_choice
from engine.ballots.voter import Device
from engine.model import LoginSession, Person
from tests.ballots import Congress


def address_of(number: int) -> str:
    """All of 127/8 is this machine."""
    return f"127.1.{number // 250}.{number % 250 + 1}"


def vote_from_home(congress: Congress, voters: Sequence[str], *, port: int, says: Callable[[int], str]) -> None:
    """A ticket, then the vote, over HTTP; `congress.votes` knows what each has cast."""
    tokens, ballot, at = _log_in(congress, voters), congress.ballot, f"/api/v1/ballots/{congress.ballot_id}"
    keys = {"ticket_key": _written(ballot.ticket_key), "seal_key": _written(ballot.seal_key)}
    for number, voter in enumerate(voters):
        home, device = (address_of(number), port), Device(ballot.id, **keys)
        ticket = _send(home, f"{at}/tickets", {"blinded": _written(device.blinded)}, token=tokens[voter])
        choice = write_choice(motions_from(ballot.motions), {"m1": says(number)})
        vote = device.vote(choice, blind_signature=ticket["blind_signature"]).as_json()
        _send(home, f"{at}/votes", vote)
        congress.votes[voter] = vote


def _send(home: tuple[str, int], path: str, body: Any, *, token: str = "") -> Any:
    address, port = home
    connection = HTTPConnection("127.0.0.1", port, timeout=60, source_address=(address, 0))
    login = {"Authorization": f"Bearer {token}"} if token else {}
    connection.request("POST", path, json.dumps(body), {"Content-Type": "application/json", **login})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    assert answer.status == 200, content
    return json.loads(content)


def _log_in(congress: Congress, voters: Sequence[str]) -> dict[str, str]:
    """Tokens by username; a thousand passwords would take longer than a thousand votes."""
    now, tokens = congress.city.clock.now, {voter: f"token of {voter}" for voter in voters}
    with congress.city.session() as session, session.begin():
        for person in session.scalars(select(Person).where(Person.username.in_(voters))):
            hashed = hashlib.sha256(tokens[person.username].encode()).hexdigest()
            session.add(LoginSession(token_hash=hashed, person_id=person.id, created_at=now, last_seen_at=now))
    return tokens


def _written(content: bytes) -> str:
    return base64.b64encode(content).decode()
