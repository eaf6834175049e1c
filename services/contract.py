from collections.abc import Mapping
from typing import Any

from engine.audit import digest
from engine.services import ServiceCall, reversible


@reversible
def fingerprint(call: ServiceCall) -> Mapping[str, Any]:
    """SHA-256 of what is put to the vote, so that what was signed can be compared with what was voted on."""
    return {"sha256": digest(call.inputs.get("text"))}
