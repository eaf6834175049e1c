"""What the system knows of one expert in one case, for the decision table about conflicts."""

from collections.abc import Mapping
from typing import Any

from engine.case_work import CaseWork
from engine.dispatching.conflicts import (
    OTHER_EMPLOYER,
    OWN_EMPLOYER,
    SERVED_OTHER,
    WAGE_SIDE,
    Known,
    conflicts,
)
from engine.dispatching.offers import expert_named
from engine.dispatching.shortlists import Wanted, bad_side, matter_of, text_of
from engine.services import ServiceRefused


def expert_facts(folder: CaseWork, inputs: Mapping[str, Any]) -> dict[str, bool]:
    """`{wage_case_role, served_before, same_employer}`. Raises ServiceRefused for who is not in the register."""
    if problems := bad_side(inputs):
        raise ServiceRefused(problems=problems)
    expert, person = expert_named(folder, text_of(inputs, "expert"))
    side = str(inputs.get("side") or Wanted.side)
    matter = matter_of(folder, counterparty=text_of(inputs, "counterparty"), side=side)
    known = conflicts(folder.work.session, matter, [Known(person.id, person.name, expert.employer)])
    against = set(known.get(person.id, ()))
    return {
        "wage_case_role": WAGE_SIDE in against,
        "served_before": SERVED_OTHER in against,
        "same_employer": bool(against & {OWN_EMPLOYER, OTHER_EMPLOYER}),
    }
