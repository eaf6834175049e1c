"""Official papers as a process makes them: after the step, by the worker, because rendering takes its time."""

from collections.abc import Mapping
from typing import Any

from engine.actor import SYSTEM
from engine.definitions.paper import all_papers
from engine.engine import Engine
from engine.errors import Problem
from engine.services import ServiceCall, ServiceRefused
from papermaking import KINDS, make_paper
from printing import PdfUnavailable

MAKE = "make_paper"


def make(call: ServiceCall) -> Mapping[str, Any]:
    """Put a paper of the case into its files, as PDF and as Word: `paper` is its key in `papers/`."""
    key = call.inputs.get("paper")
    if not isinstance(key, str) or f"{call.process}/{key}" not in all_papers():
        raise ServiceRefused(problems=[Problem(path="paper", code="unknown_paper")])
    call.later(MAKE, {"paper": key})
    return {}


def make_later(engine: Engine, args: Mapping[str, Any]) -> None:
    """The job: without the libraries for PDF the Word file is made all the same."""
    for kind in KINDS:
        try:
            make_paper(engine, args["case_id"], args["paper"], kind, actor=SYSTEM)
        except PdfUnavailable:
            continue
