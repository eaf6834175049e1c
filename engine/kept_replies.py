"""A request that comes twice with one idempotency key gets one answer."""

import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.errors import Problem, Rejected
from engine.model import KeptReply


class IdempotencyKeyReused(Rejected):
    """The idempotency key was used before for another request."""


class Reply:
    """The kept answer to a request with an idempotency key."""

    def __init__(self, actor: Actor, key: str | None, fingerprint: str) -> None:
        self.actor, self.key = actor, key
        self.fingerprint = hashlib.sha256(fingerprint.encode()).hexdigest()

    def find(self, session: Session) -> KeptReply | None:
        if self.key is None:
            return None
        kept = session.get(KeptReply, (self.actor.person_id, self.key))
        if kept is not None and kept.fingerprint != self.fingerprint:
            raise IdempotencyKeyReused(problems=[Problem(path="Idempotency-Key", code="reused")])
        return kept

    def keep(self, session: Session, result: Any, *, at: datetime) -> None:
        if self.key is not None:
            session.add(
                KeptReply(
                    person_id=self.actor.person_id, key=self.key, fingerprint=self.fingerprint, result=result, at=at
                )
            )
