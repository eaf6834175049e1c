"""How much an expression may cost; every bound is counted, never timed, so a replay ends the same way."""

from collections.abc import Mapping, Sized

from engine.feel.errors import FeelEvaluationError

MAX_LENGTH = 10_000
MAX_DEPTH = 100
MAX_STEPS = 150_000
MAX_CALL_DEPTH = 60
MAX_LIST = 50_000
MAX_STRING = 100_000
MAX_INTEGER_BITS = 20_000
MAX_PATTERN = 500
MAX_RESULT = 100_000  # parts of a value that leaves as JSON
CALL_STEPS = 4  # what a call costs beside the work of the function
TRANSCENDENTAL_STEPS = 100  # what a logarithm or a power costs
STRING_STEP = 64  # so many characters of a string cost one step


class Run:
    """One evaluation: the steps it has left, how deep its calls are, and the context it began with."""

    __slots__ = ("depth", "root", "steps")

    def __init__(self, root: Mapping[str, object]) -> None:
        self.steps = MAX_STEPS
        self.depth = 0
        self.root = root

    def spend(self, steps: int) -> None:
        self.steps -= steps
        if self.steps < 0:
            raise FeelEvaluationError("too_many_steps", limit=MAX_STEPS)

    def spend_on(self, value: object) -> None:
        """Pay for walking through a list or a string once."""
        if isinstance(value, str):
            self.spend(len(value) // STRING_STEP)
        elif isinstance(value, Sized):
            self.spend(len(value))


def check_string_length(length: int) -> None:
    if length > MAX_STRING:
        raise FeelEvaluationError("string_too_long", limit=MAX_STRING)


def checked_string(text: str) -> str:
    check_string_length(len(text))
    return text


def check_list_size(size: int) -> None:
    if size > MAX_LIST:
        raise FeelEvaluationError("list_too_long", limit=MAX_LIST)
