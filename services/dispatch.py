"""Experts are found for a case, join it or leave it; what is known for the decisions on the way (docs/dispatch.md)."""

from collections.abc import Iterable, Mapping
from typing import Any

from engine.services import ServiceCall, reversible
from texts import sentence


def shortlist(call: ServiceCall) -> Mapping[str, Any]:
    """Rank the experts of a profession and offer the case to the first of them.

    Inputs: `profession` (physician, lawyer, accountant, tax_adviser, appraiser), `number` (default 3), `field` (text),
    `counterparty` (a name), `round` (from 1), `side` (employer, or worker when the request comes from the workers).
    Who has been asked in this case before and declined, recused themselves or let it lapse is not asked again; offers
    that are open when this is called have lapsed. Gives `offered` (usernames, the best first; may be empty),
    `offered_words` (`{username, name, employer, reasons}`, the reasons as one Chinese sentence) and `eligible`.
    """
    found = call.shortlist_experts(call.inputs)
    return {
        "offered": [one["username"] for one in found["offered"]],
        "offered_words": [_in_words(one) for one in found["offered"]],
        "eligible": found["eligible"],
    }


@reversible
def candidates(call: ServiceCall) -> Mapping[str, Any]:
    """Whom the coordinator may name when nobody of the shortlists took the case; inputs as in `shortlist`.

    Gives `candidates`, `{username, name, employer, reasons}`, the best first; also who declined or was silent.
    """
    return {"candidates": [_in_words(one) for one in call.assignable_experts(call.inputs)]}


def accept(call: ServiceCall) -> Mapping[str, Any]:
    """`expert` (a username) of a `profession` takes the case: their offer is accepted, the others are not needed.

    They get the party role `expert` beside those who have it. Whom the coordinator chose need not have been offered it.
    Gives `experts`, `{username, name, profession}` of all experts of the case.
    """
    return {"experts": call.accept_expert(_text(call, "expert"), profession=_text(call, "profession"))}


def recuse(call: ServiceCall) -> Mapping[str, Any]:
    """`expert` of a `profession` stands aside for a `reason`, and sees of the case only what is their own.

    The history says that they did; the reason is for those in charge.
    """
    named = {"profession": _text(call, "profession"), "reason": _text(call, "reason")}
    call.recuse_expert(_text(call, "expert"), **named)
    return {}


@reversible
def standing(call: ServiceCall) -> Mapping[str, Any]:
    """What `expert` does in this case: `profession`, `name`, `is_lead`; all null for who is none of its experts."""
    return call.expert_standing(_text(call, "expert"))


def release(call: ServiceCall) -> Mapping[str, Any]:
    """`expert` leaves the case, and its roles `expert` and `lead_expert`, for a `reason` that those in charge see.

    Gives `experts`, who is left; `tasks`, ids of what only they could do: offered to nobody until somebody takes over;
    and `released`, false for somebody who had left before.
    """
    return call.release_expert(_text(call, "expert"), reason=_text(call, "reason"))


def take_over(call: ServiceCall) -> Mapping[str, Any]:
    """`expert`, who has accepted, gets the `tasks` that `dispatch/release` left idle, and with `is_lead` the lead.

    Gives `experts` as `dispatch/accept` does.
    """
    tasks = [str(one) for one in call.inputs.get("tasks") or []]
    is_lead = call.inputs.get("is_lead") is True
    return {"experts": call.hand_to_expert(_text(call, "expert"), tasks=tasks, is_lead=is_lead)}


def call_off(call: ServiceCall) -> Mapping[str, Any]:
    """Nobody is looked for any more: open offers are not needed."""
    call.call_off_experts()
    return {}


@reversible
def facts(call: ServiceCall) -> Mapping[str, Any]:
    """What is known against `expert` in this case, with its `counterparty` and `side`, for a decision table.

    Gives `wage_case_role` (at the other side of a wage case of this enterprise), `served_before` (works or worked
    for the counterparty lately) and `same_employer` (works at the enterprise or the counterparty); each true or false.
    """
    return call.expert_facts(call.inputs)


@reversible
def duplicates(call: ServiceCall) -> Mapping[str, Any]:
    """`duplicates`: requests of this enterprise whose title is like `title`, open or closed lately.

    Each is `{number, title, opened_on}`; those of the same `category` come first.
    """
    return {"duplicates": call.similar_cases(call.inputs)}


def _in_words(one: Mapping[str, Any]) -> dict[str, str]:
    named = {key: str(one[key]) for key in ("username", "name", "employer")}
    return {**named, "reasons": _told(one["reasons"])}


def _told(reasons: Iterable[Mapping[str, Any]]) -> str:
    """In the language of the papers of a case."""
    return "；".join(sentence("dispatch", reason["code"], **reason["params"]) for reason in reasons)


def _text(call: ServiceCall, key: str) -> str:
    return str(call.inputs.get(key) or "").strip()
