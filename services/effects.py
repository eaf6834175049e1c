from collections.abc import Mapping
from typing import Any

from engine.services import ServiceCall


def record_effect(call: ServiceCall) -> Mapping[str, Any]:
    """Write into the history what the law makes of a fact, with the article that says so."""
    wanted = ("effect", "article", "effective_on")
    call.record("effect_recorded", {k: call.inputs[k] for k in wanted if call.inputs.get(k) is not None})
    return {}
