"""The training clock: a whole consultation in minutes. In demo mode only."""

import re
from datetime import timedelta

from api.blueprint import ApiBlueprint
from api.current import the_actor, the_engine
from api.permissions import permission
from api.schemas.work import AdvanceQuestion, ClockReading
from engine.errors import NotFound, Rejected

demo = ApiBlueprint("demo", "Training, in demo mode only.")
_DURATION = re.compile(
    r"P(?=\d|T\d)(?:(?P<weeks>\d{1,4})W)?(?:(?P<days>\d{1,4})D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d{1,6})H)?(?:(?P<minutes>\d{1,6})M)?(?:(?P<seconds>\d{1,9})S)?)?\Z",
    re.ASCII,
)
_LONGEST = timedelta(days=400)


class DemoOnly(NotFound):
    """There is no training clock outside demo mode."""


class DurationUnreadable(Rejected):
    """Not a positive ISO 8601 duration in weeks, days and times, or too long."""


@demo.post("/demo/clock")
@permission("demo")
@demo.arguments(AdvanceQuestion)
@demo.response(200, ClockReading)
def advance(question: dict) -> dict:
    """Move the system's time forward and fire what became due."""
    engine = the_engine()
    if not engine.is_demo:
        raise DemoOnly
    now, fired = engine.advance_training_clock(duration(question["advance"]), actor=the_actor())
    return {"now": now, "fired": fired}


def duration(text: str) -> timedelta:
    """Raises DurationUnreadable."""
    found = _DURATION.match(text)
    parts = {unit: int(amount) for unit, amount in found.groupdict().items() if amount} if found else {}
    length = timedelta(**parts)
    if not timedelta(0) < length <= _LONGEST:
        raise DurationUnreadable(given=text)
    return length
