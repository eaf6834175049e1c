"""The result sheet of a ballot: everything that is told about it afterwards, and by whom it was closed."""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.balloting import confirmations, visible_ballot
from engine.ballots.safe import KeySafe
from engine.model import Ballot
from engine.model.ballot import BallotState
from engine.queries.ballots import BallotFile, BallotNotCounted, ballot_file
from engine.queries.looking_up import people_by_id


@dataclass(frozen=True)
class Closer:
    """A scrutineer, and when this one confirmed that the ballot may close; None when it did without."""

    name: str
    at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Proof:
    """What the board rests on; `key` is the fingerprint of the key that signed it."""

    papers: int
    root: str
    signature: str
    key: str


@dataclass(frozen=True, kw_only=True)
class ResultSheet:
    """`proof` is None for a ballot that was aborted: its box was thrown away unread."""

    ballot: BallotFile
    scrutineers: Sequence[Closer]
    proof: Proof | None


def result_sheet(session: Session, actor: Actor, ballot_id: str, *, safe: KeySafe) -> ResultSheet:
    """Raises BallotNotFound, and BallotNotCounted while there is nothing to tell."""
    ballot = visible_ballot(session, actor, ballot_id)
    if ballot.state not in (BallotState.COUNTED, BallotState.ABORTED):
        raise BallotNotCounted(state=ballot.state)
    at = {c.person_id: c.at for c in confirmations(session, ballot.id) if c.doubts is None}
    people = people_by_id(session, ballot.scrutineers)
    closers = tuple(Closer(people.get(id_, ("", id_))[1], at.get(id_)) for id_ in ballot.scrutineers)
    shown = ballot_file(session, actor, ballot_id, safe=safe)
    return ResultSheet(ballot=shown, scrutineers=closers, proof=_proof(ballot))


def _proof(ballot: Ballot) -> Proof | None:
    end = ballot.board_end
    if end is None:
        return None
    key = hashlib.sha256(base64.b64decode(end["public_key"])).hexdigest()
    return Proof(papers=end["size"], root=end["root"], signature=end["signature"], key=key)
