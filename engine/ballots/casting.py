"""Casting a vote: the one act that is not a command. It has no actor, leaves no history line and knows no session.

Order of writing (docs/decisions/0006): the ticket is committed first, by a command of its own; then the vote, here, in
one transaction; the receipt is made after that commit. A crash in between leaves a ticket without a vote, and the
voter's computer sends the same vote again; never a vote without a ticket, never two votes of one ticket.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from random import uniform
from typing import Any

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key
from sqlalchemy import Connection, bindparam, select

from engine.ballots import box
from engine.ballots.safe import KeySafe
from engine.ballots.votes import Vote, receipt_message
from engine.database import Database, is_worth_a_retry
from engine.errors import NotFound
from engine.model.ballot import Ballot, BallotNotOpen, BallotState

TRIES = 8


class BallotNotFound(NotFound):
    """There is no such ballot, or it is not for your eyes."""


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """`number` is where the voter finds the paper on the board, `entry` what stands there; it tells no choice."""

    ballot_id: str
    number: str
    entry: str
    signature: str


@dataclass(frozen=True)
class _Terms:
    """What never changes about a ballot."""

    ticket_key: RSAPublicKey
    trays: int
    choice_size: int


class Casting:
    """The door of the box."""

    def __init__(self, database: Database, safe: KeySafe, *, now: Callable[[], datetime]) -> None:
        self._database = database
        self._safe = safe
        self._now = now
        self._terms: dict[str, _Terms] = {}

    def cast(self, ballot_id: str, sent: Mapping[str, Any]) -> Receipt:
        """Put the vote into the box, once: the same vote again gets the same receipt.

        Raises BallotNotFound, VoteUnreadable, VoteNotGenuine, AlreadyCast and BallotNotOpen.
        """
        vote, terms = Vote.from_json(sent), self._terms_of(ballot_id)
        vote.must_be_genuine(ballot_id=ballot_id, token_key=terms.ticket_key, choice_size=terms.choice_size)
        for tries in range(TRIES):
            try:
                self._put(ballot_id, vote, terms)
                break
            except Exception as conflict:
                if not is_worth_a_retry(conflict) or tries == TRIES - 1:
                    raise
                time.sleep(uniform(0.005, 0.02) * 2**tries)  # noqa: S311 - a pause, not a secret
        return self._receipt(ballot_id, vote)

    def _put(self, ballot_id: str, vote: Vote, terms: _Terms) -> None:
        # A plain connection: a session of objects would cost as much as all the rest.
        with self._database.engine.begin() as connection:
            tray = box.open_tray(connection, ballot_id, vote, trays=terms.trays, choice_size=terms.choice_size)
            if tray is None:
                raise BallotNotOpen(state=BallotState.ABORTED)
            if tray.has(vote):
                return
            # Read under the tray's lock: whoever ends the ballot holds the locks of all trays.
            self._must_take_votes(connection, ballot_id)
            box.put(connection, tray, vote)

    def _must_take_votes(self, connection: Connection, ballot_id: str) -> None:
        state, closes_at = connection.execute(_STATE, {"id": ballot_id}).one()
        if state != BallotState.OPEN or self._now() >= closes_at:
            raise BallotNotOpen(state=state)

    def _terms_of(self, ballot_id: str) -> _Terms:
        if ballot_id not in self._terms:
            with self._database.reading() as session:
                ballot = session.get(Ballot, ballot_id)
            if ballot is None or not ballot.ticket_key:
                raise BallotNotFound(ballot_id=ballot_id)
            key = load_der_public_key(ballot.ticket_key)
            assert isinstance(key, RSAPublicKey)
            self._terms[ballot_id] = _Terms(key, trays=ballot.trays, choice_size=ballot.choice_size)
        return self._terms[ballot_id]

    def _receipt(self, ballot_id: str, vote: Vote) -> Receipt:
        signature = self._safe.signer().sign(receipt_message(ballot_id, vote.entry))
        return Receipt(ballot_id=ballot_id, number=vote.number, entry=vote.entry, signature=signature.hex())


_STATE = select(Ballot.state, Ballot.closes_at).where(Ballot.id == bindparam("id"))
