from collections.abc import Mapping
from typing import Any

from engine.services import ServiceCall, reversible


@reversible
def send(call: ServiceCall) -> Mapping[str, Any]:
    """One in-app notice a person, to party roles and groups; `start` is the id of what they may start now."""
    to, start = call.inputs.get("to") or [], call.inputs.get("start")
    facts = {"text": str(call.inputs.get("text") or ""), **({"start": str(start)} if start else {})}
    for audience in [to] if isinstance(to, str) else to:
        call.notify(audience, "process_notice", facts)
    return {}
