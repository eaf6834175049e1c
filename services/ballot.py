"""The secret ballot as a process uses it: open it, stop it; the result comes as the message `ballot_closed`."""

from collections.abc import Mapping
from typing import Any

from engine.errors import Problem
from engine.services import ServiceCall, ServiceRefused


def open_(call: ServiceCall) -> Mapping[str, Any]:
    """Freeze roll and rule and open the vote until `closes_at`.

    Inputs: `title`, `motions` (texts, or `{title, kind, candidates, places}`), `scrutineers` (two usernames or more),
    `closes_at`, `mode` (online or mixed), `level` (enterprise, regional, national), `roll` (representatives or staff).
    What voters are shown, as it is now: `forms` (ids, with what the case remembers of them), `files` (of the case),
    `estimate` (a form in which a voter works out what it means to him or her).
    Gives `ballot` (its id, the key of the message), `seats`, `roll_sha256` and `matter_sha256`.
    """
    motions = call.inputs.get("motions") or []
    rows = [
        {"title": row} if isinstance(row, str) else row for row in ([motions] if isinstance(motions, str) else motions)
    ]
    return call.open_ballot({**call.inputs, "motions": rows})


def close(call: ServiceCall) -> Mapping[str, Any]:
    """No more tickets and votes in `ballot`; two scrutineers then close it, and it is counted."""
    ballot_id = call.inputs.get("ballot")
    if not isinstance(ballot_id, str) or not ballot_id:
        raise ServiceRefused(problems=[Problem(path="ballot", code="required")])
    call.stop_ballot(ballot_id)
    return {}
