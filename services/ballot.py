"""The secret ballot as a process uses it: open it, stop it, give it up; the result is the message `ballot_closed`."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from engine.ballots.motions import MotionsWrong
from engine.ballots.opening import BallotWrong
from engine.errors import EngineError, Problem
from engine.model.online_voting_switch import OnlineVotingOff
from engine.services import BusinessError, ServiceCall, ServiceRefused
from texts import sentence

# Whoever negotiates does not watch over the vote on what was negotiated.
NEGOTIATORS = ("worker_chief", "worker_negotiator", "employer_chief", "employer_negotiator")
REFUSED = "ballot_refused"


def open_(call: ServiceCall) -> Mapping[str, Any]:
    """Freeze roll and rule and open the vote until `closes_at`.

    Inputs: `title`, `motions` (texts, or `{title, kind, candidates, places}`), `scrutineers` (two usernames or more),
    `closes_at`, `mode` (online or mixed), `level` (enterprise, regional, national), `roll` (representatives or staff).
    What voters are shown, as it is now: `forms` (ids, with what the case remembers of them), `files` (of the case),
    `estimate` (a form in which a voter works out what it means to him or her).
    Gives `ballot` (its id, the key of the message), `seats`, `roll_sha256` and `matter_sha256`. What keeps it from
    opening is the error `ballot_refused`, whose message says why.
    """
    motions = call.inputs.get("motions") or []
    rows = [
        {"title": row} if isinstance(row, str) else row for row in ([motions] if isinstance(motions, str) else motions)
    ]
    try:
        _check_scrutineers(call, rows)
        return call.open_ballot({**call.inputs, "motions": rows})
    except (BallotWrong, MotionsWrong, OnlineVotingOff, ServiceRefused) as refusal:
        raise BusinessError(REFUSED, _reason(refusal)) from refusal


def close(call: ServiceCall) -> Mapping[str, Any]:
    """No more tickets and votes in `ballot`; two scrutineers then close it, and it is counted."""
    call.stop_ballot(_ballot(call))
    return {}


def abort(call: ServiceCall) -> Mapping[str, Any]:
    """Nobody closes `ballot`, so it is given up, with a `reason`; its box is thrown away unread."""
    call.give_up_ballot(_ballot(call), reason=str(call.inputs.get("reason") or ""))
    return {}


def _ballot(call: ServiceCall) -> str:
    ballot_id = call.inputs.get("ballot")
    if not isinstance(ballot_id, str) or not ballot_id:
        raise ServiceRefused(problems=[Problem(path="ballot", code="required")])
    return ballot_id


def _check_scrutineers(call: ServiceCall, motions: Iterable[Any]) -> None:
    """Raises ServiceRefused for a scrutineer who negotiates or is a candidate."""
    named = call.inputs.get("scrutineers")
    scrutineers = set(named) if isinstance(named, list) else set()
    parties = call.parties()
    taken = {person for role in NEGOTIATORS for person in parties.get(role, ())} | set(_candidates(motions))
    both = sorted(scrutineers & taken)
    if both:
        raise ServiceRefused(problems=[Problem("scrutineers", "scrutineer_concerned", {"person": "、".join(both)})])


def _candidates(motions: Iterable[Any]) -> Collection[str]:
    rows = [c for m in motions if isinstance(m, Mapping) for c in m.get("candidates") or () if isinstance(c, Mapping)]
    return [str(row["person"]) for row in rows if row.get("person")]


def _reason(refusal: EngineError) -> str:
    """In the language of the papers of a case."""
    told = [sentence("problems", p.code, **p.params) for p in refusal.problems]
    return "；".join(told) or sentence("errors", refusal.code)
