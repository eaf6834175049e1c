"""The board: what is published when a ballot was counted, so that anybody can count it again (docs/ballot-format.md).

One JSON value a line: the head, the papers in the order of their numbers, the entries as they were at the count, and
the signed end.
"""

import base64
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from engine.audit import canonical_json, canonical_time, digest
from engine.audit.merkle import leaf_hash, root_of_hashes
from engine.ballots.motions import motions_from, read_choice
from engine.ballots.votes import Vote
from engine.model.ballot import Ballot

FORMAT = "tongban-ballot/1"


def board_head(ballot: Ballot, *, case_number: str) -> dict[str, Any]:
    """All that was fixed when the ballot opened; the roll by its hash and its length."""
    matter = {"matter_sha256": ballot.matter_hash} if ballot.matter_hash else {}
    return {
        **matter,
        "format": FORMAT,
        "ballot": ballot.id,
        "case": case_number,
        "title": ballot.title,
        "mode": ballot.mode,
        "motions": ballot.motions,
        "rule": ballot.rule,
        "roll": {"seats": ballot.seats, "sha256": ballot.roll_hash},
        "opened_at": canonical_time(ballot.opened_at),
        "closes_at": canonical_time(ballot.closes_at),
        "choice_size": ballot.choice_size,
        "ticket_key": base64.b64encode(ballot.ticket_key).decode(),
        "seal_key": base64.b64encode(ballot.seal_key).decode(),
    }


def board_paper(ballot: Ballot, vote: Vote, seal_key: X25519PrivateKey) -> dict[str, Any]:
    """The paper and, for readers, what its sealed choice says."""
    choice = read_choice(motions_from(ballot.motions), vote.opened(seal_key, ballot_id=ballot.id))
    return {"number": vote.number, **vote.as_json(), "choice": choice}


def entries_of(votes: Iterable[Vote]) -> bytes:
    """The leaves of the tree, 32 bytes each."""
    return b"".join(leaf_hash(vote.leaf) for vote in votes)


def signed_end(
    head: dict[str, Any],
    *,
    entries: bytes,
    seal_key: X25519PrivateKey,
    result: dict[str, Any],
    signer: Ed25519PrivateKey,
) -> dict[str, Any]:
    """The result and the root over the papers, signed together with the head; and the key that opens the choices.

    Where the result withholds something that key is not told, and so is gone.
    """
    opened = {"opened_with": base64.b64encode(seal_key.private_bytes_raw()).decode()}
    end = {
        **({} if "withheld" in result else opened),
        "head_sha256": digest(head),
        "size": len(entries) // 32,
        "root": root_of_hashes(_hashes(entries)).hex(),
        "result": result,
        "public_key": base64.b64encode(signer.public_key().public_bytes_raw()).decode(),
    }
    return {**end, "signature": base64.b64encode(signer.sign(canonical_json(end))).decode()}


def board_lines(ballot: Ballot, votes: Iterable[Vote], *, case_number: str) -> Iterator[bytes]:
    """The file, from what the box holds now; what was changed after the count shows against `entries` and root.

    Without papers where the result withholds something.
    """
    assert ballot.board_end is not None
    assert ballot.entries is not None
    yield _line(board_head(ballot, case_number=case_number))
    if "opened_with" in ballot.board_end:
        seal_key = X25519PrivateKey.from_private_bytes(base64.b64decode(ballot.board_end["opened_with"]))
        for vote in votes:
            yield _line(board_paper(ballot, vote, seal_key))
    yield _line({"entries": [entry.hex() for entry in _hashes(ballot.entries)]})
    yield _line(ballot.board_end)


def _hashes(entries: bytes) -> Sequence[bytes]:
    return [entries[start : start + 32] for start in range(0, len(entries), 32)]


def _line(value: Any) -> bytes:
    return canonical_json(value) + b"\n"
